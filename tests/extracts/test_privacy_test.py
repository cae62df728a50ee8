from pathlib import Path

import numpy as np
import pytest

from classifier.extracts.attack import attempts, leaks
from classifier.extracts.extraction import build_extract
from classifier.extracts.language import Language, SetPhrases, han
from classifier.labelling.examples import load_examples
from classifier.settings import Settings
from tests.conftest import AREAS, texts_of, write_rows
from tests.extracts.conftest import TOKENIZE, terms_of

IDS = [a.id for a in AREAS]


def long_reports() -> list[dict[str, object]]:
    """Reports of long sentences out of few phrases, so that nearly all of their terms are frequent."""
    generator = np.random.default_rng(7)
    phrases = ["深化改革", "扩大开放", "强化创新", "改善民生", "保护生态", "防范风险", "兴修水利", "振兴乡村"]

    def sentence() -> str:
        parts = ("".join(generator.choice(phrases, generator.integers(2, 8))) for _ in range(generator.integers(1, 4)))
        return "，".join(parts) + "。"

    return [
        {"id": f"r{r}-{p}", "report": f"r{r}", "sentences": [{"text": sentence(), "areas": []} for _ in range(4)]}
        for r in range(6)
        for p in range(4)
    ]


@pytest.mark.slow
def test_nothing_long_comes_back_of_reports_by_any_attempt(tmp_path: Path) -> None:
    rows = long_reports()
    made = build_extract(load_examples([write_rows(tmp_path / "r.jsonl", rows)], IDS), IDS, {}, TOKENIZE, Settings())
    for whose in ("", "clauses_"):
        assert made.account[f"{whose}over_20_before"] > 0 == made.account[f"{whose}over_20_after"]
        assert made.account[f"{whose}over_12_before"] >= made.account[f"{whose}over_12_after"]
    reports: dict[object, list[str]] = {}
    for row in rows:
        reports.setdefault(row["report"], []).extend(texts_of(row))
    phrases, language = SetPhrases(reports.values(), 21), Language(reports.values())
    counts, texts = made.labelled_counts, [text for row in rows for text in texts_of(row)]
    for number, text in enumerate(texts):
        own = [terms_of(counts, int(i)) for i in np.flatnonzero(counts.clause_to_sentence == number)]
        for rebuilt in attempts(own, language):
            assert leaks(rebuilt, han(text), phrases) == []
    whole = made.account["entries_before"]
    assert whole > made.account["entries_after"] > 0.6 * whole
