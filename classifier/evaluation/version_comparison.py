"""Two versions of a model on the same paragraphs, neither having seen their reports: which is better, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from classifier.arrays import Bools
from classifier.evaluation.comparison import Difference, compare_areas, compare_predictions
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.held_out import HeldOut, paired
from classifier.evaluation.intervals import LEAST_REPORTS
from classifier.evaluation.metrics import area_figures, macro
from classifier.records import Area

LEAST_LOSS = 0.005  # of macro-F1 on the shipped labels, which is held against a version
_SEED = 0


@dataclass(frozen=True, slots=True)
class VersionChange:
    """The F1 of an area with both versions; difference: new less old."""

    area: str
    old: float
    new: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class SetComparison:
    """Both versions on one set of paragraphs.

    by_paragraph: whether the intervals draw paragraphs, as there are too few reports to draw from. all, core: of
    macro-F1 over all areas and over the core ones, None where there are none; new less old.
    """

    paragraphs: int
    reports: int
    by_paragraph: bool
    areas: tuple[VersionChange, ...]
    all: VersionChange
    core: VersionChange | None


@dataclass(frozen=True, slots=True)
class TagChange:
    """A paragraph whose areas change; text: None where it is not known. truth: its areas, as it is labelled."""

    id: str
    report: str
    text: str | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    truth: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Two versions, new less old: on the user's paragraphs and on the shipped ones, None where there are none."""

    old: str
    new: str
    own: SetComparison | None
    shipped: SetComparison | None
    changes: tuple[TagChange, ...]

    @property
    def worse(self) -> bool:
        """Whether the new version is worse beyond what chance gives: on the user's paragraphs, or on the shipped ones.

        On the shipped ones it may lose LEAST_LOSS, as a model that also knows other reports does.
        """
        own = self.own is not None and self.own.all.difference.interval.high < 0
        return own or (self.shipped is not None and self.shipped.all.difference.interval.high < -LEAST_LOSS)


def compare_held_out(
    names: tuple[str, str],
    old: HeldOut,
    new: HeldOut,
    areas: tuple[Area, ...],
    own: frozenset[str],
    shipped: frozenset[str],
    texts: Mapping[str, str],
) -> VersionComparison:
    """Compare two versions on what both were held out from.

    names: of the old and the new version. areas: with which is core. own, shipped: the ids of the user's paragraphs and
    of the shipped ones. texts: of paragraphs, by id, where they are known.
    """
    core = {a.id for a in areas if a.core}
    sets = [
        _compare(*paired(new, old, only=own), core),
        _compare(*paired(new, old, only=shipped), core),
    ]
    return VersionComparison(names[0], names[1], sets[0], sets[1], _changes(old, new, own, texts))


def _compare(new: EvaluatedPredictions, old: EvaluatedPredictions, core: set[str]) -> SetComparison | None:
    if not new.truth.any():
        return None
    reports = len(set(new.reports))
    few = reports < LEAST_REPORTS
    if few:  # so few reports cannot be drawn from; paragraphs can, which takes them for independent
        each = tuple(f"{i:06d}" for i in range(len(new.reports)))
        new, old = replace(new, reports=each), replace(old, reports=each)
    figures = [area_figures(part.truth, part.predicted) for part in (old, new)]
    columns = [
        VersionChange(area, float(figures[0].f1[i]), float(figures[1].f1[i]), difference)
        for i, (area, difference) in enumerate(zip(new.areas, compare_areas(new, old, _SEED), strict=True))
    ]
    there = np.asarray(
        new.truth.any(axis=0)
    )  # an area that no paragraph has is no part of the means, whatever is tagged
    marks = np.array([a in core for a in new.areas]) & there
    means = [
        VersionChange(
            name, macro(figures[0], mark).f1, macro(figures[1], mark).f1, compare_predictions(new, old, _SEED, mark)
        )
        for name, mark in (("all", there), ("core", marks))
        if mark.any()
    ]
    return SetComparison(len(new.truth), reports, few, tuple(columns), means[0], means[1] if len(means) > 1 else None)


def _changes(old: HeldOut, new: HeldOut, own: frozenset[str], texts: Mapping[str, str]) -> tuple[TagChange, ...]:
    """Return the paragraphs whose areas change, the user's first, then those whose text is known."""
    one, other = paired(new, old)
    known = set(old.ids)
    there = [i for i, identity in enumerate(new.ids) if identity in known]
    found = []
    for row in np.flatnonzero((one.predicted != other.predicted).any(axis=1)).tolist():
        identity = new.ids[there[row]]
        after, before = one.predicted[row], other.predicted[row]
        found.append(
            TagChange(
                identity,
                one.reports[row],
                texts.get(identity),
                _named(one.areas, after & ~before),
                _named(one.areas, before & ~after),
                _named(one.areas, one.truth[row]),
                identity in own,
            )
        )
    return tuple(sorted(found, key=lambda c: (not c.own, c.text is None)))


def _named(areas: tuple[str, ...], marks: Bools) -> tuple[str, ...]:
    return tuple(a for a, there in zip(areas, marks.tolist(), strict=True) if there)
