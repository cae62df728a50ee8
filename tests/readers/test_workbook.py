import datetime
import zipfile
from pathlib import Path

import pytest

from classifier.documents.parse import parse
from classifier.readers import workbook
from classifier.readers.raw import TableColumns
from tests.readers.files import OTHER, TEXT, documents_of, paragraphs_of, refusal, write_workbook

pytest.importorskip("python_calamine")


@pytest.fixture(params=[".xlsx", ".xls", ".et", ".ods"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"t{request.param}"


def test_titles_empty_rows_and_numbers(path: Path) -> None:
    rows: list[list[object]] = [
        ["某县台账", None, None],
        [None, None, None],
        ["编号", " 正文 ", "年份"],
        [1.0, TEXT, 2024],
        [None, None, None],
        [2.5, None, None],
        ["x", 2024, "去年"],
    ]
    write_workbook(path, {"一": rows})
    documents = documents_of(path, TableColumns("正文", "编号", travelling=("年份", "别的")))
    assert [d.name for d in documents] == [f"{path}:1", f"{path}:2.5", f"{path}:x"]
    assert [paragraphs_of(d) for d in documents] == [TEXT.splitlines(), [], ["2024"]]
    assert [d.columns for d in documents] == [
        {"年份": 2024, "别的": None},
        {"年份": None, "别的": None},
        {"年份": "去年", "别的": None},
    ]
    assert documents[0].counts == {"title_rows": 1}


def test_every_sheet_with_the_texts_is_read(path: Path) -> None:
    good: list[list[object]] = [["id", "text"], [1, OTHER]]
    write_workbook(path, {"甲县": good, "说明": [["填表人"], ["某某"]], "空": [], "乙县": [["text"], [TEXT]]})
    one, two = documents_of(path)
    assert [one.name, two.name] == [f"{path}:甲县:1", f"{path}:乙县:1"]
    assert two.place == f"{path}: sheet 乙县: row 1"
    assert parse(one).notes == (f"{path}: 1 sheet without a column 'text' was passed over",)
    assert parse(one).counts == {"other_sheets": 1}
    write_workbook(path, {"甲": [["编号", "内容"], [1, OTHER]]})
    assert refusal(path).endswith(
        "no column 'text'; give --text-column 内容 if that holds the texts, or another of: 编号, 内容"
    )


def test_hidden_sheets_are_passed_over_with_a_note(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", {"a": [["text"], [OTHER]], "b": [["text"], [TEXT]]}, hidden=["b"])
    (document,) = documents_of(path)
    assert document.name == f"{path}:1"
    assert document.notes == (f"{path}: 1 hidden sheet was passed over",)


def test_values_of_formulas_dates_and_rich_text(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["text", "id", "day", "time", "yes"])
        sheet.write_rich_string(1, 0, "改造", bold, "国道", "30公里。")
        sheet.write_formula(1, 1, "=1+6", None, 7)
        sheet.write_datetime(1, 2, datetime.datetime(2024, 1, 9))
        sheet.write_datetime(1, 3, datetime.datetime(2024, 1, 9, 8, 30))
        sheet.write_boolean(1, 4, True)
    (document,) = documents_of(path, TableColumns(travelling=None))
    assert (document.name, document.text) == (f"{path}:7", "改造国道30公里。")
    assert document.columns == {"id": 7, "day": "2024-01-09", "time": "2024-01-09 08:30:00", "yes": True}


def test_two_cells_far_apart_end_neither_the_run_nor_the_memory(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["text"])
        sheet.write(1_048_575, 16_383, "x")
    assert refusal(path).startswith(f"{path}: damaged, or too large for a workbook; open it")


def test_a_workbook_that_is_locked_or_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.xls"
    path.write_text("text;id\n1;2\n")
    assert "no workbook, whatever its name says; open it in Excel or WPS" in refusal(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000)
    assert "damaged, or too large" in refusal(path)
    monkeypatch.setattr(workbook, "_PROGRAM", tmp_path / "says.py")
    (tmp_path / "says.py").write_text('print(\'{"fault": "password"}\')')
    assert refusal(path) == f"{path}: locked with a password; save it without one"


def test_half_a_workbook_is_told(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", {"a": [["text"], *([f"{OTHER}{i}"] for i in range(500))]})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "new.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    assert "damaged, or too large" in refusal(tmp_path / "new.xlsx")
