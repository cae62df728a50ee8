"""From sentences and clauses to their paragraph: a logistic of the best scores, fitted on out-of-fold scores."""

from dataclasses import dataclass

import numpy as np

from classifier.model.counts import Bools, Floats, Ints
from classifier.model.scoring import best_of_groups

NO_SCORE = -np.inf  # the score of what carries nothing
PENALTY = 1.0  # inverse strength of the ridge
LEAST_SLOPE, LARGEST = 0.1, 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """The logistic of each area: slope * sentence score + clause * clause score + context @ around + offset.

    slope, clause, offset: shape (areas,). context: shape (areas, 3 * areas + 1), weights of the paragraph's best
    scores, its mean scores, its best clause scores and the logarithm of its number of sentences; an area's own best
    scores have no weight there. As slope is above 0 and clause not below it, no sentence is likelier than its
    paragraph to have an area.
    """

    slope: Floats
    clause: Floats
    context: Floats
    offset: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphScores:
    """Linear scores of paragraphs, or of the sentences of paragraphs.

    best, clause: shape (rows, areas), of the best sentence and the best clause; best is NOTHING where no sentence
    carries anything. around: shape (rows, 3 * areas + 1), as Join.context weighs it; 0 where there is nothing.
    """

    best: Floats
    clause: Floats
    around: Floats


def gather_scores(sentences: Floats, clauses: Floats, paragraph: Ints, paragraphs: int) -> ParagraphScores:
    """Return the scores of paragraphs from those of sentences and their best clauses, both (sentences, areas)."""
    best = best_of_groups(sentences, paragraph, paragraphs, np.full(sentences.shape[1], NO_SCORE))
    counted = np.isfinite(sentences).all(axis=1)
    own = paragraph[counted]
    clause = best_of_groups(clauses[counted], own, paragraphs, np.zeros(sentences.shape[1]))
    sizes = np.bincount(own, minlength=paragraphs)
    sums = np.zeros_like(best)
    filled = np.flatnonzero(np.diff(own, prepend=-1))
    if len(filled):
        sums[own[filled]] = np.add.reduceat(sentences[counted], filled, axis=0)
    sizes = np.maximum(sizes, 1)[:, None]
    finite = np.where(np.isfinite(best), best, 0.0)
    return ParagraphScores(best, clause, np.hstack([finite, sums / sizes, clause, np.log(sizes)]))


def logits(join: Calibration, scores: ParagraphScores) -> Floats:
    """Return the logit of each area, shape (rows, areas)."""
    return own_logits(join, scores.best, scores.clause) + context_logits(join, scores.around)


def own_logits(join: Calibration, best: Floats, clause: Floats) -> Floats:
    """Return what the scores of an area itself add to its logit, shape (rows, areas)."""
    return join.slope * best + join.clause * clause


def context_logits(join: Calibration, around: Floats) -> Floats:
    """Return what all else adds to the logit of each area, shape (rows, areas).

    Not by a matrix product of a linear algebra library, whose threads would wait for each other.
    """
    added: Floats = np.einsum("rk,ak->ra", around, join.context) + join.offset
    return added


def sigmoid(logit: Floats) -> Floats:
    """Return 1 / (1 + exp(-logit)); a logit of minus infinity gives 0."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logit))


def fit_calibration(whole: ParagraphScores, targets: Bools, use_context: bool) -> Calibration:
    """Fit the join on scores of paragraphs and targets, shape (paragraphs, areas).

    Platt (1999), with the scores of the other areas and of the whole paragraph beside the own ones (stacking,
    Wolpert 1992) and a ridge. An area that all or no paragraphs have, or whose own score does not count for it,
    keeps the cut at 0.
    """
    areas, width = whole.best.shape[1], whole.around.shape[1]
    join = Calibration(np.ones(areas), np.zeros(areas), np.zeros((areas, width)), np.zeros(areas))
    seen = np.isfinite(whole.best).all(axis=1)
    x, y = whole.around[seen], targets[seen]
    for area in range(areas):
        if y[:, area].all() or not y[:, area].any():
            continue
        clause = 2 * areas + area
        columns = np.arange(width) if use_context else np.array([area, clause])
        weights, offset = _fit_area(x, y[:, area], columns)
        if weights[clause] < 0:
            weights, offset = _fit_area(x, y[:, area], columns[columns != clause])
        if weights[area] < LEAST_SLOPE:
            continue
        # Where classes lie apart, weights have no bound; smaller ones keep the cut and can be stored.
        steep = max(1.0, np.abs(weights).max() / LARGEST, abs(offset) / LARGEST)
        join.slope[area], join.clause[area] = weights[area] / steep, weights[clause] / steep
        join.offset[area] = offset / steep
        weights[[area, clause]] = 0
        join.context[area] = weights / steep
    return join


def _fit_area(x: Floats, y: Bools, columns: Ints) -> tuple[Floats, float]:
    """Return the weights of all columns of x, 0 for those that are not chosen, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=200)
    model.fit(x[:, columns], y)
    weights = np.zeros(x.shape[1])
    weights[columns] = model.coef_[0]
    return weights, float(model.intercept_[0])
