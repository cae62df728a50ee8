"""Labelled paragraphs to an extract: the counts of frequent terms, less those that would let a text come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from classifier.characters import EDGE
from classifier.documents.clauses import split_clauses
from classifier.documents.normalize import normalize_text
from classifier.documents.numbering import numbering_of
from classifier.errors import LabelError
from classifier.extracts.privacy_check import (
    LONGEST_ALLOWED,
    ReconstructionAttack,
    account_key,
    prepare_attack,
    suppress_all,
)
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
from classifier.messages import message
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

    areas: the ids of the areas. labelled_counts: the sentences. headings: the counts of each paragraph's headings,
    shape (paragraphs, terms). paragraphs: what is said of each. settings: those that decide what a term is.
    user_words: the user dictionary. tokenizer: which tokenizer and dictionaries it was counted with, as an extract
    that was read says it; empty in a new one. account: how many sentences, clauses and counts there are, and how much
    the reconstruction attack brought back, before suppression and after.
    """

    areas: tuple[str, ...]
    labelled_counts: LabelledCounts
    headings: CsrCounts
    paragraphs: tuple[ExtractedParagraph, ...]
    settings: Settings
    user_words: dict[str, int]
    account: dict[str, int]
    tokenizer: dict[str, str] = field(default_factory=dict)


def build_extract(
    examples: Sequence[Example],
    areas: Sequence[str],
    user_words: dict[str, int],
    tokenize: Tokenize,
    settings: Settings,
    *,
    common: Sequence[Example] = (),
    others: Iterable[Sequence[str]] = (),
    jobs: int = 1,
    progress: Progress = quiet,
) -> Extract:
    """Count labelled paragraphs and leave out the counts that are rare or would let a sentence come back.

    common: labelled texts that may be read by all; a term is rare only if it is so in both together.
    others: further reports, each as its sentences, whose language may help to rebuild a sentence.
    """
    whole = _count(examples, areas, tokenize, settings)
    common_counts = _count(common, areas, tokenize, settings)
    if (n := len({*whole.reports, *common_counts.reports})) < MIN_REPORTS:
        raise LabelError(
            message(
                "labels extract: {n} reports are too few to tell what is rare; give {least} or more",
                n=n,
                least=MIN_REPORTS,
            )
        )
    sentences = len(whole.sentence_to_paragraph)
    progress(message("{sentences} sentences, {terms} terms", sentences=sentences, terms=len(whole.terms)))
    masked = [[_masked([c], settings) for c in split_clauses(normalize_text(s))] for e in examples for s in e.sentences]
    sentence_to_report = (whole.reports[p] for p in whole.sentence_to_paragraph)
    attack = prepare_attack(zip(sentence_to_report, map("".join, masked), strict=True), list(others))
    safe, account = _suppressed(_frequent(whole, common_counts), common_counts, masked, attack, jobs, progress)
    place = {term: i for i, term in enumerate(safe.terms)}
    parents = [parent_headings(e) for e in examples]
    headings = count_known_terms(
        [" ; ".join(normalize_text(h) for h in own) for own in parents], place, tokenize, settings
    )
    masked_headings, each = [_masked(own, settings) for own in parents], np.arange(headings.rows)
    headings, _ = suppress_all(safe.terms, headings, each, masked_headings, each >= 0, attack, jobs, quiet)
    return Extract(
        areas=tuple(areas),
        labelled_counts=sort_clauses(safe),
        headings=headings,
        paragraphs=tuple(ExtractedParagraph(e.id, e.report, e.level, e.year, e.shape) for e in examples),
        settings=settings,
        user_words=user_words,
        account=account,
    )


def _suppressed(
    labelled_counts: LabelledCounts,
    common_counts: LabelledCounts,
    masked: Sequence[Sequence[str]],
    attack: ReconstructionAttack,
    jobs: int,
    progress: Progress,
) -> tuple[LabelledCounts, dict[str, int]]:
    """Return frequent counts after suppression, and the account. masked: the masked clauses of each sentence."""
    kept, clauses = labelled_counts, [clause for own in masked for clause in own]
    account = {"sentences": len(masked), "clauses": len(clauses), "entries_before": len(kept.clause_counts.indices)}
    last = {account_key(LONGEST_ALLOWED, "after", of_clauses) for of_clauses in (False, True)}
    changed = np.ones(len(masked), dtype=np.bool_)
    while changed.any():  # what is dropped may make a term rare, and that may open another way to a sentence
        before = np.diff(kept.sentence_counts.indptr)
        counts, found = suppress_all(
            kept.terms, kept.clause_counts, kept.clause_to_sentence, clauses, changed, attack, jobs, progress
        )
        # The first round sees every sentence, and the last one tells what is left that must not be.
        account = {**found, **account, **{key: found[key] for key in last}}
        kept = _frequent(replace(kept, clause_counts=counts), common_counts)
        changed = np.diff(kept.sentence_counts.indptr) < before
    return kept, account | {"entries_after": len(kept.clause_counts.indices)}


def parent_headings(example: Example) -> tuple[str, ...]:
    """Return the headings of a paragraph less those that cannot stand above it, numbered as deep as it is or deeper."""
    own = numbering_of(normalize_text("".join(example.sentences)))
    if own is None:
        return example.heading
    numbered = [(h, numbering_of(normalize_text(h))) for h in example.heading]
    return tuple(h for h, n in numbered if n is None or n.level < own.level)


def _count(examples: Sequence[Example], areas: Sequence[str], tokenize: Tokenize, settings: Settings) -> LabelledCounts:
    sentences = [[normalize_text(s) for s in e.sentences] for e in examples]
    return count_examples(examples, sentences, areas, tokenize, settings)


def _frequent(labelled_counts: LabelledCounts, common_counts: LabelledCounts) -> LabelledCounts:
    """Return the counts of terms that stand in enough sentences of enough reports, common ones included."""
    together = merge_counts([labelled_counts, common_counts])
    names = {together.terms[i] for i in frequent_terms(together, MIN_SENTENCES, MIN_REPORTS)}
    return keep_terms(
        labelled_counts, np.array([i for i, t in enumerate(labelled_counts.terms) if t in names], dtype=np.int64)
    )


def _masked(texts: Sequence[str], settings: Settings) -> str:
    """Return texts as their terms were counted: numbers masked, and an edge wherever there is punctuation."""
    between_edges = (s for text in texts for s in segments(normalize_text(text), settings.mask_numbers))
    return EDGE + EDGE.join(between_edges) + EDGE


def sort_clauses(labelled_counts: LabelledCounts) -> LabelledCounts:
    """Return the same counts, the clauses of each sentence in an order that says nothing of the text."""
    contents = clause_contents(labelled_counts)
    order = np.array(sorted(range(len(contents)), key=contents.__getitem__), dtype=np.int64)
    return replace(
        labelled_counts,
        clause_counts=order_rows(labelled_counts.clause_counts, order),
        clause_labels=labelled_counts.clause_labels[order],
    )


def clause_contents(labelled_counts: LabelledCounts) -> list[tuple[int, list[int], list[float]]]:
    """Return the sentence, the columns and the counts of each clause, by which clauses are sorted in an extract."""
    counts = labelled_counts.clause_counts
    spans = (slice(a, b) for a, b in pairwise(counts.indptr))
    pairs = zip(labelled_counts.clause_to_sentence.tolist(), spans, strict=True)
    return [(i, counts.indices[own].tolist(), counts.data[own].tolist()) for i, own in pairs]
