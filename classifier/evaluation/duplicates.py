"""Near-duplicate paragraphs that stand in different folds, where they would flatter the figures."""

import numpy as np

from classifier.arrays import Ints
from classifier.features.tfidf import idf, row_sums
from classifier.labelling.labelled_counts import LabelledCounts

NEAR = 0.9  # cosine of the tf-idf weights of two paragraphs
LEAST_TERMS = 60  # under which a paragraph, such as a heading, may be like another by chance


def across_folds(counted: LabelledCounts, fold: Ints) -> list[tuple[int, int]]:
    """Return pairs of paragraphs of different folds that are nearly the same, as indices."""
    from scipy.sparse import csr_matrix

    counts = counted.sentence_counts
    paragraph = counted.sentence_to_paragraph[counts.row_of_entry()]
    weights = counts.data * idf(counts)[counts.indices]
    matrix = csr_matrix((weights, (paragraph, counts.indices)), shape=(len(counted.reports), counts.columns))
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
