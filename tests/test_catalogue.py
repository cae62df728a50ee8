"""The catalogue is written the same from the same messages, and takes in translations from other files."""

import json
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests import catalogue


@pytest.fixture
def three() -> Catalog:
    made = catalogue.PlainCatalog(locale="zh", domain="classify", fuzzy=False)
    made.add("b: torn", "")
    made.add("a: lost", "甲：丢失")
    made.add(("{n} row", "{n} rows"), ("",))
    return made


def test_translations_are_merged_and_what_does_not_fit_is_told(three: Catalog) -> None:
    new = {"b: torn": "乙：破损", "a: lost": "甲：遗失", "{n} row\0{n} rows": "{n} 行", "c": "丙"}
    assert list(catalogue.merge(three, new, "x.json")) == [
        "x.json: 'a: lost' was '甲：丢失', is '甲：遗失'",
        "x.json: no message 'c'",
    ]
    assert {entry.id: entry.string for entry in three if entry.id} == {
        "b: torn": "乙：破损",
        "a: lost": "甲：遗失",
        ("{n} row", "{n} rows"): ("{n} 行",),
    }


def test_one_form_alone_of_a_counted_message_does_not_fit(three: Catalog) -> None:
    assert list(catalogue.merge(three, {"{n} row": "{n} 行"}, "x.json")) == ["x.json: no message '{n} row'"]


def test_the_files_hold_no_dates_versions_and_places(three: Catalog) -> None:
    po, mo = catalogue.as_po(three).decode(), catalogue.as_mo(three)
    assert [line for line in po.splitlines() if line.startswith('"')] == [
        '"Language: zh\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Plural-Forms: nplurals=1; plural=0;\\n"',
    ]
    assert po.index("a: lost") < po.index("b: torn")
    assert b"Date" not in mo
    assert b"Babel" not in mo


def test_the_catalogue_in_the_package_is_what_would_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = catalogue.PO.read_bytes(), catalogue.MO.read_bytes()
    (tmp_path / "zh.po").write_bytes(old[0])
    (tmp_path / "more.json").write_text(json.dumps({"error: {what}": "错误：{what}"}), encoding="utf-8")
    monkeypatch.setattr(catalogue, "PO", tmp_path / "zh.po")
    monkeypatch.setattr(catalogue, "MO", tmp_path / "zh.mo")
    assert catalogue.main([str(tmp_path / "more.json")]) == 0
    assert ((tmp_path / "zh.po").read_bytes(), (tmp_path / "zh.mo").read_bytes()) == old


def test_a_sentence_is_not_called_a_clause() -> None:
    called = [entry.id for entry in catalogue.written() if "分句" in "".join(entry.string or ())]
    assert called
    assert [text for text in called if "clause" not in "".join(text)] == []
