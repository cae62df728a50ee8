"""One linear classifier for each area: fitting with scikit-learn, scoring with numpy alone."""

import numpy as np
from numpy.typing import NDArray

from classifier.model.counted import UNKNOWN
from classifier.model.counts import Counts, Floats, Ints
from classifier.model.settings import Settings
from classifier.model.weighting import row_sums

ROUNDS = 3  # of choosing the sentence that carries a paragraph's area, and fitting again
TOLERANCE = 1e-5
MAX_ITER = 20_000
CHUNK = 1 << 18  # stored entries scored at a time, to bound memory


def decision(values: Floats, counts: Counts, coef: Floats, intercept: Floats) -> Floats:
    """Return the scores of rows, shape (rows, areas); coef has shape (columns, areas)."""
    out = np.empty((counts.rows, coef.shape[1]))
    start = 0
    while start < counts.rows:
        stop = max(start + 1, int(np.searchsorted(counts.indptr, counts.indptr[start] + CHUNK, "right")) - 1)
        a, b = counts.indptr[start], counts.indptr[stop]
        products = coef[counts.indices[a:b]] * values[a:b, None]
        out[start:stop] = row_sums(products, counts.indptr[start : stop + 1] - a)
        start = stop
    return out + intercept


def fit(
    values: Floats, counts: Counts, labels: NDArray[np.int8], paragraph: Ints, settings: Settings
) -> tuple[Floats, Floats]:
    """Fit one linear support vector machine for each column of labels.

    labels: shape (rows, areas) of 1, 0 and UNKNOWN. Where UNKNOWN, the paragraph has the area, and its best
    sentence is taken to carry it (MI-SVM: Andrews, Tsochantaridis and Hofmann, NIPS 2002).
    Returns coef, shape (columns, areas), and intercept, shape (areas,).
    """
    from scipy.sparse import csr_matrix

    matrix = csr_matrix((values, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))
    coef = np.zeros((counts.columns, labels.shape[1]))
    intercept = np.zeros(labels.shape[1])
    for area in range(labels.shape[1]):
        coef[:, area], intercept[area] = _fit_area(matrix, labels[:, area], paragraph, settings)
    return coef, intercept


def _fit_area(matrix, labels: NDArray[np.int8], paragraph: Ints, settings: Settings):  # type: ignore[no-untyped-def]
    weak = labels == UNKNOWN
    if not weak.any():
        return _fit_binary(matrix, labels == 1, settings)
    known = ~weak
    if not (labels == 1).any():  # nothing but paragraphs: at first every sentence of theirs counts
        known, positive = np.ones(len(labels), dtype=bool), weak.copy()
    else:
        positive = labels == 1
    weights, bias = _fit_binary(matrix[known], positive[known], settings)
    for _ in range(ROUNDS):
        scores = matrix @ weights + bias
        best = _best_rows(scores, paragraph, weak)
        positive = (labels == 1) | best
        known = ~weak | best
        weights, bias = _fit_binary(matrix[known], positive[known], settings)
    return weights, bias


def _best_rows(scores: Floats, paragraph: Ints, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark for each paragraph the first best row among some rows; shape (rows,)."""
    rows = np.flatnonzero(among)
    order = rows[np.lexsort((rows, -scores[rows], paragraph[rows]))]
    first = np.r_[True, np.diff(paragraph[order]) != 0]
    best = np.zeros(len(scores), dtype=bool)
    best[order[first]] = True
    return best


def _fit_binary(matrix, positive: NDArray[np.bool_], settings: Settings):  # type: ignore[no-untyped-def]
    from sklearn.svm import LinearSVC

    if positive.all() or not positive.any():
        return np.zeros(matrix.shape[1]), 1.0 if positive.all() else -1.0
    machine = LinearSVC(C=settings.c, tol=TOLERANCE, max_iter=MAX_ITER, random_state=settings.seed, dual=True)
    machine.fit(matrix, positive)
    return machine.coef_[0], float(machine.intercept_[0])
