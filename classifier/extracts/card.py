"""README.md of an extract: what it is, for those who get it."""

from classifier.extracts.extraction import ALLOWED, MIN_REPORTS, MIN_SENTENCES, NOTED, Extract


def card(extract: Extract) -> str:
    """Return the card in Markdown, with the account of what could come back."""
    account, counted = extract.account, extract.counted
    sentences = account["sentences"]
    share = {key: f"{n} ({n / sentences:.1%})" for key, n in account.items() if key.startswith("over_")}
    reports = len(set(counted.reports))
    lost = account["entries_before"] - account["entries_after"]
    return f"""# 不含文字的训练数据 · Training data without text

由 `classify labels extract` 生成：每句的领域和词项计数，没有文字、没有词序。
Made by `classify labels extract`: for each sentence its areas and the counts of its terms; no text, no order.

- {len(extract.paragraphs)} paragraphs, {sentences} sentences, {reports} reports, {len(counted.terms)} terms
- kept: terms that stand in {MIN_SENTENCES} sentences of {MIN_REPORTS} reports, of these and of texts given as --common
- sentences of which a greedy reconstruction brought back a run of Han characters that is no set phrase:
  longer than {NOTED} {share["over_12_before"]}, longer than {ALLOWED} {share["over_20_before"]}
- after {lost} of {account["entries_before"]} entries were dropped:
  longer than {NOTED} {share["over_12_after"]}, longer than {ALLOWED} {share["over_20_after"]}
"""
