"""Solves support vector machines of several areas at once: with the kernel, or area by area with scikit-learn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Floats, Ints
from classifier.compiled import BUILT
from classifier.features.csr import CsrCounts
from classifier.model.linear import LinearClassifiers

GRADIENT_TOLERANCE = 7e-4  # of gradients; it leaves weights within half a stored step, most within a tenth
_MOST_EPOCHS = 5_000
_SKLEARN_TOLERANCE = 1e-4  # the same weights to the stored step


@dataclass(frozen=True, slots=True, eq=False)
class WeighedRows:
    """Rows of tf-idf: row i has `values[a:b]` in the columns `indices[a:b]`, where a, b = indptr[i:i+2]."""

    indptr: Ints
    indices: NDArray[np.int32]
    values: Floats
    columns: int

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.indptr) - 1

    def scores(self, classifiers: LinearClassifiers) -> Floats:
        """Return the linear scores of all rows, shape (rows, areas)."""
        from scipy.sparse import csr_array

        matrix = csr_array((self.values, self.indices, self.indptr), shape=(self.rows, self.columns))
        return np.asarray(matrix @ classifiers.weights()) + classifiers.intercept


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """weights: shape (columns + 1, areas), the intercepts last. alphas: dual variables, shape (rows, areas)."""

    weights: Floats
    alphas: Floats

    def classifiers(self) -> LinearClassifiers:
        """Return the classifiers of all areas."""
        return LinearClassifiers(self.weights[:-1], self.weights[-1])


def weigh_rows(counts: CsrCounts, values: Floats) -> WeighedRows:
    """Return rows of the same entries as counts, with values of shape (entries,)."""
    return WeighedRows(counts.indptr, counts.indices.astype(np.int32), values, counts.columns)


def solve(
    rows: WeighedRows,
    signs: NDArray[np.int8],
    c: float,
    seed: int,
    start: Floats | None = None,
) -> Solution:
    """Return the optimum of a linear support vector machine with squared hinge loss for each column of signs.

    signs: shape (rows, areas): 1 and -1, or 0 where a row takes no part. start: alphas to begin with, shape
    (rows, areas), which make no difference to the optimum. The intercept is penalized as the weight of a further column
    of ones, as in LIBLINEAR (Fan et al., JMLR 2008). Where all signs of an area are the same, its weights are 0, and
    its intercept is that sign, -1 where there are none. An area has the same solution whatever the others are.
    """
    constant = ~((signs == 1).any(axis=0) & (signs == -1).any(axis=0))
    used = np.where(constant, np.int8(0), signs)
    alphas = np.zeros(signs.shape) if start is None else np.where(used != 0, start, 0.0)
    weights = np.zeros((rows.columns + 1, signs.shape[1]))
    if BUILT:
        _solve_with_kernel(rows, used, c, seed, alphas, weights)
    else:
        _solve_with_sklearn(rows, used, c, seed, weights)
    weights[-1, constant] = np.where((signs[:, constant] == 1).any(axis=0), 1.0, -1.0)
    return Solution(weights, alphas)


def _solve_with_kernel(
    rows: WeighedRows, signs: NDArray[np.int8], c: float, seed: int, alphas: Floats, weights: Floats
) -> None:
    """Write alphas and weights; alphas hold what to begin with."""
    from classifier.compiled import kernel

    for first in range(0, signs.shape[1], kernel.MOST_AREAS_AT_ONCE):
        block = slice(first, first + kernel.MOST_AREAS_AT_ONCE)
        own = np.ascontiguousarray(alphas[:, block])
        found = np.zeros((rows.columns + 1, own.shape[1]))
        kernel.fit(
            rows.indptr,
            rows.indices,
            rows.values,
            np.ascontiguousarray(signs[:, block]),
            own,
            found,
            own.shape[1],
            c,
            GRADIENT_TOLERANCE,
            _MOST_EPOCHS,
            seed,
        )
        alphas[:, block], weights[:, block] = own, found


def _solve_with_sklearn(rows: WeighedRows, signs: NDArray[np.int8], c: float, seed: int, weights: Floats) -> None:
    """Write weights."""
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    matrix = csr_matrix((rows.values, rows.indices, rows.indptr), shape=(rows.rows, rows.columns))
    for area, own in enumerate(signs.T):
        if (taken := own != 0).any():
            machine = LinearSVC(C=c, tol=_SKLEARN_TOLERANCE, max_iter=_MOST_EPOCHS, random_state=seed, dual=True)
            machine.fit(matrix[taken], own[taken])
            weights[:-1, area], weights[-1, area] = machine.coef_[0], machine.intercept_[0]
