"""Sentences tried against reconstruction, protected, and an account of what came back before and after."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Ints
from classifier.extracts.attack import attempts, leaks, rebuild
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.suppression import Rows, suppress
from classifier.features.csr import CsrCounts, keep_entries
from classifier.progress import Progress

LONGEST_ALLOWED = 20  # Han characters in a row that may come back although they are no set phrase
REPORTED_LENGTH = 12  # and the length from which runs are counted in the account
SENTENCES_AT_A_TIME = 200  # sentences protected at a time


@dataclass(frozen=True, slots=True)
class ReconstructionAttack:
    """What texts are tried with: languages that help to rebuild them, and runs of allowed and of noted length."""

    languages: Sequence[Language]
    allowed: SetPhrases
    noted: SetPhrases


def prepare_attack(sentences: Iterable[tuple[str, str]], others: Sequence[Sequence[str]]) -> ReconstructionAttack:
    """Return what sentences, each given with its report, are tried with: the language of their reports and others."""
    by_report: dict[str, list[str]] = defaultdict(list)
    for report, text in sentences:
        by_report[report].append(text)
    languages = [Language(by_report.values())] + ([Language(others)] if others else [])
    allowed, noted = (SetPhrases(by_report.values(), n + 1) for n in (LONGEST_ALLOWED, REPORTED_LENGTH))
    return ReconstructionAttack(languages, allowed, noted)


def suppress_all(
    terms: Sequence[str],
    clauses: CsrCounts,
    sentence: Ints,
    masked: Sequence[str],
    chosen: Bools,
    test: ReconstructionAttack,
    jobs: int,
    progress: Progress,
) -> tuple[CsrCounts, dict[str, int]]:
    """Return the counts that may stay, of the sentences that `chosen` marks and all others, and what was found.

    clauses: the counts of clauses. sentence: for each its sentence, ascending. masked: what they were counted in.
    """
    from joblib import Parallel, delayed

    numbers = np.flatnonzero(chosen)
    first = np.searchsorted(sentence, np.arange(len(chosen) + 1))
    chunks = [numbers[a : a + SENTENCES_AT_A_TIME] for a in range(0, len(numbers), SENTENCES_AT_A_TIME)]
    spans = [[range(first[i], first[i + 1]) for i in chunk] for chunk in chunks]
    tasks = (
        delayed(_protect_some)(
            [[_row(terms, clauses, c) for c in span] for span in own], [[masked[c] for c in span] for span in own], test
        )
        for own in spans
    )
    keep = np.ones(len(clauses.indices), dtype=np.bool_)
    account: dict[str, int] = {}
    done = 0
    for own, (kept, found) in zip(spans, Parallel(n_jobs=jobs, return_as="generator")(tasks), strict=True):
        for span, stays in zip(own, kept, strict=True):
            keep[clauses.indptr[span.start] : clauses.indptr[span.stop]] = stays
        for key, n in found.items():
            account[key] = account.get(key, 0) + n
        done += len(own)
        if done % (10 * SENTENCES_AT_A_TIME) == 0:
            progress(f"sentences tested against reconstruction: {done} of {len(numbers)}")
    return keep_entries(clauses, keep), account


def _row(terms: Sequence[str], counts: CsrCounts, row: int) -> dict[str, int]:
    """Return the terms of a clause with their counts."""
    a, b = counts.indptr[row : row + 2]
    names = [terms[i] for i in counts.indices[a:b]]
    return dict(zip(names, counts.data[a:b].astype(int).tolist(), strict=True))


def _protect_some(
    sentences: Sequence[Rows], masked: Sequence[Sequence[str]], test: ReconstructionAttack
) -> tuple[list[Bools], dict[str, int]]:
    """Protect some sentences; returns for each which of its terms, in the order of its clauses, may stay."""
    keep: list[Bools] = []
    account: dict[str, int] = {}
    for rows, texts in zip(sentences, masked, strict=True):
        before = _found(rows, texts, test)
        leaking = before["over_20"] > 0
        kept = suppress(rows, texts, test.languages, test.allowed) if leaking else rows
        after = _found(kept, texts, test) if leaking else before
        for key in before:
            account[f"{key}_before"] = account.get(f"{key}_before", 0) + before[key]
            account[f"{key}_after"] = account.get(f"{key}_after", 0) + after[key]
        account["changed"] = account.get("changed", 0) + (kept != rows)
        keep.append(np.array([t in own for row, own in zip(rows, kept, strict=True) for t in row], dtype=np.bool_))
    return keep, account


def _found(rows: Rows, masked: Sequence[str], test: ReconstructionAttack) -> dict[str, int]:
    """Return whether the sentence comes back in long runs, and how many of its clauses do by themselves."""
    texts = [text for la in test.languages for own in attempts(rows, la) for text in own]
    whole = han("".join(masked))
    found = {"over_12": int(bool(leaks(texts, whole, test.noted)))}
    found["over_20"] = int(bool(leaks(texts, whole, test.allowed)))
    clauses = [
        (han(m), [t for la in test.languages for t in rebuild(r, la)]) for r, m in zip(rows, masked, strict=True)
    ]
    found["clauses_over_12"] = sum(bool(leaks(own, true, test.noted)) for true, own in clauses)
    found["clauses_over_20"] = sum(bool(leaks(own, true, test.allowed)) for true, own in clauses)
    return found
