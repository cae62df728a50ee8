"""One linear classifier for each area: fitting with scikit-learn, scoring with numpy alone."""

import sys
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.model.counted import UNKNOWN
from classifier.model.counts import Bools, Counts, Floats, Ints, SentenceCounts
from classifier.model.settings import Settings
from classifier.model.weighting import row_sums, unscaled

TOLERANCE = 1e-5
MAX_ITER = 20_000
CHUNK = 1 << 18  # stored entries scored at a time, to bound memory


@dataclass(frozen=True, eq=False)
class Linear:
    """Linear classifiers. coef: shape (columns, areas), in units of `unit`. intercept: shape (areas,)."""

    coef: Floats | NDArray[np.int16]
    intercept: Floats
    unit: float = 1.0

    @cached_property
    def wide(self) -> Floats:
        """The coefficients as scipy wants them, for many rows."""
        return np.ascontiguousarray(self.coef, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Classifiers:
    """The classifiers of sentences and of clauses, over the same terms. idf: shape (terms,)."""

    idf: Floats
    sentences: Linear
    clauses: Linear

    def score(self, counts: SentenceCounts, sublinear: bool) -> tuple[Floats, Floats]:
        """Return the scores of sentences and those of their best clauses, both of shape (sentences, areas)."""
        whole = score(counts.sentences, self.idf, sublinear, self.sentences)
        parts = score(counts.clauses, self.idf, sublinear, self.clauses)
        filled = np.diff(counts.clauses.indptr) > 0  # a clause without a known term says nothing
        return whole, best_of(parts[filled], counts.owner[filled], len(whole), self.clauses.intercept)


def score(counts: Counts, weights: Floats, sublinear: bool, linear: Linear) -> Floats:
    """Return the scores of rows of counts, weighted by tf-idf; shape (rows, areas)."""
    values, lengths = unscaled(counts, weights, sublinear)
    return product(values, counts, linear) * linear.unit / lengths[:, None] + linear.intercept


def best_of(scores: Floats, owner: Ints, owners: int, otherwise: Floats) -> Floats:
    """Return the best scores of the rows of each owner, shape (owners, areas); `otherwise` where it has none.

    owner: shape (rows,), ascending.
    """
    best = np.full((owners, scores.shape[1]), otherwise)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    if len(first):
        best[owner[first]] = np.maximum.reduceat(scores, first, axis=0)
    return best


def product(values: Floats, counts: Counts, linear: Linear) -> Floats:
    """Return the matrix product of rows with `values` for entries and the coefficients, shape (rows, areas).

    With scipy where that is loaded, which is ten times as fast; importing it for one report would cost more.
    """
    if "scipy.sparse" in sys.modules:
        from scipy.sparse import csr_array

        matrix = csr_array((values, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))
        return np.asarray(matrix @ linear.wide)
    out = np.empty((counts.rows, linear.coef.shape[1]))
    start = 0
    while start < counts.rows:
        stop = max(start + 1, int(np.searchsorted(counts.indptr, counts.indptr[start] + CHUNK, "right")) - 1)
        a, b = counts.indptr[start], counts.indptr[stop]
        products = linear.coef[counts.indices[a:b]] * values[a:b, None]
        out[start:stop] = row_sums(products, counts.indptr[start : stop + 1] - a)
        start = stop
    return out


def fit(
    values: Floats, counts: Counts, labels: NDArray[np.int8], group: Ints, settings: Settings, rounds: int
) -> Linear:
    """Fit one linear support vector machine for each column of labels.

    labels: shape (rows, areas) of 1, 0 and UNKNOWN. Where UNKNOWN, the group of the row has the area, and its best
    row is taken to carry it (MI-SVM: Andrews, Tsochantaridis and Hofmann, NIPS 2002). group: shape (rows, areas).
    rounds: of choosing these rows, and fitting again.
    """
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((values, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))
    areas = range(labels.shape[1])
    fitted = [_fit_area(matrix, labels[:, area], group[:, area], settings, rounds) for area in areas]
    return Linear(np.array([weights for weights, _ in fitted]).T, np.array([bias for _, bias in fitted]))


def _fit_area(matrix, labels: NDArray[np.int8], group: Ints, settings: Settings, rounds: int):  # type: ignore[no-untyped-def]
    weak = labels == UNKNOWN
    sure = labels == 1
    if not weak.any():
        return _fit_binary(matrix, sure, settings)
    # At first the sure rows show what to look for; where there are none, every row of the groups counts.
    known, positive = (~weak, sure) if sure.any() else (np.ones_like(weak), weak)
    weights, bias = _fit_binary(matrix[known], positive[known], settings)
    for _ in range(rounds):
        scores = matrix @ weights + bias
        carry = _best_rows(scores, group, weak)
        known, positive = ~weak | carry, sure | carry
        weights, bias = _fit_binary(matrix[known], positive[known], settings)
    return weights, bias


def _best_rows(scores: Floats, group: Ints, among: Bools) -> Bools:
    """Mark for each group the first best row among some rows; shape (rows,)."""
    rows = np.flatnonzero(among)
    order = rows[np.lexsort((rows, -scores[rows], group[rows]))]
    first = np.r_[True, np.diff(group[order]) != 0]
    best = np.zeros(len(scores), dtype=bool)
    best[order[first]] = True
    return best


def _fit_binary(matrix, positive: Bools, settings: Settings):  # type: ignore[no-untyped-def]
    from sklearn.svm import LinearSVC

    if positive.all() or not positive.any():
        return np.zeros(matrix.shape[1]), 1.0 if positive.all() else -1.0
    machine = LinearSVC(C=settings.c, tol=TOLERANCE, max_iter=MAX_ITER, random_state=settings.seed, dual=True)
    machine.fit(matrix, positive)
    return machine.coef_[0], float(machine.intercept_[0])
