from pathlib import Path

import pytest

from classifier.errors import DocumentError
from classifier.readers import tables
from classifier.readers.csv import csv_rows
from classifier.readers.raw import Source, TableColumns
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT, documents_of, paragraphs_of, refusal, write_table


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_each_row_is_a_document(tmp_path: Path, suffix: str) -> None:
    path = write_table(
        tmp_path / f"t{suffix}", [{"id": "甲", "text": TEXT}, {"id": "", "text": OTHER}, {"id": "丙", "text": ""}]
    )
    got = documents_of(path)
    assert [p.name for p in got] == [f"{path}:甲", f"{path}:2", f"{path}:丙"]
    assert [paragraphs_of(p) for p in got] == [TEXT.splitlines(), [OTHER], []]
    assert documents_of(path, start=1) == got[1:]
    assert documents_of(path, start=3) == []
    assert 0 < sum(p.weight for p in got) <= path.stat().st_size


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_columns_are_chosen_and_missing_ones_told(tmp_path: Path, suffix: str) -> None:
    path = write_table(tmp_path / f"t{suffix}", [{"body": TEXT, "code": 7}, {"body": OTHER, "code": 8}])
    assert [p.name for p in documents_of(path, TableColumns("body"))] == [f"{path}:1", f"{path}:2"]
    assert [p.name for p in documents_of(path, TableColumns("body", "code"))] == [f"{path}:7", f"{path}:8"]
    assert refusal(path).endswith(
        "no column 'text'; give --text-column body if that holds the texts, or another of: body, code"
    )
    assert refusal(path, TableColumns("body", "nr")).endswith("no column 'nr'; give --id-column one of: body, code")


def test_a_source_that_is_no_file_is_no_table() -> None:
    with pytest.raises(DocumentError, match="standard input"):
        list(tables.table_documents(Source(None, "-"), csv_rows, DEFAULT_COLUMNS))


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_an_id_cannot_forge_a_name(tmp_path: Path, suffix: str) -> None:
    path = write_table(tmp_path / f"t{suffix}", [{"id": "a\r\nb\u2028\u202e\x1b[2J", "text": OTHER * 40}])
    (document,) = documents_of(path)
    assert document.name == rf"{path}:a\r\nb\u2028\u202e\x1b[2J"


def test_only_where_the_first_rows_are_all_at_fault_the_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    bad, good = '{"text": 1', '{"text": "一。"}'
    path.write_text("\n".join([bad, bad, good, bad]), encoding="utf-8")
    assert [d.fault is None for d in documents_of(path)] == [False, False, True, False]
    assert documents_of(path, start=1) == documents_of(path)[1:]
    path.write_text("\n".join([bad, bad, bad, good]), encoding="utf-8")
    assert "line 1: no whole JSON object" in refusal(path)
