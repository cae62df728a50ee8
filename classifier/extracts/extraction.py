"""Labelled paragraphs to an extract: the counts of frequent terms, less those that would let a text come back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from classifier.documents.normalise import plain_text
from classifier.errors import LabelError
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.protection import protect
from classifier.extracts.reconstruction import leaks, rebuild
from classifier.model.counted import Counted, count_examples, frequent_terms, keep_terms, merge
from classifier.model.counts import Bools, Counts, Ints, count
from classifier.model.settings import Settings
from classifier.model.terms import EDGE
from classifier.model.tokens import Cut, segments
from classifier.model.training import Progress, quiet
from classifier.records import Example

MIN_SENTENCES, MIN_REPORTS = 5, 3  # that a term must stand in, so that no rare string is kept
ALLOWED = 20  # Han characters in a row that may come back although they are no set phrase
NOTED = 12  # and the length from which runs are counted in the account
CHUNK = 200  # sentences protected at a time


@dataclass(frozen=True, slots=True)
class Paragraph:
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
    words: the user dictionary. tokenizer: what pins the cutting of words, as an extract that was read says it; empty
    in a new one. account: sentences, entries before and after, and how much would have come back.
    """

    areas: tuple[str, ...]
    counted: Counted
    headings: Counts
    paragraphs: tuple[Paragraph, ...]
    settings: Settings
    words: dict[str, int]
    account: dict[str, int]
    tokenizer: dict[str, str] = field(default_factory=dict)


def extract(
    examples: Sequence[Example],
    areas: Sequence[str],
    words: dict[str, int],
    cut: Cut,
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
    if (reports := len({*whole.reports, *open_texts.reports})) < MIN_REPORTS:
        raise LabelError(
            f"labels extract: {reports} reports are too few to tell what is rare; give {MIN_REPORTS} or more"
        )
    safe = _frequent(whole, open_texts)
    progress(f"{safe.counts.rows} sentences, {len(safe.terms)} terms kept of {len(whole.terms)}")
    masked = [_masked([s], settings) for e in examples for s in e.sentences]
    test = _test(masked, safe, list(others))
    account = {"sentences": len(masked), "entries_before": len(safe.counts.indices)}
    changed = np.ones(len(masked), dtype=np.bool_)
    while changed.any():  # what is dropped may make a term rare, and that may open another way to a sentence
        before = np.diff(safe.counts.indptr)
        counts, found = _protect_all(safe.terms, safe.counts, masked, changed, test, jobs, progress)
        account = {**found, **account, "over_20_after": found["over_20_after"]}  # the first round sees every sentence
        safe = _frequent(replace(safe, clauses=counts, sentence=np.arange(counts.rows)), open_texts)
        changed = np.diff(safe.counts.indptr) < before
    account["entries_after"] = len(safe.counts.indices)
    place = {term: i for i, term in enumerate(safe.terms)}
    headings = count([" ; ".join(plain_text(h) for h in e.heading) for e in examples], place, cut, settings)
    above = [_masked(e.heading, settings) for e in examples]
    headings, _ = _protect_all(safe.terms, headings, above, np.ones(len(above), dtype=np.bool_), test, jobs, quiet)
    return Extract(
        areas=tuple(areas),
        counted=safe,
        headings=headings,
        paragraphs=tuple(Paragraph(e.id, e.report, e.level, e.year, e.shape) for e in examples),
        settings=settings,
        words=words,
        account=account,
    )


def _counted(examples: Sequence[Example], areas: Sequence[str], cut: Cut, settings: Settings) -> Counted:
    plains = [[plain_text(s) for s in e.sentences] for e in examples]
    return count_examples(examples, plains, areas, cut, settings)


def _frequent(counted: Counted, open_texts: Counted) -> Counted:
    """Return counts of the terms that stand in enough sentences of enough reports, open texts included."""
    together = merge([counted, open_texts])
    names = {together.terms[i] for i in frequent_terms(together, MIN_SENTENCES, MIN_REPORTS)}
    return keep_terms(counted, np.array([i for i, t in enumerate(counted.terms) if t in names], dtype=np.int64))


def _masked(texts: Sequence[str], settings: Settings) -> str:
    """Return texts as their terms were counted, every run of characters between edges."""
    runs = (run for text in texts for run in segments(plain_text(text), settings.mask_numbers))
    return EDGE + EDGE.join(runs) + EDGE


@dataclass(frozen=True, slots=True)
class Test:
    """What a text is tested with: languages that help to rebuild it, and runs of allowed and of noted length."""

    languages: Sequence[Language]
    allowed: SetPhrases
    noted: SetPhrases


def _test(masked: Sequence[str], counted: Counted, others: Sequence[Sequence[str]]) -> Test:
    """Return what sentences are tested with: the language and set phrases of their reports, and of others."""
    by_report: dict[str, list[str]] = defaultdict(list)
    for text, paragraph in zip(masked, counted.paragraph, strict=True):
        by_report[counted.reports[paragraph]].append(text)
    languages = [Language(by_report.values())] + ([Language(others)] if others else [])
    allowed, noted = (SetPhrases(by_report.values(), n + 1) for n in (ALLOWED, NOTED))
    return Test(languages, allowed, noted)


def _protect_all(
    terms: Sequence[str],
    counts: Counts,
    masked: Sequence[str],
    chosen: Bools,
    test: Test,
    jobs: int,
    progress: Progress,
) -> tuple[Counts, dict[str, int]]:
    """Return the counts that may stay, of the texts that `chosen` marks and all others, and what was found in those."""
    from joblib import Parallel, delayed

    numbers = np.flatnonzero(chosen)
    chunks = [numbers[a : a + CHUNK] for a in range(0, len(numbers), CHUNK)]
    tasks = (delayed(_protect_some)(_rows(terms, counts, chunk), [masked[i] for i in chunk], test) for chunk in chunks)
    keep = np.ones(len(counts.indices), dtype=np.bool_)
    account: dict[str, int] = {}
    done = 0
    for chunk, (kept, found) in zip(chunks, Parallel(n_jobs=jobs, return_as="generator")(tasks), strict=True):
        for i, own in zip(chunk, kept, strict=True):
            keep[counts.indptr[i] : counts.indptr[i + 1]] = own
        for key, n in found.items():
            account[key] = account.get(key, 0) + n
        done += len(chunk)
        if done % (10 * CHUNK) == 0:
            progress(f"sentences tested against reconstruction: {done} of {len(numbers)}")
    return _without(counts, keep), account


def _rows(terms: Sequence[str], counts: Counts, rows: Ints) -> list[dict[str, int]]:
    """Return the terms of some sentences with their counts."""
    found = []
    for row in rows:
        a, b = counts.indptr[row : row + 2]
        names = [terms[i] for i in counts.indices[a:b]]
        found.append(dict(zip(names, counts.data[a:b].astype(int).tolist(), strict=True)))
    return found


def _protect_some(
    rows: Sequence[dict[str, int]], masked: Sequence[str], test: Test
) -> tuple[list[Bools], dict[str, int]]:
    """Protect some sentences; returns for each which of its terms, in their order, may stay."""
    keep: list[Bools] = []
    found = dict.fromkeys(("over_12_before", "over_12_after", "over_20_before", "over_20_after", "changed"), 0)
    for terms, text in zip(rows, masked, strict=True):
        true = han(text)
        before = [run for la in test.languages for run in rebuild(terms, la)]
        found["over_12_before"] += bool(leaks(before, true, test.noted))
        leaking = bool(leaks(before, true, test.allowed))
        found["over_20_before"] += leaking
        kept = protect(terms, text, test.languages, test.allowed) if leaking else terms
        after = [run for la in test.languages for run in rebuild(kept, la)] if leaking else before
        found["over_12_after"] += bool(leaks(after, true, test.noted))
        found["over_20_after"] += bool(leaks(after, true, test.allowed))
        found["changed"] += len(kept) < len(terms)
        keep.append(np.array([term in kept for term in terms], dtype=np.bool_))
    return keep, found


def _without(counts: Counts, keep: Bools) -> Counts:
    """Return counts with some stored entries only."""
    lengths = np.bincount(counts.row_of_entry()[keep], minlength=counts.rows)
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Counts(indptr, counts.indices[keep], counts.data[keep], counts.columns)
