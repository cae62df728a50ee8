"""From sentences to their paragraph: a logistic of the best sentence score, fitted on out-of-fold scores."""

import numpy as np

from classifier.model.counts import Bools, Floats, Ints

NOTHING = -np.inf  # the best score of a paragraph none of whose sentences carries anything
PENALTY = 100.0
LEAST_SLOPE = 0.1
LARGEST = 12.0


def best(scores: Floats, paragraph: Ints, paragraphs: int) -> Floats:
    """Return the best score of each paragraph, shape (paragraphs, areas), from (sentences, areas)."""
    out = np.full((paragraphs, scores.shape[1]), NOTHING)
    np.maximum.at(out, paragraph, scores)
    return out


def probability(scores: Floats, slope: Floats, offset: Floats) -> Floats:
    """Return 1 / (1 + exp(-(slope * score + offset))); a score of minus infinity gives 0."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(slope * scores + offset)))


def fit(scores: Floats, targets: Bools) -> tuple[Floats, Floats]:
    """Fit slope and offset of each area on best scores and targets, both of shape (paragraphs, areas).

    Platt (1999) with a weak ridge. An area that all or no paragraphs have, or whose scores do not rise with
    it, keeps the classifier's own cut at 0.
    """
    from sklearn.linear_model import LogisticRegression

    areas = scores.shape[1]
    slope, offset = np.ones(areas), np.zeros(areas)
    for area in range(areas):
        seen = np.isfinite(scores[:, area])
        x, y = scores[seen, area, None], targets[seen, area]
        if y.all() or not y.any():
            continue
        model = LogisticRegression(C=PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=200)
        model.fit(x, y)
        if model.coef_[0, 0] >= LEAST_SLOPE:
            # Where classes lie apart, the slope has no bound; a smaller one keeps the cut and can be stored.
            steep = max(1.0, abs(model.coef_[0, 0]) / LARGEST, abs(model.intercept_[0]) / LARGEST)
            slope[area], offset[area] = model.coef_[0, 0] / steep, model.intercept_[0] / steep
    return slope, offset
