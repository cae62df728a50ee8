"""Counts of terms as the three plain arrays of a CSR matrix, and labelled counts ready for training."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.model.settings import Settings
from classifier.model.terms import terms
from classifier.model.tokens import Cut
from classifier.records import Example

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
UNKNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """A sparse matrix: row i has `data[a:b]` in the columns `indices[a:b]`, where a, b = indptr[i:i+2]."""

    indptr: Ints
    indices: Ints
    data: Floats
    columns: int

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.indptr) - 1

    def row_of_entry(self) -> Ints:
        """Return the row of each stored entry, shape (entries,)."""
        return np.repeat(np.arange(self.rows), np.diff(self.indptr))


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Labelled sentences as counts, with no text: what training sees.

    terms: the terms, sorted; one column each.
    counts: shape (sentences, terms).
    paragraph: for each sentence its paragraph, shape (sentences,), ascending.
    labels: shape (sentences, areas): 1, 0, or UNKNOWN where only the paragraph is known to have the area.
    targets: shape (paragraphs, areas), whether the paragraph has the area.
    reports: the report of each paragraph.
    """

    terms: tuple[str, ...]
    counts: Counts
    paragraph: Ints
    labels: NDArray[np.int8]
    targets: Bools
    reports: tuple[str, ...]


def count(plains: Iterable[str], vocabulary: Mapping[str, int], cut: Cut, settings: Settings) -> Counts:
    """Count the known terms of plain sentences; shape (sentences, len(vocabulary)), columns ascending."""
    indptr, indices, data = [0], list[int](), list[int]()
    find = vocabulary.get
    for plain in plains:
        row = Counter(i for term in terms(plain, cut, settings) if (i := find(term)) is not None)
        columns = sorted(row)
        indices.extend(columns)
        data.extend(row[i] for i in columns)
        indptr.append(len(indices))
    return Counts(
        np.array(indptr, dtype=np.int64),
        np.array(indices, dtype=np.int64),
        np.array(data, dtype=np.float64),
        len(vocabulary),
    )


def count_examples(
    examples: Sequence[Example],
    plains: Sequence[Sequence[str]],
    areas: Sequence[str],
    cut: Cut,
    settings: Settings,
) -> Counted:
    """Count every term of labelled sentences; `plains[i]` are the plain sentences of `examples[i]`."""
    rows = [Counter(terms(plain, cut, settings)) for sentences in plains for plain in sentences]
    names = tuple(sorted(set().union(*rows)))
    place = {term: i for i, term in enumerate(names)}
    indices = [np.sort(np.fromiter((place[t] for t in row), np.int64, len(row))) for row in rows]
    data = [
        np.fromiter((row[names[i]] for i in columns), np.float64, len(row))
        for row, columns in zip(rows, indices, strict=True)
    ]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    empty = np.zeros(0)
    counts = Counts(
        indptr, np.concatenate([empty, *indices]).astype(np.int64), np.concatenate([empty, *data]), len(names)
    )
    sizes = [len(sentences) for sentences in plains]
    labels = [_labels(example, areas) for example in examples]
    return Counted(
        terms=names,
        counts=counts,
        paragraph=np.repeat(np.arange(len(examples)), sizes),
        labels=np.concatenate([np.zeros((0, len(areas)), dtype=np.int8), *labels]),
        targets=np.array([[a in e.areas for a in areas] for e in examples], dtype=np.bool_).reshape(-1, len(areas)),
        reports=tuple(e.report for e in examples),
    )


def _labels(example: Example, areas: Sequence[str]) -> NDArray[np.int8]:
    if example.sentence_areas is not None:
        return np.array([[a in s for a in areas] for s in example.sentence_areas], dtype=np.int8)
    whole = [UNKNOWN if a in example.areas else 0 for a in areas]
    return np.array([whole] * len(example.sentences), dtype=np.int8)


def select_terms(counted: Counted, settings: Settings) -> Ints:
    """Return the columns of the terms that stand in enough sentences of enough reports, ascending."""
    columns = counted.counts.columns
    sentences = np.bincount(counted.counts.indices, minlength=columns)
    names = {report: i for i, report in enumerate(sorted(set(counted.reports)))}
    report = np.array([names[r] for r in counted.reports], dtype=np.int64)[counted.paragraph]
    pairs = np.unique(report[counted.counts.row_of_entry()] * columns + counted.counts.indices)
    reports = np.bincount(pairs % columns, minlength=columns)
    least_reports = min(settings.min_reports, len(names))
    return np.flatnonzero((sentences >= settings.min_sentences) & (reports >= least_reports))


def keep_columns(counts: Counts, columns: Ints) -> Counts:
    """Return the counts of some columns, renumbered in their order; `columns` ascending."""
    new = np.full(counts.columns, -1, dtype=np.int64)
    new[columns] = np.arange(len(columns))
    kept = new[counts.indices] >= 0
    rows = np.bincount(counts.row_of_entry()[kept], minlength=counts.rows)
    indptr = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    return Counts(indptr, new[counts.indices[kept]], counts.data[kept], len(columns))


def take_paragraphs(counted: Counted, chosen: Bools) -> Counted:
    """Return the paragraphs that `chosen`, shape (paragraphs,), marks, with their sentences."""
    rows = np.flatnonzero(chosen[counted.paragraph])
    lengths = np.diff(counted.counts.indptr)
    entries = np.repeat(chosen[counted.paragraph], lengths)
    indptr = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int64)
    counts = Counts(indptr, counted.counts.indices[entries], counted.counts.data[entries], counted.counts.columns)
    renumber = np.cumsum(chosen) - 1
    return Counted(
        counted.terms,
        counts,
        renumber[counted.paragraph[rows]],
        counted.labels[rows],
        counted.targets[chosen],
        tuple(r for r, c in zip(counted.reports, chosen, strict=True) if c),
    )
