"""Which paragraphs of two texts correspond: kept, reworded, new or gone."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from classifier.arrays import Bools, Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# The least cosine of such a pair. Of 54 pairs from 0.20 to 0.36 in reports of three counties and two years in a row, 44
# were on the same matter, as read by hand; of those from 0.12 to 0.20 about half.
KEPT, REWORDED = 0.9, 0.2
MOST_PAIRS = 16_000_000  # cells of the table of all pairs, which is held in memory


class Fate(StrEnum):
    """What became of a paragraph between the first text and the second."""

    KEPT = "kept"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


class Pair(NamedTuple):
    """A paragraph of the first text and one of the second, by their places, and the cosine of their tf-idf.

    One of them is None where the paragraph is new or gone; the cosine is then 0.
    """

    first: int | None
    second: int | None
    similarity: float

    @property
    def fate(self) -> Fate:
        """What became of it."""
        if self.first is None:
            return Fate.NEW
        if self.second is None:
            return Fate.GONE
        return Fate.KEPT if self.similarity >= KEPT else Fate.REWORDED


def align(
    first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], areas_of_first: Bools, areas_of_second: Bools
) -> list[Pair]:
    """Return the pairs of two lists of paragraphs, each a list of words, in the order of the second, then what is gone.

    areas_of_first, areas_of_second: shape (paragraphs, areas); only paragraphs that share an area, or have none, are
    paired. Of all ways to pair them, that with the largest sum of cosines is taken (the assignment problem; Kuhn 1955),
    and pairs below REWORDED are parted again. Raises ValueError where there are more than MOST_PAIRS pairs.
    """
    if len(first) * len(second) > MOST_PAIRS:
        raise ValueError(f"{len(first)} and {len(second)} paragraphs are too many to compare each with each")
    found: dict[int, tuple[int, float]] = {}
    if first and second:
        from scipy.optimize import linear_sum_assignment

        similarity = _similarities(first, second)
        similarity[~_comparable(areas_of_first, areas_of_second)] = 0.0
        rows, columns = linear_sum_assignment(similarity, maximize=True)
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            if similarity[i, j] >= REWORDED:
                found[j] = (i, float(similarity[i, j]))
    pairs = [Pair(*found[j][:1], j, found[j][1]) if j in found else Pair(None, j, 0.0) for j in range(len(second))]
    matched = {i for i, _ in found.values()}
    return [*pairs, *(Pair(i, None, 0.0) for i in range(len(first)) if i not in matched)]


def _comparable(first: Bools, second: Bools) -> Bools:
    """Return which paragraphs share an area, or have none both; shape (first, second)."""
    shared = first.astype(np.float64) @ second.astype(np.float64).T
    none: Bools = ~np.logical_or.outer(first.any(axis=1), second.any(axis=1))
    return none | (shared > 0)


def _similarities(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> Floats:
    """Return the cosines of the tf-idf of all pairs, shape (first, second)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True)
    try:
        rows: csr_array = vectorizer.fit_transform([*first, *second])
    except ValueError:  # no words at all
        return np.zeros((len(first), len(second)))
    return np.asarray((rows[: len(first)] @ rows[len(first) :].T).todense())


def _as_it_is(words: Sequence[str]) -> Sequence[str]:
    return words
