"""Paragraphs as rows of tf-idf over the terms of a model, to compare them with each other."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from classifier.features.csr import CsrCounts, count_entries
from classifier.features.term_index import find_terms
from classifier.features.tfidf import tf_idf
from classifier.model.model import Model
from classifier.records import Paragraph


def text_rows(model: Model, paragraphs: Sequence[Paragraph]) -> CsrCounts:
    """Return the tf-idf of paragraphs, shape (paragraphs, terms); each row has length 1, or no known term."""
    sentence_to_paragraph = np.repeat(np.arange(len(paragraphs)), [len(p.sentences) for p in paragraphs])
    normalized = [s.normalized for p in paragraphs for s in p.sentences]
    found = find_terms(normalized, model.vocabulary, model.tokenize, model.settings)
    rows = np.concatenate([sentence_to_paragraph[found.row_to_sentence[clause]] for clause, _ in found.groups])
    columns = np.concatenate([column for _, column in found.groups]).astype(np.int64)
    counts = count_entries(rows, columns, len(paragraphs), len(model.vocabulary))
    return replace(counts, data=tf_idf(counts, model.classifiers.idf, model.settings.sublinear))
