"""Counts of terms to tf-idf: weighted counts, in rows of unit length."""

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.features.csr import CsrCounts

TFIDF_STEP = 1e-6  # results are rounded to it, so that no processor's last digit reaches the training


def idf(counts: CsrCounts) -> Floats:
    """Return the smoothed inverse document frequency of each column, shape (columns,).

    ln((1 + n) / (1 + df)) + 1 (Salton and Buckley 1988, smoothed as in scikit-learn), rounded to TFIDF_STEP.
    """
    return idf_of_frequencies(np.bincount(counts.indices, minlength=counts.columns), counts.rows)


def idf_of_frequencies(frequencies: Ints, rows: int) -> Floats:
    """Return the same of terms that stand in so many of the rows, shape (terms,)."""
    return _rounded(np.log((1 + rows) / (1 + frequencies)) + 1)


def tf_idf(counts: CsrCounts, idf_of_terms: Floats, sublinear: bool) -> Floats:
    """Return the tf-idf of each stored entry, shape (entries,); every row has length 1 or is empty.

    idf_of_terms: shape (columns,).
    """
    values = tf(counts.data, sublinear) * idf_of_terms[counts.indices]
    lengths = np.sqrt(row_sums(values**2, counts.indptr))
    lengths[lengths == 0] = 1
    return _rounded(values / np.repeat(lengths, np.diff(counts.indptr)))


def tf(times: Floats, sublinear: bool) -> Floats:
    """Return the weight of a term that occurs so many times, without its idf: 1 + ln(times), or times."""
    return np.log(times) + 1 if sublinear else times


def row_sums(values: Floats, indptr: Ints) -> Floats:
    """Return the sums of values[indptr[i]:indptr[i + 1]] along the first axis; 0 for an empty row."""
    sums = np.zeros((len(indptr) - 1, *values.shape[1:]))
    filled = np.flatnonzero(np.diff(indptr))
    if len(filled):
        sums[filled] = np.add.reduceat(values, indptr[filled], axis=0)
    return sums


def _rounded(values: Floats) -> Floats:
    return np.round(values / TFIDF_STEP) * TFIDF_STEP
