"""From sentences to their paragraph: a logistic of the best sentence scores, fitted on out-of-fold scores."""

from dataclasses import dataclass

import numpy as np

from classifier.model.counts import Bools, Floats, Ints

NOTHING = -np.inf  # the score of what carries nothing
PENALTY = 1.0  # inverse strength of the ridge
LEAST_SLOPE, LARGEST = 0.1, 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """The logistic of each area: slope * own score + others @ best scores of the paragraph + offset.

    slope, offset: shape (areas,). others: shape (areas, areas), row k for area k, with 0 on the diagonal.
    As slope is above 0, a paragraph has an area if and only if its best sentence has.
    """

    slope: Floats
    others: Floats
    offset: Floats


def best(scores: Floats, paragraph: Ints, paragraphs: int) -> Floats:
    """Return the best score of each paragraph, shape (paragraphs, areas), from (sentences, areas)."""
    out = np.full((paragraphs, scores.shape[1]), NOTHING)
    np.maximum.at(out, paragraph, scores)
    return out


def logits(join: Join, scores: Floats, around: Floats) -> Floats:
    """Return the logit of each area; scores and around, the best scores of the paragraph, have shape (rows, areas)."""
    beside = np.where(np.isfinite(around), around, 0.0) @ join.others.T
    return join.slope * scores + beside + join.offset


def probability(logit: Floats) -> Floats:
    """Return 1 / (1 + exp(-logit)); a logit of minus infinity gives 0."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logit))


def fit(scores: Floats, targets: Bools, use_others: bool) -> Join:
    """Fit the join on best scores and targets, both of shape (paragraphs, areas).

    Platt (1999), with the best scores of the other areas beside the own one (stacking, Wolpert 1992) and a ridge.
    An area that all or no paragraphs have, or whose own score does not count for it, keeps the cut at 0.
    """
    from sklearn.linear_model import LogisticRegression

    areas = scores.shape[1]
    slope, others, offset = np.ones(areas), np.zeros((areas, areas)), np.zeros(areas)
    seen = np.isfinite(scores).all(axis=1)
    x, y = scores[seen], targets[seen]
    for area in range(areas):
        if y[:, area].all() or not y[:, area].any():
            continue
        columns = np.arange(areas) if use_others else np.array([area])
        model = LogisticRegression(C=PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=200)
        model.fit(x[:, columns], y[:, area])
        weights = np.zeros(areas)
        weights[columns] = model.coef_[0]
        if weights[area] < LEAST_SLOPE:
            continue
        # Where classes lie apart, weights have no bound; smaller ones keep the cut and can be stored.
        steep = max(1.0, np.abs(weights).max() / LARGEST, abs(model.intercept_[0]) / LARGEST)
        slope[area], offset[area] = weights[area] / steep, model.intercept_[0] / steep
        weights[area] = 0
        others[area] = weights / steep
    return Join(slope, others, offset)
