"""Labelled paragraphs to an extract: the counts of frequent terms, less those that would let a text come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from classifier.characters import EDGE
from classifier.documents.clauses import split_clauses
from classifier.documents.normalize import normalize_text
from classifier.errors import LabelError
from classifier.extracts.privacy_test import ReconstructionAttack, prepare_attack, suppress_all
from classifier.features.csr import CsrCounts, order_rows
from classifier.features.term_counts import count_known_terms
from classifier.features.tokenizer import Tokenize, segments
from classifier.labelling.labelled_counts import (
    LabelledCounts,
    count_examples,
    frequent_terms,
    keep_terms,
    merge_counts,
)
from classifier.progress import Progress, quiet
from classifier.records import Example
from classifier.settings import Settings

MIN_SENTENCES, MIN_REPORTS = 5, 3  # that a term must stand in, so that no rare string is kept


@dataclass(frozen=True, slots=True)
class ExtractedParagraph:
    """What an extract says of a paragraph beside its counts."""

    id: str
    report: str
    level: str | None
    year: int | None
    shape: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """Labelled counts without text.

    areas: the ids of the areas. counted: the sentences. headings: the counts of each paragraph's headings,
    shape (paragraphs, terms). paragraphs: what is said of each. settings: those that decide what a term is.
    user_words: the user dictionary. tokenizer: what pins the cutting of words, as an extract that was read says it;
    empty in a new one. account: sentences, entries before and after, and how much would have come back.
    """

    areas: tuple[str, ...]
    counted: LabelledCounts
    headings: CsrCounts
    paragraphs: tuple[ExtractedParagraph, ...]
    settings: Settings
    user_words: dict[str, int]
    account: dict[str, int]
    tokenizer: dict[str, str] = field(default_factory=dict)


def build_extract(
    examples: Sequence[Example],
    areas: Sequence[str],
    words: dict[str, int],
    cut: Tokenize,
    settings: Settings,
    *,
    common: Sequence[Example] = (),
    others: Iterable[Sequence[str]] = (),
    jobs: int = 1,
    progress: Progress = quiet,
) -> Extract:
    """Count labelled paragraphs and leave out what is rare or would let a sentence come back.

    common: labelled texts that may be read by all; a term is rare only if it is so in both together.
    others: further reports, each as its sentences, whose language may help to rebuild a sentence.
    """
    whole = _counted(examples, areas, cut, settings)
    open_texts = _counted(common, areas, cut, settings)
    if (n := len({*whole.reports, *open_texts.reports})) < MIN_REPORTS:
        raise LabelError(f"labels extract: {n} reports are too few to tell what is rare; give {MIN_REPORTS} or more")
    progress(f"{len(whole.sentence_to_paragraph)} sentences, {len(whole.terms)} terms")
    parts = [[_masked([c], settings) for c in split_clauses(normalize_text(s))] for e in examples for s in e.sentences]
    own = (whole.reports[p] for p in whole.sentence_to_paragraph)
    test = prepare_attack(zip(own, map("".join, parts), strict=True), list(others))
    safe, account = _protected(_frequent(whole, open_texts), open_texts, parts, test, jobs, progress)
    place = {term: i for i, term in enumerate(safe.terms)}
    headings = count_known_terms(
        [" ; ".join(normalize_text(h) for h in e.heading) for e in examples], place, cut, settings
    )
    above, each = [_masked(e.heading, settings) for e in examples], np.arange(headings.rows)
    headings, _ = suppress_all(safe.terms, headings, each, above, each >= 0, test, jobs, quiet)
    return Extract(
        areas=tuple(areas),
        counted=sort_clauses(safe),
        headings=headings,
        paragraphs=tuple(ExtractedParagraph(e.id, e.report, e.level, e.year, e.shape) for e in examples),
        settings=settings,
        user_words=words,
        account=account,
    )


def _protected(
    counted: LabelledCounts,
    open_texts: LabelledCounts,
    parts: Sequence[Sequence[str]],
    test: ReconstructionAttack,
    jobs: int,
    progress: Progress,
) -> tuple[LabelledCounts, dict[str, int]]:
    """Return the counts that may stay of frequent ones, and the account. parts: the masked clauses of each sentence."""
    masked = [clause for own in parts for clause in own]
    account = {"sentences": len(parts), "clauses": len(masked), "entries_before": len(counted.clause_counts.indices)}
    changed = np.ones(len(parts), dtype=np.bool_)
    while changed.any():  # what is dropped may make a term rare, and that may open another way to a sentence
        before = np.diff(counted.sentence_counts.indptr)
        kept, found = suppress_all(
            counted.terms, counted.clause_counts, counted.clause_to_sentence, masked, changed, test, jobs, progress
        )
        # the first round sees every sentence
        account = {**found, **account, **{key: found[key] for key in ("over_20_after", "clauses_over_20_after")}}
        counted = _frequent(replace(counted, clause_counts=kept), open_texts)
        changed = np.diff(counted.sentence_counts.indptr) < before
    return counted, account | {"entries_after": len(counted.clause_counts.indices)}


def _counted(examples: Sequence[Example], areas: Sequence[str], cut: Tokenize, settings: Settings) -> LabelledCounts:
    plains = [[normalize_text(s) for s in e.sentences] for e in examples]
    return count_examples(examples, plains, areas, cut, settings)


def _frequent(counted: LabelledCounts, open_texts: LabelledCounts) -> LabelledCounts:
    """Return counts of the terms that stand in enough sentences of enough reports, open texts included."""
    together = merge_counts([counted, open_texts])
    names = {together.terms[i] for i in frequent_terms(together, MIN_SENTENCES, MIN_REPORTS)}
    return keep_terms(counted, np.array([i for i, t in enumerate(counted.terms) if t in names], dtype=np.int64))


def _masked(texts: Sequence[str], settings: Settings) -> str:
    """Return texts as their terms were counted, every run of characters between edges."""
    runs = (run for text in texts for run in segments(normalize_text(text), settings.mask_numbers))
    return EDGE + EDGE.join(runs) + EDGE


def sort_clauses(counted: LabelledCounts) -> LabelledCounts:
    """Return the same counts, the clauses of each sentence in an order that says nothing of the text."""
    content = clause_contents(counted)
    order = sorted(range(len(content)), key=content.__getitem__)
    return replace(counted, clause_counts=order_rows(counted.clause_counts, np.array(order, dtype=np.int64)))


def clause_contents(counted: LabelledCounts) -> list[tuple[int, list[int], list[float]]]:
    """Return the sentence, the columns and the counts of each clause, by which clauses are sorted in an extract."""
    rows = counted.clause_counts
    spans = (slice(a, b) for a, b in pairwise(rows.indptr))
    owners = counted.clause_to_sentence.tolist()
    return [(i, rows.indices[own].tolist(), rows.data[own].tolist()) for i, own in zip(owners, spans, strict=True)]
