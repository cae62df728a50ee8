"""README.md of an extract: what it is, for those who get it."""

from classifier.extracts.extraction import MIN_REPORTS, MIN_SENTENCES, Extract
from classifier.extracts.privacy_check import LONGEST_ALLOWED, REPORTED_LENGTH, account_key
from classifier.messages import message


def extract_card(extract: Extract) -> str:
    """Return the card in Markdown, with the account of what could come back."""
    account, counts = extract.account, extract.labelled_counts
    reports, paragraphs = len(set(counts.reports)), len(extract.paragraphs)
    lost = account["entries_before"] - account["entries_after"]
    return f"""# 不含文字的训练数据 · Training data without text

由 `classify labels extract` 生成：每句的领域和每个分句的词项计数，没有文字、没有词序，分句也不按原文次序。
Made by `classify labels extract`: for each sentence its areas and, for each of its clauses, the counts of its terms; no
text, no order, neither of terms nor of clauses.

- {reports} reports, {paragraphs} paragraphs, {account["sentences"]} sentences, {account["clauses"]} clauses
- {len(counts.terms)} terms
- kept: terms that stand in {MIN_SENTENCES} sentences of {MIN_REPORTS} reports, of these and of texts given as --common
- dropped so that no long text comes back: {lost} of {account["entries_before"]} counts

Han characters in a row that are no set phrase and that a greedy reconstruction brought back, before and after:

| came back | longer than {REPORTED_LENGTH}, before | after | longer than {LONGEST_ALLOWED}, before | after |
|---|---:|---:|---:|---:|
| of a sentence, from all that is told of it | {_shares(account, of_clauses=False)} |
| of a clause, from its own counts | {_shares(account, of_clauses=True)} |

| file | what is in it |
|---|---|
| `manifest.json` | format, areas, tokenizer, kinds of terms, the account, checksums |
| `terms.txt` | the terms, one column each |
| `words.tsv` | the user dictionary |
| `paragraphs.jsonl` | of each paragraph id, report, level, year and shape |
| `counts.npz`: `indptr`, `indices`, `data` | of each clause its terms; the clauses of a sentence sorted by them |
| `sentence` | of each clause its sentence |
| `paragraph`, `labels` | of each sentence its paragraph and areas |
| `heading_indptr`, `heading_indices`, `heading_data` | of each paragraph the terms of its headings |
"""


def account_lines(account: dict[str, int]) -> list[str]:
    """Return the account for people: how much there is, what was dropped, and how much came back before and after."""
    kept = {"after": account["entries_after"], "before": account["entries_before"], "changed": account["changed"]}
    lines = [
        message("{sentences} sentences, {clauses} clauses", **account),
        message("counts kept: {after} of {before}; sentences that lost some: {changed}", **kept),
    ]
    for length in (REPORTED_LENGTH, LONGEST_ALLOWED):
        sentences, clauses = (
            {when: account[account_key(length, when, of_clauses)] for when in ("before", "after")}
            for of_clauses in (False, True)
        )
        lines += [
            message(
                "sentences of which over {length} characters came back: {before} before suppression, {after} after",
                length=length,
                **sentences,
            ),
            message(
                "clauses of which over {length} characters came back: {before} before suppression, {after} after",
                length=length,
                **clauses,
            ),
        ]
    return lines


def _shares(account: dict[str, int], of_clauses: bool) -> str:
    """Return the cells of a row: how many came back, and their share."""
    whole = max(account["clauses" if of_clauses else "sentences"], 1)
    columns = [(n, when) for n in (REPORTED_LENGTH, LONGEST_ALLOWED) for when in ("before", "after")]
    found = [account[account_key(n, when, of_clauses)] for n, when in columns]
    return " | ".join(f"{n} ({n / whole:.1%})" for n in found)
