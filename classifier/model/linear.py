"""Linear scores of sentences and clauses from the terms that occur in them, with numpy and, if wanted, scipy."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import AnyInts, Floats, Ints
from classifier.features.csr import TermOccurrences
from classifier.features.tfidf import row_sums, tf

_OCCURRENCES_AT_A_TIME = 1 << 15  # occurrences weighed at a time, to bound memory

_Repeats = tuple[Ints, Ints, Floats]  # row, ascending, column, and how often it stands there


@dataclass(frozen=True, slots=True, eq=False)
class LinearClassifiers:
    """A linear classifier for each area. coef: shape (terms, areas), in units of `unit`. intercept: shape (areas,)."""

    coef: Floats | NDArray[np.int16]
    intercept: Floats
    unit: float = 1.0

    def weights(self) -> Floats:
        """Return the coefficients in units of 1, shape (terms, areas)."""
        return self.coef.astype(np.float64) * self.unit


@dataclass(frozen=True, eq=False)
class ClassifierPair:
    """The classifiers of sentences and of clauses, over the same terms. idf: shape (terms,)."""

    idf: Floats
    sentences: LinearClassifiers
    clauses: LinearClassifiers

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is computed when it is needed."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def score(self, found: TermOccurrences, sublinear: bool, *, use_scipy: bool = True) -> tuple[Floats, Floats]:
        """Return the scores of sentences and those of their best clauses, both of shape (sentences, areas).

        They are those of tf-idf rows of length 1, computed in another order: each occurrence is added for itself, and
        what stands several times in a clause or a sentence, which few terms do, is put right after.
        use_scipy: ten times as fast; for one report, importing it would cost more.
        """
        weighted_sums = self._sums_by_scipy if use_scipy else self._sums_by_numpy
        areas = len(self.sentences.intercept)
        clauses = sum(
            (weighted_sums(row, column, np.ones(len(row)), len(found.row_to_sentence)) for row, column in found.groups),
            np.zeros((len(found.row_to_sentence), 2 * areas + 1)),
        )
        sentences = np.zeros((found.sentences, 2 * areas + 1))
        first = np.flatnonzero(np.diff(found.row_to_sentence, prepend=-1))
        if len(first):
            sentences[found.row_to_sentence[first]] = np.add.reduceat(clauses, first, axis=0)
        for sums, (row, column, times) in zip((sentences, clauses), _repeats(found, len(self.idf)), strict=True):
            # Sums of so many single occurrences become what they count for together.
            weight = tf(times, sublinear)
            sums[:, :-1] += weighted_sums(row, column, weight - times, len(sums))[:, :-1]
            sums[:, -1] += np.bincount(row, weights=(weight**2 - times) * self.idf[column] ** 2, minlength=len(sums))
        whole = _scaled(sentences[:, :areas], sentences[:, -1]) + self.sentences.intercept
        of_clauses = _scaled(clauses[:, areas:-1], clauses[:, -1]) + self.clauses.intercept
        filled = clauses[:, -1] > 0  # a clause without a known term says nothing
        return whole, best_of_groups(
            of_clauses[filled], found.row_to_sentence[filled], len(whole), self.clauses.intercept
        )

    def _sums_by_scipy(self, row: Ints, column: AnyInts, weight: Floats, rows: int) -> Floats:
        """Return the weighted sums of the rows of `table`, shape (rows, 2 * areas + 1); row ascending."""
        from scipy.sparse import csr_array

        indptr = np.searchsorted(row, np.arange(rows + 1))
        matrix = csr_array((weight, column, indptr.astype(column.dtype)), shape=(rows, len(self.idf)))
        return np.asarray(matrix @ self.table)

    def _sums_by_numpy(self, row: Ints, column: AnyInts, weight: Floats, rows: int) -> Floats:
        """Return the same without the whole table."""
        indptr = np.searchsorted(row, np.arange(rows + 1))
        out = np.empty((rows, 2 * len(self.sentences.intercept) + 1))
        start = 0
        while start < rows:
            stop = max(start + 1, int(np.searchsorted(indptr, indptr[start] + _OCCURRENCES_AT_A_TIME, "right")) - 1)
            a, b = indptr[start], indptr[stop]
            products = self._weights(column[a:b]) * weight[a:b, None]
            out[start:stop] = row_sums(products, indptr[start : stop + 1] - a)
            start = stop
        return out

    @cached_property
    def table(self) -> Floats:
        """What one occurrence of each term adds, shape (terms, 2 * areas + 1)."""
        return self._weights(np.arange(len(self.idf)))

    def _weights(self, columns: AnyInts) -> Floats:
        """Return what one occurrence of some terms adds to both scores and, last, to the square of the length."""
        idf = self.idf[columns][:, None]
        own = [one.coef[columns] * one.unit * idf for one in (self.sentences, self.clauses)]
        return np.hstack([*own, idf**2])


def best_of_groups(scores: Floats, row_to_group: Ints, groups: int, otherwise: Floats) -> Floats:
    """Return the best scores of the rows of each group, shape (groups, areas); `otherwise` where it has none.

    row_to_group: shape (rows,), ascending.
    """
    best = np.full((groups, scores.shape[1]), otherwise)
    first = np.flatnonzero(np.diff(row_to_group, prepend=-1))
    if len(first):
        best[row_to_group[first]] = np.maximum.reduceat(scores, first, axis=0)
    return best


def _scaled(sums: Floats, squares: Floats) -> Floats:
    """Divide sums by the lengths of their rows; an empty row stays 0."""
    return sums / np.sqrt(np.where(squares > 0, squares, 1))[:, None]


def _repeats(found: TermOccurrences, columns: int) -> tuple[_Repeats, _Repeats]:
    """Return the terms that stand several times in a sentence, and those that do in a clause."""
    low, high = (max(n - 1, 0).bit_length() for n in (len(found.row_to_sentence), columns))
    keys = np.concatenate(
        [(found.row_to_sentence[clause] << high | column) << low | clause for clause, column in found.groups]
    )
    keys.sort()
    of_sentences, times = _several(keys >> low)
    of_clauses, times_there = _several(keys)
    clause = of_clauses & ((1 << low) - 1)
    order = np.argsort(clause, kind="stable")
    mask = (1 << high) - 1
    return (
        (of_sentences >> high, of_sentences & mask, times),
        (clause[order], (of_clauses >> low & mask)[order], times_there[order]),
    )


def _several(keys: Ints) -> tuple[Ints, Floats]:
    """Return those of sorted keys that stand several times, each once, and how often."""
    same = np.flatnonzero(keys[1:] == keys[:-1])  # with the next one
    first = np.flatnonzero(np.diff(same, prepend=-2) != 1)
    return keys[same[first]], np.diff(first, append=len(same)).astype(np.float64) + 1
