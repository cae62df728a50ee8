"""Support vector machines: one linear classifier fitted for each area, with scikit-learn."""

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Floats, Ints
from classifier.features.csr import CsrCounts
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED
from classifier.model.linear import LinearClassifiers
from classifier.settings import Settings

_ROUNDS_OF_CHOOSING = 3  # of choosing the rows that carry an area, and fitting again
_LOOSE, _TIGHT = 1e-2, 1e-4  # tolerances: for choosing rows, and of what is kept, a hundredth of a stored step
_MAX_ITER = 20_000


def fit_svms(
    values: Floats, counts: CsrCounts, labels: NDArray[np.int8], group: Ints, settings: Settings
) -> LinearClassifiers:
    """Fit one linear support vector machine for each column of labels.

    labels: shape (rows, areas) of 1, 0, UNKNOWN and UNLABELLED. Where UNKNOWN, the group of the row has the area, and
    its best row is taken to carry it (MI-SVM: Andrews, Tsochantaridis and Hofmann, NIPS 2002); where UNLABELLED, the
    row is left out of the fits of the area. group: shape (rows, areas).
    """
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((values, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))
    areas = range(labels.shape[1])
    fitted = [_fit_area(matrix, labels[:, area], group[:, area], settings) for area in areas]
    return LinearClassifiers(np.array([weights for weights, _ in fitted]).T, np.array([bias for _, bias in fitted]))


def _fit_area(matrix, labels: NDArray[np.int8], group: Ints, settings: Settings):  # type: ignore[no-untyped-def]
    if (labelled := labels != UNLABELLED).all():
        return _fit_labelled(matrix, labels, group, settings)
    return _fit_labelled(matrix[labelled], labels[labelled], group[labelled], settings)


def _fit_labelled(matrix, labels: NDArray[np.int8], group: Ints, settings: Settings):  # type: ignore[no-untyped-def]
    weak = labels == UNKNOWN
    sure = labels == 1
    if not weak.any():
        return _fit_binary(matrix, sure, _TIGHT, settings)
    # At first the sure rows show what to look for; where there are none, every row of the groups counts.
    known, positive = (~weak, sure) if sure.any() else (np.ones_like(weak), weak)
    weights, bias = _fit_binary(matrix[known], positive[known], _LOOSE, settings)
    for tolerance in [_LOOSE] * (_ROUNDS_OF_CHOOSING - 1) + [_TIGHT]:
        scores = matrix @ weights + bias
        carry = _best_rows(scores, group, weak)
        weights, bias = _fit_near(matrix, ~weak | carry, sure | carry, scores, tolerance, settings)
    return weights, bias


def _fit_near(matrix, known: Bools, positive: Bools, scores: Floats, tolerance: float, settings: Settings):  # type: ignore[no-untyped-def]
    """Fit on the known rows, of which scores much like the sought ones are given.

    A negative row beyond the margin changes nothing, so only those that are not are taken, until none is missed.
    """
    near = known & (positive | (scores > -1))
    while True:
        weights, bias = _fit_binary(matrix[near], positive[near], tolerance, settings)
        missed = known & ~near & (matrix @ weights + bias > tolerance - 1)
        if not missed.any():
            return weights, bias
        near |= missed


def _best_rows(scores: Floats, group: Ints, among: Bools) -> Bools:
    """Return for each group the first best row among some rows; shape (rows,)."""
    rows = np.flatnonzero(among)
    order = rows[np.lexsort((rows, -scores[rows], group[rows]))]
    first = np.r_[True, np.diff(group[order]) != 0]
    best = np.zeros(len(scores), dtype=bool)
    best[order[first]] = True
    return best


def _fit_binary(matrix, positive: Bools, tolerance: float, settings: Settings):  # type: ignore[no-untyped-def]
    from sklearn.svm import LinearSVC

    if not positive.any() or positive.all():
        return np.zeros(matrix.shape[1]), 1.0 if positive.any() else -1.0  # none at all is no area either
    machine = LinearSVC(C=settings.c, tol=tolerance, max_iter=_MAX_ITER, random_state=settings.seed, dual=True)
    machine.fit(matrix, positive)
    return machine.coef_[0], float(machine.intercept_[0])
