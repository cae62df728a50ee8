"""The worst misses and false alarms of each area, with the sentence and the terms that pushed them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.model.explain import contributions
from classifier.model.model import THRESHOLD, Model

TERMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class EvaluatedParagraph:
    """What is known of a paragraph that is evaluated; `texts` are its sentences, None where there is no text."""

    id: str
    report: str
    sentences: int
    level: str | None = None
    year: int | None = None
    texts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """A mistake: the area, whether it was missed or wrongly tagged, its probability, where, and what pushed it.

    `sentence` counts from 1; `text` is empty where there is none; `terms` are those that add most to the score.
    """

    area: str
    missed: bool
    score: float
    id: str
    sentence: int
    text: str
    terms: tuple[str, ...]


def find_error_cases(
    model: Model, counted: LabelledCounts, units: Sequence[EvaluatedParagraph], scores: Floats, most: int
) -> list[ErrorCase]:
    """Return up to `most` misses and false alarms of each area, worst first.

    counted: over terms that hold the model's. scores: shape (paragraphs, areas), of the same paragraphs as units.
    """
    known = model.known(counted)
    linear, _ = model.classifiers.score(known.occurrences(), model.settings.sublinear)
    starts: Ints = np.searchsorted(counted.sentence_to_paragraph, np.arange(len(units) + 1))
    found = []
    for area in range(len(model.areas)):
        true, score = counted.targets[:, area], scores[:, area]
        misses = np.flatnonzero(true & (score < THRESHOLD))
        alarms = np.flatnonzero(~true & (score >= THRESHOLD))
        worst = [(i, True) for i in misses[np.argsort(score[misses], kind="stable")][:most]]
        worst += [(i, False) for i in alarms[np.argsort(-score[alarms], kind="stable")][:most]]
        for i, missed in worst:
            row = int(starts[i] + np.argmax(linear[starts[i] : starts[i + 1], area]))
            number = row - int(starts[i])
            texts = units[i].texts
            pushed = contributions(model, known.sentence_counts, row, area, TERMS_SHOWN)
            found.append(
                ErrorCase(
                    area=model.areas[area].id,
                    missed=missed,
                    score=float(score[i]),
                    id=units[i].id,
                    sentence=number + 1,
                    text=texts[number] if texts and number < len(texts) else "",
                    terms=tuple(term[1:] for term, _ in pushed),
                )
            )
    return found


def worst_cases(found: Sequence[ErrorCase], most: int) -> list[ErrorCase]:
    """Return the worst of several lists: up to `most` misses and false alarms of each area."""
    kept: list[ErrorCase] = []
    for area in dict.fromkeys(c.area for c in found):
        for missed in (True, False):
            own = [c for c in found if c.area == area and c.missed == missed]
            kept += sorted(own, key=lambda c: c.score if missed else -c.score)[:most]
    return kept
