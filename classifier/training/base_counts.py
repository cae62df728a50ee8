"""Counts of the base part, its frequent terms apart from the rare ones, so that few labels are added to it in no time.

A term that is frequent in the base part is so beside further labels too; of the rare ones, those alone can become so
that the further labels have.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.arrays import Ints
from classifier.features.csr import CsrCounts, keep_columns
from classifier.features.term_index import prefix_closed
from classifier.labelling.labelled_counts import (
    LabelledCounts,
    frequent_terms,
    keep_terms,
    merge_counts,
    union_of_terms,
    with_sentence_counts,
)
from classifier.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class BaseCounts:
    """frequent: the counts of terms that are frequent enough. rare: of the clauses the other terms, `rare_terms`."""

    frequent: LabelledCounts
    rare_terms: tuple[str, ...]
    rare: CsrCounts

    def all_terms(self) -> LabelledCounts:
        """Return the counts of all terms."""
        return _beside(self.frequent, self.rare_terms, self.rare)


def split_terms(labelled_counts: LabelledCounts, settings: Settings) -> BaseCounts:
    """Return counts with the terms that are learned from apart."""
    frequent = learned_terms(labelled_counts, settings)
    rare = np.setdiff1d(np.arange(len(labelled_counts.terms)), frequent)
    return BaseCounts(
        keep_terms(labelled_counts, frequent),
        tuple(labelled_counts.terms[i] for i in rare.tolist()),
        keep_columns(labelled_counts.clause_counts, rare),
    )


def learned_terms(labelled_counts: LabelledCounts, settings: Settings) -> Ints:
    """Return the columns of the terms that stand in enough sentences of enough reports, ascending.

    An n-gram is among them only with what it begins with. With fewer reports than the settings ask for, a term in all
    of them will do.
    """
    reports = min(settings.min_reports, len(set(labelled_counts.reports)))
    columns = frequent_terms(labelled_counts, settings.min_sentences, reports)
    closed = set(prefix_closed([labelled_counts.terms[i] for i in columns.tolist()]))
    return np.array([i for i in columns.tolist() if labelled_counts.terms[i] in closed], dtype=np.int64)


def add_labels(base: BaseCounts, further: LabelledCounts, settings: Settings) -> LabelledCounts:
    """Return the counts of the base part and of further labels, of all terms that are learned from."""
    known = set(base.frequent.terms)
    new = [term for term in further.terms if term not in known]
    there = [(i, term) for term in new if (i := bisect_left(base.rare_terms, term)) < len(base.rare_terms)]
    columns = np.array([i for i, term in there if base.rare_terms[i] == term], dtype=np.int64)
    names = tuple(base.rare_terms[i] for i in columns.tolist())
    own_rare = keep_columns(base.rare, columns)
    place = {term: i for i, term in enumerate(further.terms)}
    of_further = keep_terms(further, np.array([place[term] for term in new], dtype=np.int64))
    both = merge_counts([_only(base.frequent, names, own_rare), of_further])
    reports = min(settings.min_reports, len(set(both.reports)))
    frequent = [both.terms[i] for i in frequent_terms(both, settings.min_sentences, reports).tolist()]
    learned = known | set(prefix_closed(frequent, known))
    chosen = np.array([i for i, name in enumerate(names) if name in learned], dtype=np.int64)
    beside = _beside(base.frequent, tuple(names[i] for i in chosen.tolist()), keep_columns(own_rare, chosen))
    return merge_counts(
        [beside, keep_terms(further, np.array([i for term, i in place.items() if term in learned], dtype=np.int64))]
    )


def _only(labelled_counts: LabelledCounts, terms: Sequence[str], clause_counts: CsrCounts) -> LabelledCounts:
    """Return the same rows with the counts of other terms."""
    return replace(labelled_counts, terms=tuple(terms), clause_counts=clause_counts)


def _beside(labelled_counts: LabelledCounts, terms: Sequence[str], clause_counts: CsrCounts) -> LabelledCounts:
    """Return the counts of both, of the same rows and of different terms."""
    if not terms:
        return labelled_counts
    other = _only(labelled_counts, terms, clause_counts)
    names, columns = union_of_terms([labelled_counts.terms, terms])
    parts = [
        _joined(one, another, columns, len(names))
        for one, another in (
            (labelled_counts.clause_counts, other.clause_counts),
            (labelled_counts.sentence_counts, other.sentence_counts),
        )
    ]
    return with_sentence_counts(replace(labelled_counts, terms=names, clause_counts=parts[0]), parts[1])


def _joined(one: CsrCounts, other: CsrCounts, columns: Sequence[Ints], width: int) -> CsrCounts:
    """Return the counts of both, of the same rows and of different columns; `columns` are the new ones of each.

    What the second has comes last in each row.
    """
    ends = np.repeat(one.indptr[1:], np.diff(other.indptr))
    indices = np.insert(columns[0][one.indices], ends, columns[1][other.indices])
    return CsrCounts(one.indptr + other.indptr, indices, np.insert(one.data, ends, other.data), width)
