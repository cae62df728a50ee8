"""The sentence stage fitted: a logistic for each area over out-of-fold scores of sentences and what is around them."""

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Floats, Ints
from classifier.labelling.labelled_counts import UNKNOWN
from classifier.model.sentence_stage import SentenceStage, stage_columns
from classifier.training.calibrate import bounded, fit_logistic, for_each_area


def fit_sentence_stage(
    sentences: Floats,
    clauses: Floats,
    sentence_to_paragraph: Ints,
    labels: NDArray[np.int8],
    use_context: bool,
    jobs: int = 1,
) -> SentenceStage:
    """Fit the stage on out-of-fold scores of sentences and of their best clauses, both of shape (sentences, areas).

    labels: shape (sentences, areas), as those of LabelledCounts. Where only the paragraph is known to have an area, its
    sentence with the highest score is taken to have it and the others take no part; so do those that are not labelled.
    An area that all or no sentences have, or whose own score does not count for it, keeps its threshold at the score 0.
    use_context: whether more is seen than the own scores of the area. jobs: threads.
    """
    counted, columns = stage_columns(sentences, clauses, sentence_to_paragraph)
    scores, paragraph, known = sentences[counted], sentence_to_paragraph[counted], labels[counted]
    areas, width = labels.shape[1], columns.shape[1]
    weights, offset = np.zeros((areas, width)), np.zeros(areas)

    def fit(area: int) -> None:
        chosen, targets = _cases(known[:, area], scores[:, area], paragraph)
        weights[area, area] = 1.0
        if not targets.any() or targets.all():
            return
        own = np.arange(width) if use_context else np.array([area, areas + area])
        fitted = bounded(*fit_logistic(columns[chosen], targets, own))
        if fitted[0][area] > 0:
            weights[area], offset[area] = fitted

    for_each_area(fit, areas, jobs)
    return SentenceStage(weights, offset)


def _cases(labels: NDArray[np.int8], scores: Floats, paragraph: Ints) -> tuple[Bools, Bools]:
    """Return which sentences take part, shape (sentences,), and whether each of those has the area."""
    carries = labels == 1
    rows = np.flatnonzero(labels == UNKNOWN)
    order = rows[np.lexsort((rows, -scores[rows], paragraph[rows]))]
    carries[order[np.diff(paragraph[order], prepend=-1) != 0]] = True
    chosen = carries | (labels == 0)
    return chosen, carries[chosen]
