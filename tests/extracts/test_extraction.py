from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import LabelError
from classifier.extracts.extraction import (
    MIN_REPORTS,
    MIN_SENTENCES,
    Extract,
    build_extract,
    clause_contents,
    parent_headings,
    sort_clauses,
)
from classifier.features.csr import order_rows
from classifier.labelling.examples import load_examples
from classifier.settings import Settings
from tests.conftest import AREAS, labelled_rows, write_rows
from tests.extracts.conftest import TOKENIZE

IDS = [a.id for a in AREAS]


def test_an_extract_holds_only_frequent_terms(small_extract: Extract) -> None:
    counts = small_extract.labelled_counts
    rows = counts.sentence_counts.row_of_entry()
    for column in range(0, len(counts.terms), 7):
        where = rows[counts.sentence_counts.indices == column]
        assert len(where) >= MIN_SENTENCES
        assert len({counts.reports[counts.sentence_to_paragraph[r]] for r in where}) >= MIN_REPORTS
    assert list(counts.terms) == sorted(counts.terms)


def test_the_order_of_clauses_says_nothing_of_the_text(small_extract: Extract, tmp_path: Path) -> None:
    rows = labelled_rows(6)
    for row in rows:
        for sentence in row["sentences"]:  # type: ignore[attr-defined]
            sentence["text"] = "，".join(reversed(sentence["text"].rstrip("。").split("，"))) + "。"
    turned = build_extract(load_examples([write_rows(tmp_path / "r.jsonl", rows)], IDS), IDS, {}, TOKENIZE, Settings())
    assert turned.labelled_counts.terms == small_extract.labelled_counts.terms
    for name in ("indptr", "indices", "data"):
        ours, theirs = (getattr(e.labelled_counts.clause_counts, name) for e in (turned, small_extract))
        assert (ours == theirs).all(), name


@settings(deadline=None)
@given(st.data())
def test_clauses_are_sorted_by_their_content(small_extract: Extract, data: st.DataObject) -> None:
    counts = small_extract.labelled_counts
    numbers = data.draw(st.permutations(range(len(counts.clause_to_sentence))))
    order = np.array(sorted(numbers, key=lambda i: counts.clause_to_sentence[i]), dtype=np.int64)
    mixed = replace(counts, clause_counts=order_rows(counts.clause_counts, order))
    assert clause_contents(sort_clauses(mixed)) == clause_contents(counts)


def test_too_few_reports_cannot_tell_what_is_rare(tmp_path: Path) -> None:
    examples = load_examples([write_rows(tmp_path / "r.jsonl", labelled_rows(2))], IDS)
    with pytest.raises(LabelError, match="2 reports are too few"):
        build_extract(examples, IDS, {}, TOKENIZE, Settings())


@pytest.mark.parametrize(
    ("heading", "first", "kept"),
    [
        (["一、回顾", "（一）修路"], "（二）办学。", ["一、回顾"]),
        (["一、回顾", "（一）修路"], "二、今年工作。", []),
        (["一、回顾", "重点工作"], "一是修路。", ["一、回顾", "重点工作"]),
        (["一、回顾", "（一）修路"], "修路三里。", ["一、回顾", "（一）修路"]),
    ],
)
def test_an_elder_sibling_is_no_parent(heading: list[str], first: str, kept: list[str], tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "1", "report": "r", "heading": heading, "sentences": [{"text": first, "areas": []}]}
    ]
    (example,) = load_examples([write_rows(tmp_path / "r.jsonl", rows)], IDS)
    assert list(parent_headings(example)) == kept
