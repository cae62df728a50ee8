"""Which terms speak most for an area in a sentence."""

import numpy as np

from classifier.features.csr import CsrCounts
from classifier.features.tfidf import tf_idf
from classifier.model.model import Model


def contributions(model: Model, counts: CsrCounts, row: int, area: int, most: int) -> list[tuple[str, float]]:
    """Return the terms of a row that add most to the linear score of an area, with what they add, largest first.

    counts: over the terms of the model, shape (rows, terms).
    """
    values = tf_idf(counts, model.classifiers.idf, model.settings.sublinear)
    a, b = counts.indptr[row : row + 2]
    columns = counts.indices[a:b]
    linear = model.classifiers.sentences
    added = values[a:b] * linear.coef[columns, area] * linear.unit
    best = np.argsort(-added, kind="stable")[:most]
    return [(model.vocabulary.terms[columns[i]], float(added[i])) for i in best if added[i] > 0]
