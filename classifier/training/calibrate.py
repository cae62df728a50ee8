"""The calibration fitted: a logistic that makes probabilities of out-of-fold linear scores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.model.calibration import Calibration, ParagraphScores

_PENALTY = 1.0  # inverse strength of the ridge
_LEAST_SLOPE, LARGEST_WEIGHT = 0.1, 12.0


def fit_calibration(
    whole: ParagraphScores, targets: Bools, use_context: bool, known: Bools | None = None, jobs: int = 1
) -> Calibration:
    """Fit the calibration on linear scores of paragraphs, and targets of shape (paragraphs, areas).

    Platt (1999), with the scores of the other areas and of the whole paragraph beside the own ones (stacking,
    Wolpert 1992) and a ridge. An area that all or no paragraphs have, or whose own score does not count for it,
    keeps its threshold at the score 0. known: shape (paragraphs, areas), whether it is known if a paragraph has an
    area, without which it takes no part; None where all is known. jobs: threads.
    """
    areas, width = whole.best.shape[1], whole.around.shape[1]
    calibration = Calibration(np.ones(areas), np.zeros(areas), np.zeros((areas, width)), np.zeros(areas))
    finite = np.isfinite(whole.best).all(axis=1)

    def fit(area: int) -> None:
        seen = finite if known is None else finite & known[:, area]
        x, y = whole.around[seen], targets[seen, area]
        if y.all() or not y.any():
            return
        clause = 2 * areas + area
        columns = np.arange(width) if use_context else np.array([area, clause])
        weights, offset = fit_logistic(x, y, columns)
        if weights[clause] < 0:
            weights, offset = fit_logistic(x, y, columns[columns != clause])
        if weights[area] < _LEAST_SLOPE:
            return
        weights, calibration.offset[area] = bounded(weights, offset)
        calibration.slope[area], calibration.clause[area] = weights[area], weights[clause]
        weights[[area, clause]] = 0
        calibration.context[area] = weights

    for_each_area(fit, areas, jobs)
    return calibration


def for_each_area(fit: Callable[[int], None], areas: int, jobs: int) -> None:
    """Call `fit` with the number of each area, in threads.

    The linear algebra library works with one thread meanwhile; its own would wait for each other longer than they work.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(jobs) as pool:
        for _ in pool.map(fit, range(areas)):
            pass


def fit_logistic(x: Floats, y: Bools, columns: Ints) -> tuple[Floats, float]:
    """Return the weights of all columns of x, 0 for those that are not chosen, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=200)
    model.fit(x[:, columns], y)
    weights = np.zeros(x.shape[1])
    weights[columns] = model.coef_[0]
    return weights, float(model.intercept_[0])


def bounded(weights: Floats, offset: float) -> tuple[Floats, float]:
    """Return weights and offset made smaller alike where one could not be stored.

    Where classes lie apart, weights have no bound; smaller ones keep the threshold of 0.5.
    """
    steep = max(1.0, np.abs(weights).max() / LARGEST_WEIGHT, abs(offset) / LARGEST_WEIGHT)
    return weights / steep, offset / steep
