"""Near-duplicate paragraphs, of which a model that learned one would make another look better than it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.features.csr import CsrCounts, keep_columns, keep_entries
from classifier.features.tfidf import idf_of_frequencies, row_sums
from classifier.labelling.labelled_counts import LabelledCounts, union_of_terms

NEAR = 0.9  # cosine of the tf-idf of two paragraphs
LEAST_TERMS = 60  # under which a paragraph, such as a heading, may be like another by chance
_AT_ONCE = 500  # paragraphs that are compared with all others


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphCounts:
    """What near-duplicates are found by: the terms of paragraphs, and in how many sentences each term stands.

    terms: sorted, those that stand anywhere. counts: shape (paragraphs, terms), without those of short paragraphs,
    which are like none. frequencies: sentences with each term, shape (terms,). sentences: how many there are.
    """

    terms: tuple[str, ...]
    counts: CsrCounts
    frequencies: Ints
    sentences: int


def paragraph_counts(labelled_counts: LabelledCounts) -> ParagraphCounts:
    """Return what near-duplicates of labelled paragraphs are found by."""
    from scipy.sparse import csr_array

    counts = labelled_counts.sentence_counts
    frequencies = np.bincount(counts.indices, minlength=counts.columns)
    used = np.flatnonzero(frequencies)
    paragraphs = len(labelled_counts.reports)
    first = np.searchsorted(labelled_counts.sentence_to_paragraph, np.arange(paragraphs + 1))
    shape = (paragraphs, counts.columns)
    summed = csr_array((counts.data, counts.indices, counts.indptr[first]), shape=shape, copy=True)
    summed.sum_duplicates()  # a term of several sentences stands once
    arrays = (summed.indptr.astype(np.int64), summed.indices.astype(np.int64), summed.data.astype(np.float64))
    of_paragraphs = CsrCounts(*arrays, counts.columns)
    long = np.diff(of_paragraphs.indptr) >= LEAST_TERMS
    kept = keep_columns(keep_entries(of_paragraphs, long[of_paragraphs.row_of_entry()]), used)
    terms = tuple(labelled_counts.terms[i] for i in used)
    return ParagraphCounts(terms, kept, frequencies[used], counts.rows)


def duplicates_across_folds(labelled_counts: LabelledCounts, fold: Ints) -> list[tuple[int, int]]:
    """Return the numbers, from 0, of each two paragraphs of different folds that are nearly the same."""
    counted = paragraph_counts(labelled_counts)
    (matrix,) = _unit_rows([counted])
    return [(a, b) for a, b in _near(matrix, matrix) if a < b and fold[a] != fold[b]]


def duplicates_among(counted: ParagraphCounts, others: Sequence[ParagraphCounts]) -> Ints:
    """Return the numbers of those paragraphs that nearly stand among others too, ascending."""
    matrix, *rest = _unit_rows([counted, *others])
    return np.unique(np.array([a for other in rest for a, _ in _near(matrix, other)], dtype=np.int64))


def _unit_rows(parts: Sequence[ParagraphCounts]) -> list[Any]:
    """Return the tf-idf of the paragraphs of each part, in rows of unit length over the terms of all parts."""
    from scipy.sparse import csr_array

    terms, columns = union_of_terms([part.terms for part in parts])
    frequencies = np.zeros(len(terms), dtype=np.int64)
    for part, own in zip(parts, columns, strict=True):
        frequencies[own] += part.frequencies
    idf = idf_of_frequencies(frequencies, sum(part.sentences for part in parts))
    found = []
    for part, own in zip(parts, columns, strict=True):
        counts, place = part.counts, own[part.counts.indices]
        values: Floats = counts.data * idf[place]
        lengths = np.sqrt(row_sums(values**2, counts.indptr))
        values /= np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr))
        found.append(csr_array((values, place, counts.indptr), shape=(counts.rows, len(terms))))
    return found


def _near(matrix: Any, other: Any) -> list[tuple[int, int]]:
    """Return the rows, one of each matrix, whose cosine is at least NEAR."""
    long, turned = np.flatnonzero(np.diff(matrix.indptr)), other.T.tocsr()
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(long), _AT_ONCE):
        rows = long[start : start + _AT_ONCE]
        alike = (matrix[rows] @ turned).tocoo()
        near = alike.data >= NEAR
        pairs += zip(rows[alike.row[near]].tolist(), alike.col[near].tolist(), strict=True)
    return pairs
