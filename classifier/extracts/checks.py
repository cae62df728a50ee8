"""Whether an extract that was read is sound: everything of its type, in its range, and fitting together."""

from itertools import pairwise
from types import UnionType

import numpy as np

from classifier.extracts.extraction import Extract, clause_contents
from classifier.features.csr import CsrCounts
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts


def check_extract(extract: Extract) -> None:
    """Raise ValueError unless everything is of its type, in its range, and fits together."""
    counts, paragraphs = extract.labelled_counts, extract.paragraphs
    _check_counts(counts.clause_counts, len(counts.clause_to_sentence))
    _check_clauses(counts)
    _check_counts(extract.headings, len(paragraphs))
    if counts.labels.shape != (len(counts.sentence_to_paragraph), len(extract.areas)):
        raise ValueError("shape of labels")
    if not np.isin(counts.labels, (UNLABELLED, UNKNOWN, 0, 1)).all():
        raise ValueError("values of labels")
    if (np.diff(counts.sentence_to_paragraph) < 0).any():
        raise ValueError("order of sentences")
    if list(counts.terms) != sorted(set(counts.terms)) or not all(counts.terms):
        raise ValueError("order of terms")
    if not all(isinstance(a, str) for a in extract.areas) or len(set(extract.areas)) < len(extract.areas):
        raise ValueError("areas")
    if len({p.id for p in paragraphs}) < len(paragraphs):
        raise ValueError("an id stands twice")
    for p in paragraphs:
        fields: list[tuple[object, type | UnionType]] = [(p.id, str), (p.report, str), (p.level, str | None)]
        fields += [(p.shape, str | None), (p.year, int | None)]
        if not all(isinstance(value, kind) for value, kind in fields):
            raise ValueError(f"paragraph {p.id!r}")


def _check_clauses(counts: LabelledCounts) -> None:
    """Raise ValueError unless each sentence has its clauses, in the order that says nothing of the text."""
    if not np.array_equal(np.unique(counts.clause_to_sentence), np.arange(len(counts.sentence_to_paragraph))):
        raise ValueError("sentences of clauses")
    contents = clause_contents(counts)
    if any(a > b for a, b in pairwise(contents)):
        raise ValueError("order of clauses")


def _check_counts(counts: CsrCounts, rows: int) -> None:
    """Raise ValueError unless the arrays are a sound matrix: columns ascending in each row, counts of 1 and more."""
    if counts.rows != rows or counts.indptr[0] != 0 or (np.diff(counts.indptr) < 0).any():
        raise ValueError("rows of counts")
    if counts.indptr[-1] != len(counts.indices) or len(counts.indices) != len(counts.data):
        raise ValueError("entries of counts")
    if len(counts.indices) == 0:
        return
    if counts.indices.min() < 0 or counts.indices.max() >= counts.columns or not (counts.data >= 1).all():
        raise ValueError("values of counts")
    same_row = np.diff(counts.row_of_entry()) == 0
    if (np.diff(counts.indices)[same_row] <= 0).any():
        raise ValueError("order of columns")
