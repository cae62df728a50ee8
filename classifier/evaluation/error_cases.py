"""The worst misses and false alarms of each area, with the sentence and the terms that account for them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.model.explain import contributions
from classifier.model.model import Model

TERMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """An area that a paragraph was wrongly not tagged with (`missed`) or wrongly tagged with, and its probability.

    `sentence` counts from 1 and is the one with the highest score; `text` is that sentence, empty where there is no
    text; `terms` are those that add most to its score.
    """

    area: str
    missed: bool
    score: float
    id: str
    sentence: int
    text: str
    terms: tuple[str, ...]


def find_error_cases(
    model: Model, labelled_counts: LabelledCounts, paragraphs: Sequence[EvaluatedParagraph], scores: Floats, most: int
) -> list[ErrorCase]:
    """Return up to `most` misses and as many false alarms of each area, worst first.

    labelled_counts: over terms that include the model's. scores: probabilities, shape (paragraphs, areas).
    """
    known = model.known(labelled_counts)
    linear, _ = model.classifiers.score(known.occurrences(), model.settings.sublinear)
    starts: Ints = np.searchsorted(labelled_counts.sentence_to_paragraph, np.arange(len(paragraphs) + 1))
    found = []
    for area in range(len(model.areas)):
        known_scores = np.where(labelled_counts.known[:, area], scores[:, area], 0)
        for i, missed in _worst(labelled_counts.targets[:, area], known_scores, model.settings.threshold, most):
            sentence = int(np.argmax(linear[starts[i] : starts[i + 1], area]))
            texts = paragraphs[i].texts
            terms = contributions(model, known.sentence_counts, int(starts[i]) + sentence, area, TERMS_SHOWN)
            found.append(
                ErrorCase(
                    area=model.areas[area].id,
                    missed=missed,
                    score=float(scores[i, area]),
                    id=paragraphs[i].id,
                    sentence=sentence + 1,
                    text=texts[sentence] if texts and sentence < len(texts) else "",
                    terms=tuple(term[1:] for term, _ in terms),  # without the letter of their kind
                )
            )
    return found


def _worst(truth: Bools, score: Floats, threshold: float, most: int) -> list[tuple[int, bool]]:
    """Return the paragraphs of the worst misses, then of the worst false alarms of one area, and whether missed."""
    misses = np.flatnonzero(truth & (score < threshold))
    alarms = np.flatnonzero(~truth & (score >= threshold))
    worst_misses = misses[np.argsort(score[misses], kind="stable")][:most]
    worst_alarms = alarms[np.argsort(-score[alarms], kind="stable")][:most]
    return [(int(i), True) for i in worst_misses] + [(int(i), False) for i in worst_alarms]


def worst_cases(found: Sequence[ErrorCase], most: int) -> list[ErrorCase]:
    """Return the worst of several lists: up to `most` misses and as many false alarms of each area."""
    kept: list[ErrorCase] = []
    for area in dict.fromkeys(c.area for c in found):
        for missed in (True, False):
            own = [c for c in found if c.area == area and c.missed == missed]
            kept += sorted(own, key=lambda c: c.score if missed else -c.score)[:most]
    return kept
