"""How often each term stands in normalized sentences: sentences -> counts, one row each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from classifier.features.csr import CsrCounts
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize
from classifier.settings import Settings


def count_known_terms(
    plains: Iterable[str], vocabulary: Mapping[str, int], cut: Tokenize, settings: Settings
) -> CsrCounts:
    """Count the known terms of plain sentences; shape (sentences, len(vocabulary)), columns ascending."""
    indptr, indices, data = [0], list[int](), list[int]()
    find = vocabulary.get
    for plain in plains:
        row = Counter(i for term in sentence_terms(plain, cut, settings) if (i := find(term)) is not None)
        columns = sorted(row)
        indices.extend(columns)
        data.extend(row[i] for i in columns)
        indptr.append(len(indices))
    return CsrCounts(
        np.array(indptr, dtype=np.int64),
        np.array(indices, dtype=np.int64),
        np.array(data, dtype=np.float64),
        len(vocabulary),
    )


def count_all_terms(plains: Sequence[str], cut: Tokenize, settings: Settings) -> tuple[tuple[str, ...], CsrCounts]:
    """Count every term of plain sentences; returns the terms, sorted, and counts of shape (sentences, terms)."""
    rows = [Counter(sentence_terms(plain, cut, settings)) for plain in plains]
    names = tuple(sorted(set().union(*rows)))
    place = {term: i for i, term in enumerate(names)}
    indices = [np.sort(np.fromiter((place[t] for t in row), np.int64, len(row))) for row in rows]
    data = [
        np.fromiter((row[names[i]] for i in columns), np.float64, len(row))
        for row, columns in zip(rows, indices, strict=True)
    ]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    none = np.zeros(0)
    counts = CsrCounts(
        indptr, np.concatenate([none, *indices]).astype(np.int64), np.concatenate([none, *data]), len(names)
    )
    return names, counts
