"""Linear scores of sentences and clauses to probabilities of their paragraph: a logistic of the best scores."""

from dataclasses import dataclass

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.model.linear import best_of_groups

NO_SCORE = -np.inf  # of an empty sentence, and of a paragraph of empty sentences alone


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """The logistic of each area: slope * sentence score + clause * clause score + context @ around + offset.

    slope, clause, offset: shape (areas,). context: shape (areas, 3 * areas + 1), weights of the paragraph's best
    scores, its mean scores, its best clause scores and the logarithm of its number of sentences; an area's own best
    scores have no weight there. slope > 0 and clause >= 0: no sentence or clause on an area makes it less likely.
    """

    slope: Floats
    clause: Floats
    context: Floats
    offset: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphScores:
    """Linear scores of paragraphs.

    best, clause: shape (rows, areas), of the best sentence and the best clause; best is NO_SCORE where there
    is no sentence with text. around: shape (rows, 3 * areas + 1), the columns that Calibration.context weighs; 0 where
    there is no such sentence.
    """

    best: Floats
    clause: Floats
    around: Floats


def gather_scores(sentences: Floats, clauses: Floats, sentence_to_paragraph: Ints, paragraphs: int) -> ParagraphScores:
    """Return the scores of paragraphs from those of sentences and their best clauses, both (sentences, areas).

    sentence_to_paragraph: shape (sentences,), ascending.
    """
    best = best_of_groups(sentences, sentence_to_paragraph, paragraphs, np.full(sentences.shape[1], NO_SCORE))
    counted = np.isfinite(sentences).all(axis=1)
    own = sentence_to_paragraph[counted]
    clause = best_of_groups(clauses[counted], own, paragraphs, np.zeros(sentences.shape[1]))
    sizes = np.bincount(own, minlength=paragraphs)
    sums = np.zeros_like(best)
    first = np.flatnonzero(np.diff(own, prepend=-1))  # the first sentence of each paragraph
    if len(first):
        sums[own[first]] = np.add.reduceat(sentences[counted], first, axis=0)
    sizes = np.maximum(sizes, 1)[:, None]
    finite = np.where(np.isfinite(best), best, 0.0)
    return ParagraphScores(best, clause, np.hstack([finite, sums / sizes, clause, np.log(sizes)]))


def logits(calibration: Calibration, scores: ParagraphScores) -> Floats:
    """Return the logit of each area, shape (rows, areas)."""
    return own_logits(calibration, scores.best, scores.clause) + context_logits(calibration, scores.around)


def own_logits(calibration: Calibration, best: Floats, clause: Floats) -> Floats:
    """Return what the scores of an area itself add to its logit, shape (rows, areas)."""
    return calibration.slope * best + calibration.clause * clause


def context_logits(calibration: Calibration, around: Floats) -> Floats:
    """Return what all else adds to the logit of each area, shape (rows, areas).

    By einsum, not by a matrix product: the threads of a linear algebra library would compete with other processes.
    """
    added: Floats = np.einsum("rk,ak->ra", around, calibration.context) + calibration.offset
    return added


def sigmoid(logit: Floats) -> Floats:
    """Return 1 / (1 + exp(-logit)); a logit of minus infinity gives 0."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logit))
