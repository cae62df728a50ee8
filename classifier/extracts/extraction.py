"""Labelled paragraphs to an extract: the counts of frequent terms, less those that would let a text come back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from classifier.documents.normalise import plain_text
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.protection import protect
from classifier.extracts.reconstruction import leaks, rebuild
from classifier.model.counted import Counted, count_examples, frequent_terms, keep_terms, merge
from classifier.model.counts import Bools, Counts, count
from classifier.model.settings import Settings
from classifier.model.terms import EDGE
from classifier.model.tokens import Cut, segments
from classifier.records import Example

MIN_SENTENCES, MIN_REPORTS = 5, 3  # that a term must stand in, so that no rare string is kept
ALLOWED = 20  # Han characters in a row that may come back although they are no set phrase
NOTED = 12  # and the length from which runs are counted in the account
ROUNDS = 4
CHUNK = 200  # sentences protected at a time
Progress = Callable[[str], None]


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
    words: the user dictionary. account: sentences, entries before and after, and how much would have come back.
    """

    areas: tuple[str, ...]
    counted: Counted
    headings: Counts
    paragraphs: tuple[Paragraph, ...]
    settings: Settings
    words: dict[str, int]
    account: dict[str, int]


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
    progress: Progress = lambda _: None,
) -> Extract:
    """Count labelled paragraphs and leave out what is rare or would let a sentence come back.

    common: labelled texts that may be read by all; a term is rare only if it is so in both together.
    others: further reports, each as its sentences, whose language may help to rebuild a sentence.
    """
    whole = _counted(examples, areas, cut, settings)
    open_texts = _counted(common, areas, cut, settings)
    safe = _frequent(whole, open_texts)
    progress(f"{safe.counts.rows} sentences, {len(safe.terms)} terms kept of {len(whole.terms)}")
    masked = [
        EDGE + EDGE.join(segments(plain_text(s), settings.mask_numbers)) + EDGE for e in examples for s in e.sentences
    ]
    further, account = list(others), {"sentences": len(masked), "entries_before": len(safe.counts.indices)}
    for _ in range(ROUNDS):  # what is dropped may make a term rare, and that may open another way to a sentence
        keep, found = _protect_all(safe, masked, further, jobs, progress)
        account = {**found, **{k: n for k, n in account.items() if not k.endswith("_after")}}
        safe = _frequent(_without(safe, keep), open_texts)
        if not found["changed"]:
            break
    account["entries_after"] = len(safe.counts.indices)
    place = {term: i for i, term in enumerate(safe.terms)}
    headings = [" ; ".join(plain_text(h) for h in e.heading) for e in examples]
    return Extract(
        areas=tuple(areas),
        counted=safe,
        headings=count(headings, place, cut, settings),
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


def _protect_all(
    counted: Counted, masked: Sequence[str], others: Sequence[Sequence[str]], jobs: int, progress: Progress
) -> tuple[Bools, dict[str, int]]:
    """Return which stored entries may stay, shape (entries,), and the account of what was found."""
    from joblib import Parallel, delayed

    by_report: dict[str, list[str]] = defaultdict(list)
    for text, paragraph in zip(masked, counted.paragraph, strict=True):
        by_report[counted.reports[paragraph]].append(text)
    languages = [Language(by_report.values())] + ([Language(others)] if others else [])
    allowed, noted = (SetPhrases(by_report.values(), n + 1) for n in (ALLOWED, NOTED))
    starts = range(0, len(masked), CHUNK)
    tasks = (
        delayed(_protect_some)(_rows(counted, a, a + CHUNK), masked[a : a + CHUNK], languages, allowed, noted)
        for a in starts
    )
    keep: list[Bools] = []
    account: dict[str, int] = {}
    for chunk, found in Parallel(n_jobs=jobs, return_as="generator")(tasks):
        keep.extend(chunk)
        for key, n in found.items():
            account[key] = account.get(key, 0) + n
        if len(keep) % (10 * CHUNK) == 0:
            progress(f"sentences tested against reconstruction: {len(keep)} of {len(masked)}")
    kept = np.concatenate([np.zeros(0, dtype=np.bool_), *keep])
    return kept, account


def _rows(counted: Counted, first: int, end: int) -> list[dict[str, int]]:
    """Return the terms of some sentences with their counts."""
    counts = counted.counts
    found = []
    for a, b in pairwise(counts.indptr[first : end + 1].tolist()):
        names = [counted.terms[i] for i in counts.indices[a:b]]
        found.append(dict(zip(names, counts.data[a:b].astype(int).tolist(), strict=True)))
    return found


def _protect_some(
    rows: Sequence[dict[str, int]],
    masked: Sequence[str],
    languages: Sequence[Language],
    allowed: SetPhrases,
    noted: SetPhrases,
) -> tuple[list[Bools], dict[str, int]]:
    """Protect some sentences; returns for each which of its terms, in their order, may stay."""
    keep: list[Bools] = []
    found = dict.fromkeys(("over_12_before", "over_12_after", "over_20_before", "over_20_after", "changed"), 0)
    for terms, text in zip(rows, masked, strict=True):
        true = han(text)
        before = [run for la in languages for run in rebuild(terms, la)]
        found["over_12_before"] += bool(leaks(before, true, noted))
        leaking = bool(leaks(before, true, allowed))
        found["over_20_before"] += leaking
        kept = protect(terms, text, languages, allowed) if leaking else terms
        after = [run for la in languages for run in rebuild(kept, la)] if leaking else before
        found["over_12_after"] += bool(leaks(after, true, noted))
        found["over_20_after"] += bool(leaks(after, true, allowed))
        found["changed"] += len(kept) < len(terms)
        keep.append(np.array([term in kept for term in terms], dtype=np.bool_))
    return keep, found


def _without(counted: Counted, keep: Bools) -> Counted:
    """Return the same sentences with some stored entries only."""
    counts = counted.counts
    lengths = np.bincount(counts.row_of_entry()[keep], minlength=counts.rows)
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    left = Counts(indptr, counts.indices[keep], counts.data[keep], counts.columns)
    return Counted(counted.terms, left, counted.paragraph, counted.labels, counted.targets, counted.reports)
