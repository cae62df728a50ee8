"""Near-duplicate paragraphs in different folds, which would make cross-validation look better than it is."""

import numpy as np

from classifier.arrays import Ints
from classifier.features.tfidf import idf, row_sums
from classifier.labelling.labelled_counts import LabelledCounts

NEAR = 0.9  # cosine of the tf-idf of two paragraphs
LEAST_TERMS = 60  # under which a paragraph, such as a heading, may be like another by chance


def duplicates_across_folds(labelled_counts: LabelledCounts, fold: Ints) -> list[tuple[int, int]]:
    """Return the numbers, from 0, of each two paragraphs of different folds that are nearly the same."""
    from scipy.sparse import csr_matrix

    counts = labelled_counts.sentence_counts
    paragraph = labelled_counts.sentence_to_paragraph[counts.row_of_entry()]
    tfidf = counts.data * idf(counts)[counts.indices]
    matrix = csr_matrix((tfidf, (paragraph, counts.indices)), shape=(len(labelled_counts.reports), counts.columns))
    lengths = np.sqrt(row_sums(matrix.data**2, matrix.indptr.astype(np.int64)))
    matrix.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(matrix.indptr))
    long = np.flatnonzero(np.diff(matrix.indptr) >= LEAST_TERMS)
    matrix = matrix[long]
    pairs: list[tuple[int, int]] = []
    for start in range(0, len(long), 500):
        alike = (matrix[start : start + 500] @ matrix.T).tocoo()
        near = alike.data >= NEAR
        found = zip(long[alike.row[near] + start].tolist(), long[alike.col[near]].tolist(), strict=True)
        pairs += [(a, b) for a, b in found if a < b and fold[a] != fold[b]]
    return pairs
