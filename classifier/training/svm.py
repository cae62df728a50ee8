"""Support vector machines of sentences and clauses, whose labels may be known of groups of rows alone."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Floats, Ints
from classifier.labelling.labelled_counts import UNKNOWN
from classifier.model.linear import LinearClassifiers
from classifier.settings import Settings
from classifier.training.solver import WeighedRows, solve


@dataclass(frozen=True, slots=True, eq=False)
class _Bags:
    """The rows of one area whose label is UNKNOWN, those of a group side by side, and where each group begins."""

    rows: Ints
    starts: Ints

    def best_rows(self, scores: Floats, held_out: Bools) -> Ints:
        """Return the first best row of each group that is not held out; scores, held_out: shape (rows,)."""
        if not len(self.rows):
            return self.rows
        own = scores[self.rows]
        best = np.maximum.reduceat(own, self.starts)
        bag = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(own)))
        equal = np.flatnonzero(own == best[bag])
        first = equal[np.diff(bag[equal], prepend=-1) != 0]
        chosen: Ints = self.rows[first]
        return chosen[~held_out[chosen]]


@dataclass(frozen=True, eq=False)
class LabelledRows:
    """Rows to fit on, and their labels.

    labels: shape (rows, areas): 1, 0, UNKNOWN or UNLABELLED. group: shape (rows, areas); where the label is UNKNOWN,
    one row of those of the same group has the area.
    """

    weighed: WeighedRows
    labels: NDArray[np.int8]
    group: Ints

    @cached_property
    def bags(self) -> tuple[_Bags, ...]:
        """The rows of each area whose label is UNKNOWN."""
        return tuple(_bags(labels, group) for labels, group in zip(self.labels.T, self.group.T, strict=True))


def _bags(labels: NDArray[np.int8], group: Ints) -> _Bags:
    rows = np.flatnonzero(labels == UNKNOWN)
    rows = rows[np.argsort(group[rows], kind="stable")]
    return _Bags(rows, np.flatnonzero(np.diff(group[rows], prepend=-1)))


@dataclass(frozen=True, slots=True, eq=False)
class Alphas:
    """Those alphas of a fit that are not 0. index: row * areas + area, ascending."""

    index: Ints
    value: NDArray[np.float32]

    def dense(self, rows: int, areas: int) -> Floats:
        """Return all alphas, shape (rows, areas); of rows that it does not know they are 0."""
        whole = np.zeros(rows * areas)
        whole[self.index] = self.value
        return whole.reshape(rows, areas)


def _compact(alphas: Floats) -> Alphas:
    index = np.flatnonzero(alphas)
    return Alphas(index, alphas.ravel()[index].astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class FittedRows:
    """classifiers: one for each area. alphas: those of the fit, for others to begin with."""

    classifiers: LinearClassifiers
    alphas: Alphas


def fit_svms(
    labelled: LabelledRows,
    held_out: Bools,
    settings: Settings,
    *,
    chooser: LinearClassifiers | None = None,
    start: Alphas | None = None,
) -> FittedRows:
    """Fit one linear support vector machine for each area on the rows that are not held out, shape (rows,).

    Where labels are UNKNOWN, the best row of a group is taken to carry its area (MI-SVM: Andrews, Tsochantaridis and
    Hofmann, NIPS 2002): first the best as `chooser` scores them, or else classifiers fitted on the rows whose labels
    are known, then as those score them that were fitted on the first choice; groups are held out whole. start: alphas
    to begin with, of much the same rows, which make no difference. An area has the same classifier whatever the other
    areas are.
    """
    weak = (labelled.labels == UNKNOWN) & ~held_out[:, None]
    unsure = np.flatnonzero(weak.any(axis=0))
    signs = _first_signs(labelled.labels, weak, held_out)
    begun = start.dense(*signs.shape) if start else np.zeros(signs.shape)
    if len(unsure):
        scores = _first_scores(labelled, signs, unsure, settings, chooser)
        signs = _choose(labelled, scores, signs, weak, held_out, unsure)
        chosen = solve(labelled.weighed, signs[:, unsure], settings.c, settings.seed, begun[:, unsure])
        begun[:, unsure] = chosen.alphas
        signs = _choose(labelled, labelled.weighed.scores(chosen.classifiers()), signs, weak, held_out, unsure)
    solution = solve(labelled.weighed, signs, settings.c, settings.seed, begun)
    return FittedRows(solution.classifiers(), _compact(solution.alphas))


def _first_scores(
    labelled: LabelledRows,
    signs: NDArray[np.int8],
    unsure: Ints,
    settings: Settings,
    chooser: LinearClassifiers | None,
) -> Floats:
    """Return the scores that rows are first chosen by, shape (rows, unsure areas)."""
    if chooser is None:
        own = solve(labelled.weighed, signs[:, unsure], settings.c, settings.seed).classifiers()
    else:
        own = LinearClassifiers(chooser.weights()[:, unsure], chooser.intercept[unsure])
    return labelled.weighed.scores(own)


def _first_signs(labels: NDArray[np.int8], weak: Bools, held_out: Bools) -> NDArray[np.int8]:
    """Return what each row counts as at first: 1, -1 or 0, shape (rows, areas).

    The sure rows show what to look for; where an area has none, every row of its groups counts.
    """
    signs = np.where(labels == 1, np.int8(1), np.where(labels == 0, np.int8(-1), np.int8(0)))
    signs[held_out] = 0
    unsure = ~(signs == 1).any(axis=0)
    signs[:, unsure] += weak[:, unsure]
    return signs


def _choose(
    labelled: LabelledRows,
    scores: Floats,
    signs: NDArray[np.int8],
    weak: Bools,
    held_out: Bools,
    unsure: Ints,
) -> NDArray[np.int8]:
    """Return signs with those rows positive, of the rows whose labels are UNKNOWN, that are the best of their group.

    scores: of the areas of which some labels are UNKNOWN, shape (rows, those areas).
    """
    found = np.where(weak, np.int8(0), signs)
    for column, area in enumerate(unsure):
        found[labelled.bags[area].best_rows(scores[:, column], held_out), area] = 1
    return found
