"""Counts of the terms of normalized sentences, one row each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from classifier.features.csr import CsrCounts
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize
from classifier.settings import Settings


def count_known_terms(
    sentences: Iterable[str], term_to_column: Mapping[str, int], tokenize: Tokenize, settings: Settings
) -> CsrCounts:
    """Count the known terms of normalized sentences; shape (sentences, len(term_to_column)), columns ascending."""
    indptr, indices, data = [0], list[int](), list[int]()
    find = term_to_column.get
    for sentence in sentences:
        row = Counter(i for term in sentence_terms(sentence, tokenize, settings) if (i := find(term)) is not None)
        columns = sorted(row)
        indices.extend(columns)
        data.extend(row[i] for i in columns)
        indptr.append(len(indices))
    return CsrCounts(
        np.array(indptr, dtype=np.int64),
        np.array(indices, dtype=np.int64),
        np.array(data, dtype=np.float64),
        len(term_to_column),
    )


def count_all_terms(
    sentences: Sequence[str], tokenize: Tokenize, settings: Settings
) -> tuple[tuple[str, ...], CsrCounts]:
    """Count every term of normalized sentences; returns the terms, sorted, and counts of shape (sentences, terms)."""
    rows = [Counter(sentence_terms(sentence, tokenize, settings)) for sentence in sentences]
    terms = tuple(sorted(set().union(*rows)))
    term_to_column = {term: i for i, term in enumerate(terms)}
    indices = [np.sort(np.fromiter((term_to_column[t] for t in row), np.int64, len(row))) for row in rows]
    data = [
        np.fromiter((row[terms[i]] for i in columns), np.float64, len(row))
        for row, columns in zip(rows, indices, strict=True)
    ]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    none = np.zeros(0)
    counts = CsrCounts(
        indptr, np.concatenate([none, *indices]).astype(np.int64), np.concatenate([none, *data]), len(terms)
    )
    return terms, counts
