from dataclasses import replace
from pathlib import Path

import pytest

from classifier.documents.parse import parse
from classifier.readers import grouped_rows
from classifier.readers.raw import TableColumns
from classifier.records import Kind
from tests.readers.files import OTHER, documents_of, refusal, write_table, write_workbook

BY_COUNTY = TableColumns(document="县", travelling=("n",))
SUFFIXES = [".csv", ".jsonl", ".json", ".parquet", ".xlsx"]


@pytest.fixture(params=SUFFIXES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == ".xlsx":
        pytest.importorskip("python_calamine")
    return tmp_path / f"t{request.param}"


def rows(*pairs: tuple[object, str]) -> list[dict[str, object]]:
    return [{"县": county, "text": text, "n": f"n{i}"} for i, (county, text) in enumerate(pairs, start=1)]


def test_rows_of_one_value_make_a_document_with_headings(path: Path) -> None:
    write_table(
        path,
        rows(
            ("甲县", "一、去年的工作"),
            ("甲县", "新建小学5所。\r\n\n改造国道30公里。"),
            ("甲县", ""),
            ("甲县", "招聘教师20名。"),
            ("乙县", OTHER),
        ),
    )
    first, second = map(parse, documents_of(path, BY_COUNTY))
    assert (first.name, second.name) == ("甲县", "乙县")
    assert [(p.line, p.kind, p.heading, (p.columns or {})["n"]) for p in first.paragraphs] == [
        (1, Kind.HEADING, (), "n1"),
        (2, Kind.PARAGRAPH, ("一、去年的工作",), "n2"),
        (3, Kind.PARAGRAPH, ("一、去年的工作",), "n2"),
        (4, Kind.PARAGRAPH, ("一、去年的工作",), "n4"),
    ]
    assert [(p.line, p.text) for p in second.paragraphs] == [(1, OTHER)]
    with_others = replace(BY_COUNTY, several=True)
    assert [d.name for d in documents_of(path, with_others)] == [f"{path}:甲县", f"{path}:乙县"]
    assert documents_of(path, BY_COUNTY, start=1) == documents_of(path, BY_COUNTY)[1:]


def test_a_value_that_comes_again_is_no_second_document(path: Path) -> None:
    write_table(path, rows(("甲", "一。"), ("乙", "二。"), ("甲", "三。"), ("甲", "四。"), ("丙", "五。")))
    found = documents_of(path, BY_COUNTY)
    assert [d.name for d in found if d.fault is None] == ["甲", "乙", "丙"]
    (fault,) = [d.fault for d in found if d.fault is not None]
    assert fault.endswith("3: rows of '甲' came before, apart from these; sort the table by column '县'")


def test_rows_without_a_value_are_told(path: Path) -> None:
    write_table(path, rows(("甲", "一。"), ("", "二。"), (" ", "三。"), ("乙", "四。")))
    found = documents_of(path, BY_COUNTY)
    assert [d.name for d in found if d.fault is None] == ["甲", "乙"]
    assert [d.fault for d in found if d.fault is not None] == [f"{path}: row {2}: no value in column '县'; fill it in"]


def test_a_bad_row_does_not_divide_its_document(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("县,text\n甲,一。\n甲,坏,行\n甲,二。\n", encoding="utf-8")
    bad, good = documents_of(path, TableColumns(document="县"))
    assert bad.fault is not None
    assert "row 2 (line 3): has 3 fields" in bad.fault
    assert [p.text for p in parse(good).paragraphs] == ["一。", "二。"]


def test_a_column_that_tells_no_documents_apart_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouped_rows, "LONGEST_DOCUMENT", 100)
    write_table(path, rows(*(("甲", OTHER) for _ in range(10)), ("乙", OTHER)))
    long, short = documents_of(path, BY_COUNTY)
    assert long.fault is not None
    assert "the rows of '甲' are longer than" in long.fault
    assert parse(short).name == "乙"


def test_a_missing_column_is_told(path: Path) -> None:
    write_table(path, rows(("甲", OTHER)))
    message = refusal(path, TableColumns(document="省"))
    assert message.endswith("no column '省'; give --document-column one of: 县, text, n")


def test_sheets_do_not_share_a_document(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    sheet = [["县", "text"], ["甲", OTHER]]
    path = write_workbook(tmp_path / "t.xlsx", {"上年": sheet, "今年": sheet})
    assert [d.name for d in documents_of(path, TableColumns(document="县"))] == ["上年:甲", "今年:甲"]
