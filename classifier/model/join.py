"""From sentences to their paragraph: a logistic of the best sentence scores, fitted on out-of-fold scores."""

from dataclasses import dataclass

import numpy as np

from classifier.model.counts import Bools, Floats, Ints

NOTHING = -np.inf  # the score of what carries nothing
PENALTY = 0.3  # inverse strength of the ridge
LEAST_SLOPE, LARGEST = 0.1, 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """The logistic of each area: slope * own score + context @ what stands around it + offset.

    slope, offset: shape (areas,). context: shape (areas, 2 * areas + 1), weights of the paragraph's best scores, its
    mean scores and the logarithm of its number of sentences; the own best score has no weight there.
    As slope is above 0, a paragraph has an area if and only if its best sentence has.
    """

    slope: Floats
    context: Floats
    offset: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Paragraphs:
    """Scores of paragraphs. best: shape (paragraphs, areas), NOTHING where no sentence carries anything.

    around: shape (paragraphs, 2 * areas + 1): best and mean scores, and ln of the number of sentences that carry
    anything; 0 where there are none.
    """

    best: Floats
    around: Floats


def gather(scores: Floats, paragraph: Ints, paragraphs: int) -> Paragraphs:
    """Return the scores of paragraphs from those of their sentences, shape (sentences, areas)."""
    best = np.full((paragraphs, scores.shape[1]), NOTHING)
    np.maximum.at(best, paragraph, scores)
    counted = np.isfinite(scores).all(axis=1)
    sums = np.zeros_like(best)
    np.add.at(sums, paragraph[counted], scores[counted])
    sizes = np.maximum(np.bincount(paragraph[counted], minlength=paragraphs), 1)[:, None]
    finite = np.where(np.isfinite(best), best, 0.0)
    return Paragraphs(best, np.hstack([finite, sums / sizes, np.log(sizes)]))


def logits(join: Join, scores: Floats, around: Floats) -> Floats:
    """Return the logit of each area; scores have shape (rows, areas), around is that of each row's paragraph."""
    return join.slope * scores + around @ join.context.T + join.offset


def probability(logit: Floats) -> Floats:
    """Return 1 / (1 + exp(-logit)); a logit of minus infinity gives 0."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-logit))


def fit(whole: Paragraphs, targets: Bools, use_context: bool) -> Join:
    """Fit the join on scores of paragraphs and targets, shape (paragraphs, areas).

    Platt (1999), with the scores of the other areas and of the whole paragraph beside the own one (stacking,
    Wolpert 1992) and a ridge. An area that all or no paragraphs have, or whose own score does not count for it,
    keeps the cut at 0.
    """
    from sklearn.linear_model import LogisticRegression

    areas = whole.best.shape[1]
    width = whole.around.shape[1]
    slope, context, offset = np.ones(areas), np.zeros((areas, width)), np.zeros(areas)
    seen = np.isfinite(whole.best).all(axis=1)
    x, y = whole.around[seen], targets[seen]
    for area in range(areas):
        if y[:, area].all() or not y[:, area].any():
            continue
        columns = np.arange(width) if use_context else np.array([area])
        model = LogisticRegression(C=PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=200)
        model.fit(x[:, columns], y[:, area])
        weights = np.zeros(width)
        weights[columns] = model.coef_[0]
        if weights[area] < LEAST_SLOPE:
            continue
        # Where classes lie apart, weights have no bound; smaller ones keep the cut and can be stored.
        steep = max(1.0, np.abs(weights).max() / LARGEST, abs(model.intercept_[0]) / LARGEST)
        slope[area], offset[area] = weights[area] / steep, model.intercept_[0] / steep
        weights[area] = 0
        context[area] = weights / steep
    return Join(slope, context, offset)
