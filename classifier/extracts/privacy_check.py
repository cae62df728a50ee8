"""The reconstruction attack tried on sentences, suppression where it succeeds, and an account of before and after."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Ints
from classifier.extracts.attack import attempts, leaks, rebuild
from classifier.extracts.language import LanguageModel, SetPhrases, han
from classifier.extracts.suppression import Rows, suppress
from classifier.features.csr import CsrCounts, keep_entries
from classifier.messages import message
from classifier.progress import Progress

LONGEST_ALLOWED = 20  # Han characters in a row that may come back although they are no set phrase
REPORTED_LENGTH = 12  # a shorter length, for which the account says how much came back
_SENTENCES_AT_A_TIME = 200  # that a process is given


def account_key(length: int, when: str, of_clauses: bool = False) -> str:
    """Return the key under which an account counts sentences, or clauses, of which too long a stretch could be rebuilt.

    length: more than so many Han characters in a row. when: `before` or `after` suppression.

    >>> account_key(20, "after", of_clauses=True)
    'clauses_over_20_after'
    """
    return f"{'clauses_' if of_clauses else ''}over_{length}_{when}"


@dataclass(frozen=True, slots=True)
class ReconstructionAttack:
    """What sentences are attacked with: language models that help to rebuild them, each tried by itself; set phrases.

    phrases: by length n, LONGEST_ALLOWED or REPORTED_LENGTH, the set phrases of n + 1 characters, which are no leaks.
    """

    language_models: Sequence[LanguageModel]
    phrases: dict[int, SetPhrases]


def prepare_attack(sentences: Iterable[tuple[str, str]], others: Sequence[Sequence[str]]) -> ReconstructionAttack:
    """Return the attack for sentences, each given with its report: with the language of their reports and of others."""
    report_to_sentences: dict[str, list[str]] = defaultdict(list)
    for report, text in sentences:
        report_to_sentences[report].append(text)
    reports = report_to_sentences.values()
    language_models = [LanguageModel(reports)] + ([LanguageModel(others)] if others else [])
    return ReconstructionAttack(
        language_models, {n: SetPhrases(reports, n + 1) for n in (REPORTED_LENGTH, LONGEST_ALLOWED)}
    )


def suppress_all(
    terms: Sequence[str],
    clauses: CsrCounts,
    clause_to_sentence: Ints,
    masked: Sequence[str],
    chosen: Bools,
    attack: ReconstructionAttack,
    jobs: int,
    progress: Progress,
) -> tuple[CsrCounts, dict[str, int]]:
    """Attack chosen sentences; return the counts without those that let a text come back, and the account.

    clauses: the counts of clauses. clause_to_sentence: ascending. masked: the texts that the clauses were counted in.
    chosen: which sentences are attacked, shape (sentences,); the counts of all others stay.
    """
    from joblib import Parallel, delayed

    numbers = np.flatnonzero(chosen)
    first = np.searchsorted(clause_to_sentence, np.arange(len(chosen) + 1))
    chunks = [numbers[a : a + _SENTENCES_AT_A_TIME] for a in range(0, len(numbers), _SENTENCES_AT_A_TIME)]
    spans = [[range(first[i], first[i + 1]) for i in chunk] for chunk in chunks]
    tasks = (
        delayed(_suppress_some)(
            [[_row(terms, clauses, c) for c in span] for span in chunk_spans],
            [[masked[c] for c in span] for span in chunk_spans],
            attack,
        )
        for chunk_spans in spans
    )
    keep = np.ones(len(clauses.indices), dtype=np.bool_)
    account: dict[str, int] = {}
    done = 0
    for chunk_spans, (kept, found) in zip(spans, Parallel(n_jobs=jobs, return_as="generator")(tasks), strict=True):
        for span, stays in zip(chunk_spans, kept, strict=True):
            keep[clauses.indptr[span.start] : clauses.indptr[span.stop]] = stays
        for key, n in found.items():
            account[key] = account.get(key, 0) + n
        done += len(chunk_spans)
        if done % (10 * _SENTENCES_AT_A_TIME) == 0:
            progress(message("sentences tested against reconstruction: {done} of {n}", done=done, n=len(numbers)))
    return keep_entries(clauses, keep), account


def _row(terms: Sequence[str], counts: CsrCounts, row: int) -> dict[str, int]:
    """Return the terms of a clause with their counts."""
    a, b = counts.indptr[row : row + 2]
    names = [terms[i] for i in counts.indices[a:b]]
    return dict(zip(names, counts.data[a:b].astype(int).tolist(), strict=True))


def _suppress_some(
    sentences: Sequence[Rows], masked: Sequence[Sequence[str]], attack: ReconstructionAttack
) -> tuple[list[Bools], dict[str, int]]:
    """Return for each sentence which of its terms, in the order of its clauses, may stay; and the account."""
    keep: list[Bools] = []
    account: dict[str, int] = {}
    for rows, texts in zip(sentences, masked, strict=True):
        before = _came_back(rows, texts, attack)
        leaking = before[LONGEST_ALLOWED, False] > 0
        kept = suppress(rows, texts, attack.language_models, attack.phrases[LONGEST_ALLOWED]) if leaking else rows
        after = _came_back(kept, texts, attack) if leaking else before
        for length, of_clauses in before:
            for when, found in (("before", before), ("after", after)):
                key = account_key(length, when, of_clauses)
                account[key] = account.get(key, 0) + found[length, of_clauses]
        account["changed"] = account.get("changed", 0) + (kept != rows)
        keep.append(
            np.array([t in kept_row for row, kept_row in zip(rows, kept, strict=True) for t in row], dtype=np.bool_)
        )
    return keep, account


def _came_back(rows: Rows, masked: Sequence[str], attack: ReconstructionAttack) -> dict[tuple[int, bool], int]:
    """Return for each length, and for the sentence and its clauses, how many come back in more Han characters.

    The sentence from all its terms, each clause from its own.
    """
    texts = [text for model in attack.language_models for rebuilt in attempts(rows, model) for text in rebuilt]
    whole = han("".join(masked))
    clauses = [
        (han(m), [t for model in attack.language_models for t in rebuild(r, model)])
        for r, m in zip(rows, masked, strict=True)
    ]
    found = {(n, False): int(bool(leaks(texts, whole, phrases))) for n, phrases in attack.phrases.items()}
    for n, phrases in attack.phrases.items():
        found[n, True] = sum(bool(leaks(rebuilt, original, phrases)) for original, rebuilt in clauses)
    return found
