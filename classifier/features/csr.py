"""Counts of terms as the three arrays of a CSR matrix (compressed sparse rows), without scipy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import AnyInts, Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class CsrCounts:
    """A sparse matrix: row i has `data[a:b]` in the columns `indices[a:b]`, where a, b = indptr[i:i+2]."""

    indptr: Ints
    indices: Ints
    data: Floats
    columns: int

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.indptr) - 1

    def row_of_entry(self) -> Ints:
        """Return the row of each stored entry, shape (entries,)."""
        return np.repeat(np.arange(self.rows), np.diff(self.indptr))


@dataclass(frozen=True, slots=True, eq=False)
class TermOccurrences:
    """Every occurrence of a known term in the clauses of sentences.

    groups: pairs of arrays of shape (occurrences,): the clause, ascending in each group, and the column of the term.
    row_to_sentence: the sentence of each clause, shape (clauses,), ascending. sentences: how many sentences there are.
    """

    groups: tuple[tuple[Ints, AnyInts], ...]
    row_to_sentence: Ints
    sentences: int


def keep_columns(counts: CsrCounts, columns: Ints) -> CsrCounts:
    """Return the counts of some columns, renumbered in their order; `columns` ascending."""
    new = np.full(counts.columns, -1, dtype=np.int64)
    new[columns] = np.arange(len(columns))
    kept = new[counts.indices] >= 0
    rows = np.bincount(counts.row_of_entry()[kept], minlength=counts.rows)
    indptr = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    return CsrCounts(indptr, new[counts.indices[kept]], counts.data[kept], len(columns))


def take_rows(counts: CsrCounts, chosen: Bools) -> CsrCounts:
    """Return the rows where `chosen`, shape (rows,), is true."""
    lengths = np.diff(counts.indptr)
    entries = np.repeat(chosen, lengths)
    indptr = np.concatenate([[0], np.cumsum(lengths[chosen])]).astype(np.int64)
    return CsrCounts(indptr, counts.indices[entries], counts.data[entries], counts.columns)


def keep_entries(counts: CsrCounts, kept: Bools) -> CsrCounts:
    """Return counts without the stored entries where `kept`, shape (entries,), is false."""
    lengths = np.bincount(counts.row_of_entry()[kept], minlength=counts.rows)
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return CsrCounts(indptr, counts.indices[kept], counts.data[kept], counts.columns)


def order_rows(counts: CsrCounts, order: Ints) -> CsrCounts:
    """Return the rows in another order: row i of the result is row `order[i]`."""
    lengths = np.diff(counts.indptr)[order]
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    entries = np.arange(indptr[-1]) + np.repeat(counts.indptr[order] - indptr[:-1], lengths)
    return CsrCounts(indptr, counts.indices[entries], counts.data[entries], counts.columns)


def stack_rows(matrices: Sequence[CsrCounts], columns: Sequence[Ints], width: int) -> CsrCounts:
    """Return the rows of several matrices below each other, `width` columns wide.

    `columns[i]`, ascending, are the new columns of matrix i.
    """
    lengths = np.concatenate([np.diff(one.indptr) for one in matrices])
    return CsrCounts(
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        np.concatenate([new[one.indices] for one, new in zip(matrices, columns, strict=True)]),
        np.concatenate([one.data for one in matrices]),
        width,
    )


def sum_rows(counts: CsrCounts, row_to_group: Ints, groups: int) -> CsrCounts:
    """Return the sum of the rows of each group, shape (groups, columns); row_to_group: shape (rows,)."""
    row, column = occurrences(counts)
    return count_entries(row_to_group[row], column, groups, counts.columns)


def occurrences(counts: CsrCounts) -> tuple[Ints, Ints]:
    """Return row and column of each occurrence, both of shape (occurrences,), rows ascending."""
    times = counts.data.astype(np.int64)
    return np.repeat(counts.row_of_entry(), times), np.repeat(counts.indices, times)


def count_entries(row: Ints, column: AnyInts, rows: int, columns: int) -> CsrCounts:
    """Count pairs of row and column, both of shape (entries,); in each row of the result the columns ascend."""
    bits = max(columns - 1, 0).bit_length()
    keys = (row << bits) | column
    keys.sort()
    first = np.flatnonzero(np.concatenate([np.ones(min(len(keys), 1), dtype=np.bool_), keys[1:] != keys[:-1]]))
    found = keys[first]
    indptr = np.searchsorted(found, np.arange(rows + 1) << bits)
    data = np.diff(first, append=len(keys)).astype(np.float64)
    return CsrCounts(indptr, found & ((1 << bits) - 1), data, columns)
