"""Labelled sentences as counts of terms, with no text: what training learns from, be it of texts or of an extract."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Ints
from classifier.documents.clauses import split_clauses
from classifier.documents.normalize import normalize_text
from classifier.features.csr import (
    CsrCounts,
    TermOccurrences,
    keep_columns,
    occurrences,
    stack_rows,
    sum_rows,
    take_rows,
)
from classifier.features.term_counts import count_all_terms
from classifier.features.terms import NGRAM_PREFIX, WORD_PREFIX
from classifier.features.tokenizer import Tokenize, load_tokenizer
from classifier.records import Area, Example
from classifier.settings import Settings

UNKNOWN = -1  # a label: the paragraph has the area, and which of its sentences is not known
UNLABELLED = -2  # a label: nothing is known of the area here, so that the row takes no part in its fits


@dataclass(frozen=True, eq=False)
class LabelledCounts:
    """Labelled sentences as counts of their clauses.

    terms: the terms, sorted; one column each.
    clause_counts: shape (clauses, terms).
    clause_to_sentence: for each clause its sentence, shape (clauses,), ascending.
    sentence_to_paragraph: for each sentence its paragraph, shape (sentences,), ascending.
    labels: shape (sentences, areas): 1, 0, UNKNOWN where only the paragraph is known to have the area, or UNLABELLED.
    clause_labels: shape (clauses, areas): 1, 0, UNKNOWN where only the sentence or the paragraph is known to have the
    area, or UNLABELLED.
    targets: shape (paragraphs, areas), whether the paragraph is known to have the area.
    reports: the report of each paragraph.
    """

    terms: tuple[str, ...]
    clause_counts: CsrCounts
    clause_to_sentence: Ints
    sentence_to_paragraph: Ints
    labels: NDArray[np.int8]
    clause_labels: NDArray[np.int8]
    targets: Bools
    reports: tuple[str, ...]

    @cached_property
    def sentence_counts(self) -> CsrCounts:
        """The counts of sentences."""
        return sum_rows(self.clause_counts, self.clause_to_sentence, len(self.sentence_to_paragraph))

    @cached_property
    def known(self) -> Bools:
        """Whether it is known if the paragraph has the area, shape (paragraphs, areas)."""
        gaps = np.zeros(self.targets.shape, dtype=np.bool_)
        np.logical_or.at(gaps, self.sentence_to_paragraph, self.labels == UNLABELLED)
        return self.targets | ~gaps

    def occurrences(self) -> TermOccurrences:
        """Return every occurrence of a term, clause by clause, as linear classifiers score them."""
        return TermOccurrences(
            (occurrences(self.clause_counts),), self.clause_to_sentence, len(self.sentence_to_paragraph)
        )


def count_examples(
    examples: Sequence[Example],
    sentences: Sequence[Sequence[str]],
    areas: Sequence[str],
    tokenize: Tokenize,
    settings: Settings,
) -> LabelledCounts:
    """Count every term of labelled sentences; `sentences[i]` are the normalized sentences of `examples[i]`."""
    clauses = [split_clauses(sentence) for own in sentences for sentence in own]
    terms, counts = count_all_terms([clause for own in clauses for clause in own], tokenize, settings)
    clause_to_sentence = np.repeat(np.arange(len(clauses)), [len(own) for own in clauses])
    labels = np.concatenate([np.zeros((0, len(areas)), np.int8), *(_labels(example, areas) for example in examples)])
    clause_labels = guessed_clause_labels(labels, clause_to_sentence)
    _set_clause_labels(clause_labels, clause_to_sentence, examples, areas)
    return LabelledCounts(
        terms=terms,
        clause_counts=counts,
        clause_to_sentence=clause_to_sentence,
        sentence_to_paragraph=np.repeat(np.arange(len(examples)), [len(own) for own in sentences]),
        labels=labels,
        clause_labels=clause_labels,
        targets=np.array([[a in e.areas for a in areas] for e in examples], dtype=np.bool_).reshape(-1, len(areas)),
        reports=tuple(e.report for e in examples),
    )


def _labels(example: Example, areas: Sequence[str]) -> NDArray[np.int8]:
    """Return the labels of each sentence of an example, shape (sentences, areas)."""
    if example.sentence_areas is not None:
        rows = [[UNLABELLED if s is None else int(a in s) for a in areas] for s in example.sentence_areas]
    else:
        rows = [[UNKNOWN if a in example.areas else 0 for a in areas]] * len(example.sentences)
    labels = np.array(rows, dtype=np.int8).reshape(-1, len(areas))
    if example.known is not None:
        labels[:, [a not in example.known for a in areas]] = UNLABELLED
    return labels


def guessed_clause_labels(labels: NDArray[np.int8], clause_to_sentence: Ints) -> NDArray[np.int8]:
    """Return the labels of clauses of which nothing is known but the labels of their sentences, (sentences, areas)."""
    return np.where(labels == 1, np.int8(UNKNOWN), labels)[clause_to_sentence]


def _set_clause_labels(
    clause_labels: NDArray[np.int8], clause_to_sentence: Ints, examples: Sequence[Example], areas: Sequence[str]
) -> None:
    """Write the labels of those clauses of examples that are labelled."""
    starts = np.searchsorted(clause_to_sentence, np.arange(sum(len(e.sentences) for e in examples)))
    own = (c for e in examples for c in (e.clause_areas or (None,) * len(e.sentences)))
    for start, clauses in zip(starts, own, strict=True):
        if clauses is not None:
            part = clause_labels[start : start + len(clauses)]
            found = np.array([[a in c for a in areas] for c in clauses], dtype=np.int8)
            np.copyto(part, found, where=part != UNLABELLED)


def merge_counts(parts: Sequence[LabelledCounts]) -> LabelledCounts:
    """Return labelled counts from several places as one, over the union of their terms."""
    if len(parts) == 1:
        return parts[0]
    terms, columns = union_of_terms([part.terms for part in parts])
    paragraphs = np.cumsum([0] + [len(part.reports) for part in parts])  # before each part
    sentences = np.cumsum([0] + [len(part.sentence_to_paragraph) for part in parts])
    merged = LabelledCounts(
        terms=terms,
        clause_counts=stack_rows([part.clause_counts for part in parts], columns, len(terms)),
        clause_to_sentence=np.concatenate(
            [part.clause_to_sentence + n for part, n in zip(parts, sentences, strict=False)]
        ),
        sentence_to_paragraph=np.concatenate(
            [part.sentence_to_paragraph + n for part, n in zip(parts, paragraphs, strict=False)]
        ),
        labels=np.concatenate([part.labels for part in parts]),
        clause_labels=np.concatenate([part.clause_labels for part in parts]),
        targets=np.concatenate([part.targets for part in parts]),
        reports=tuple(report for part in parts for report in part.reports),
    )
    return with_sentence_counts(merged, stack_rows([part.sentence_counts for part in parts], columns, len(terms)))


def union_of_terms(parts: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], list[Ints]]:
    """Return all terms, sorted, and for each part the columns of its own; the terms of each part are sorted."""
    if all(part is parts[0] for part in parts):
        return tuple(parts[0]), [np.arange(len(parts[0]))] * len(parts)
    largest = max(parts, key=len)
    new = sorted(set().union(*(part for part in parts if part is not largest)) - set(largest))
    terms = tuple(sorted([*largest, *new]))  # which takes no longer than looking at each, as both are sorted
    before = np.array([bisect_left(largest, term) for term in new], dtype=np.int64)
    shifted = np.arange(len(largest)) + np.searchsorted(before, np.arange(len(largest)), side="right")
    return terms, [
        shifted if part is largest else np.array([bisect_left(terms, t) for t in part], dtype=np.int64)
        for part in parts
    ]


def with_sentence_counts(labelled_counts: LabelledCounts, sentence_counts: CsrCounts) -> LabelledCounts:
    """Return the same counts, which know the sums of clauses already."""
    labelled_counts.__dict__["sentence_counts"] = sentence_counts  # where cached_property keeps it
    return labelled_counts


def spread_areas(labelled_counts: LabelledCounts, columns: Ints, areas: int) -> LabelledCounts:
    """Return the same counts over more areas, of which nothing is known. columns: the new columns of the old areas."""

    def spread(old: NDArray[Any], value: int) -> NDArray[Any]:
        new = np.full((len(old), areas), value, dtype=old.dtype)
        new[:, columns] = old
        return new

    return replace(
        labelled_counts,
        labels=spread(labelled_counts.labels, UNLABELLED),
        clause_labels=spread(labelled_counts.clause_labels, UNLABELLED),
        targets=spread(labelled_counts.targets, 0),
    )


def add_terms(labelled_counts: LabelledCounts, terms: Sequence[str]) -> LabelledCounts:
    """Return the same counts over the union of their terms and others, which are counted nowhere."""
    names = tuple(sorted({*labelled_counts.terms, *terms}))
    place = {term: i for i, term in enumerate(names)}
    columns = np.array([place[t] for t in labelled_counts.terms], dtype=np.int64)
    return replace(
        labelled_counts, terms=names, clause_counts=stack_rows([labelled_counts.clause_counts], [columns], len(names))
    )


def counted_characters(labelled_counts: LabelledCounts) -> Ints:
    """Return how many characters of each sentence are counted one by one, or in words where no characters are.

    Shape (sentences,). It stands for the length of a sentence whose text is not known.
    """
    sizes = np.array([len(t) - 1 if t[0] == WORD_PREFIX else -1 for t in labelled_counts.terms], dtype=np.int64)
    single = np.array([t[0] == NGRAM_PREFIX and len(t) == 2 for t in labelled_counts.terms], dtype=np.bool_)
    weights = single.astype(np.float64) if single.any() else np.maximum(sizes, 0).astype(np.float64)
    counts = labelled_counts.sentence_counts
    row = np.repeat(np.arange(counts.rows), np.diff(counts.indptr))
    return np.bincount(row, weights=counts.data * weights[counts.indices], minlength=counts.rows).astype(np.int64)


def frequent_terms(labelled_counts: LabelledCounts, min_sentences: int, min_reports: int) -> Ints:
    """Return the columns of the terms that stand in enough sentences of enough reports, ascending."""
    counts = labelled_counts.sentence_counts
    sentences = np.bincount(counts.indices, minlength=counts.columns)
    numbers = {report: i for i, report in enumerate(sorted(set(labelled_counts.reports)))}
    paragraph_to_report = np.array([numbers[r] for r in labelled_counts.reports], dtype=np.int64)
    sentence_to_report = paragraph_to_report[labelled_counts.sentence_to_paragraph]
    pairs = np.unique(sentence_to_report[counts.row_of_entry()] * counts.columns + counts.indices)
    reports = np.bincount(pairs % max(counts.columns, 1), minlength=counts.columns)
    return np.flatnonzero((sentences >= min_sentences) & (reports >= min_reports))


def keep_terms(labelled_counts: LabelledCounts, columns: Ints) -> LabelledCounts:
    """Return the same sentences with the counts of some terms only; `columns` ascending."""
    names = tuple(labelled_counts.terms[i] for i in columns)
    kept = replace(labelled_counts, terms=names, clause_counts=keep_columns(labelled_counts.clause_counts, columns))
    return with_sentence_counts(kept, keep_columns(labelled_counts.sentence_counts, columns))


def take_paragraphs(labelled_counts: LabelledCounts, chosen: Bools) -> LabelledCounts:
    """Return some paragraphs with their sentences. chosen: whether to take each, shape (paragraphs,)."""
    sentences = chosen[labelled_counts.sentence_to_paragraph]
    clauses = sentences[labelled_counts.clause_to_sentence]
    return LabelledCounts(
        terms=labelled_counts.terms,
        clause_counts=take_rows(labelled_counts.clause_counts, clauses),
        clause_to_sentence=(np.cumsum(sentences) - 1)[labelled_counts.clause_to_sentence[clauses]],
        sentence_to_paragraph=(np.cumsum(chosen) - 1)[labelled_counts.sentence_to_paragraph[sentences]],
        labels=labelled_counts.labels[sentences],
        clause_labels=labelled_counts.clause_labels[clauses],
        targets=labelled_counts.targets[chosen],
        reports=tuple(r for r, c in zip(labelled_counts.reports, chosen, strict=True) if c),
    )


def count_labels(
    examples: Sequence[Example], areas: Sequence[Area], user_words: dict[str, int], settings: Settings
) -> LabelledCounts:
    """Count the terms of labelled paragraphs, in the order of their ids."""
    ordered = sorted(examples, key=lambda e: e.id)
    sentences = [[normalize_text(s) for s in e.sentences] for e in ordered]
    return count_examples(ordered, sentences, [a.id for a in areas], load_tokenizer(user_words), settings)
