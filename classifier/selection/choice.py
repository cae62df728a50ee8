"""Choose some of many paragraphs: each worth much, no two alike, and not all of one report."""

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.features.csr import CsrCounts

TOO_ALIKE = 0.8  # cosine from which a paragraph is too much like a chosen one
_SHARPNESS = 4  # so that paragraphs on one matter count in full, and only those with much the same words less


def choose(worth: Floats, rows: CsrCounts, report: Ints, size: int, most_of_report: int) -> Ints:
    """Return the numbers of the chosen paragraphs, in the order of choosing, at most `size`.

    Greedily the paragraph is taken whose worth times its distance from the nearest chosen one is largest; the first is
    the one that is worth most. Distance is one minus a power of the cosine. With equal worths these are the centers of
    the greedy k-center algorithm (Gonzalez 1985), as the core-set of Sener and Savarese (ICLR 2018) takes them.

    worth, report: shape (paragraphs,), the latter the number of the report of each, from 0. rows: shape (paragraphs,
    terms), of length 1 or empty. most_of_report: how many may be of one report, until nothing else is left.
    """
    from scipy.sparse import csr_array

    matrix = csr_array((rows.data, rows.indices, rows.indptr), shape=(rows.rows, rows.columns))
    nearest = np.zeros(len(worth))  # cosine to the nearest chosen one
    open_, taken = np.ones(len(worth), dtype=np.bool_), np.zeros(int(report.max(initial=-1)) + 1, dtype=np.int64)
    chosen: list[int] = []
    while len(chosen) < size and open_.any():
        within = open_ & (taken[report] < most_of_report)
        value = np.where(within if within.any() else open_, worth * (1 - nearest**_SHARPNESS), -np.inf)
        best = int(np.argmax(value))
        chosen.append(best)
        taken[report[best]] += 1
        nearest = np.maximum(nearest, (matrix @ matrix[[best]].T).toarray()[:, 0])
        open_[best] = False
        open_ &= nearest < TOO_ALIKE
    return np.array(chosen, dtype=np.int64)


def quota(size: int, reports: int) -> int:
    """Return how many paragraphs may be of one report: twice its even part, and all where there is only one."""
    return size if reports < 2 else max(1, -(-2 * size // reports))
