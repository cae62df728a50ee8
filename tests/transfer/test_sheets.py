"""Sheets: what counts as labelled, tables of one's own and of `predict`, and faults by sheet, row and column."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

import pytest

from classifier.errors import ClassifierError, LabelError
from classifier.transfer.registry import recognised_labels
from classifier.transfer.rows import WHOLE, Passage, ReadRow, WrittenRow, labelled_values
from classifier.transfer.words import SheetWords
from classifier.workspace.saved_labels import paragraph_id
from tests.readers.files import write_workbook
from tests.transfer.states import IDS, planned, read, write

TEXT, OTHER = "新建高标准农田三万亩。", "新建小学五所，招聘教师。"
CHECKED = SheetWords("zh").checked
SCORES = {"farms": 0.9, "schools": 0.2, "roads": 0.45}


def passage(text: str = TEXT) -> Passage:
    return Passage(paragraph_id("a.txt", text), "a.txt", text, ((0, len(text)),), ("一、农业",), 3)


def tagged(text: str = TEXT) -> WrittenRow:
    """A row with the model's tags: farms, and neither schools nor roads."""
    return WrittenRow(passage(text), WHOLE, {"farms": True, "schools": False, "roads": False}, True, IDS, SCORES)


def labelled() -> WrittenRow:
    return WrittenRow(passage(), WHOLE, {"farms": True, "schools": False}, False, IDS)


def edited(path: Path, changes: Mapping[str, str], row: int = 1) -> Path:
    """A CSV file with cells of a row changed, by the names of their columns."""
    rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    for name, value in changes.items():
        rows[row][rows[0].index(name)] = value
    return table(path, rows)


def table(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    stream = StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def values(path: Path) -> dict[str, bool] | None:
    (row,) = read(path, "csv")
    return labelled_values(row)


def test_a_row_as_the_model_tagged_it_counts_only_once_it_is_checked(tmp_path: Path) -> None:
    path = write([tagged()], "csv", tmp_path)
    assert values(path) is None
    assert values(edited(path, {CHECKED: "李"})) == {"farms": True, "schools": False, "roads": False}
    assert values(edited(path, {CHECKED: "0"})) is None


def test_a_row_that_was_changed_counts_as_a_whole(tmp_path: Path) -> None:
    path = write([tagged()], "csv", tmp_path)
    assert values(edited(path, {"农业": ""})) == {"farms": False, "schools": False, "roads": False}
    path = write([tagged()], "csv", tmp_path)
    assert values(edited(path, {"教育": "√"})) == {"farms": True, "schools": True, "roads": False}


def test_a_labelled_row_keeps_what_is_unknown_until_it_is_checked(tmp_path: Path) -> None:
    path = write([labelled()], "csv", tmp_path)
    assert values(path) == {"farms": True, "schools": False}
    assert values(edited(path, {"农业": ""})) == {"farms": False, "schools": False}
    assert values(edited(path, {CHECKED: "1"})) == {"farms": False, "schools": False, "roads": False}


def test_of_an_area_whose_column_is_gone_nothing_is_said(tmp_path: Path) -> None:
    path = write([tagged()], "csv", tmp_path)
    rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    gone = rows[0].index("教育")
    path = table(path, [[cell for i, cell in enumerate(row) if i != gone] for row in rows])
    assert values(edited(path, {CHECKED: "1"})) == {"farms": True, "roads": False}


def test_rows_with_the_lowest_margin_and_what_the_model_says_stand_in_the_sheet(tmp_path: Path) -> None:
    path = write([tagged()], "csv", tmp_path)
    header, row = csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    shown = dict(zip(header, row, strict=True))
    assert (shown["农业"], shown["教育"], shown["模型标注"]) == ("1", "", "农业")
    assert (shown["最小差距"], shown["教育（得分）"]) == ("0.0", "0.2")  # 0.45, where the threshold is


def test_one_column_sorted_without_the_others_is_a_fault(tmp_path: Path) -> None:
    path = write([tagged(), tagged(OTHER)], "csv", tmp_path)
    edited(edited(path, {"正文": OTHER}), {"正文": TEXT}, row=2)
    with pytest.raises(LabelError, match=r"(?s)row 2: the text is not .* row 3: the text is not"):
        read(path, "csv")


def test_an_anchor_that_was_changed_is_a_fault(tmp_path: Path) -> None:
    path = edited(write([tagged()], "csv", tmp_path), {"定位（勿改）": '{"id":'})
    with pytest.raises(LabelError, match="row 2: the anchor of the row was changed"):
        read(path, "csv")


def own_table(path: Path, header: Sequence[str], *rows: Sequence[object]) -> list[ReadRow]:
    if path.suffix == ".csv":
        table(path, [header, *rows])
    else:
        pytest.importorskip("python_calamine")
        write_workbook(path, {"表": [header, *rows]})
    assert recognised_labels(path) == path.suffix.removeprefix(".").replace("ods", "xlsx")
    return read(path, recognised_labels(path))


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.ods"])
def test_a_table_of_ones_own_speaks_of_its_columns_alone(name: str, tmp_path: Path) -> None:
    header = ["编号", "Document", "正文", "Farms", "教育", "备注"]
    rows = own_table(
        tmp_path / name,
        header,
        [1, "甲县.docx", TEXT, 1, None, None],
        [2.0, "甲县.docx", OTHER, None, None, "？"],
        [3, 2024, "改造国道。", 0, 0, None],
    )
    assert [labelled_values(row) for row in rows] == [
        {"farms": True, "schools": False},
        None,
        {"farms": False, "schools": False},
    ]
    assert [row.passage.document for row in rows] == ["甲县.docx", "甲县.docx", "2024"]


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        (["text", "areas"], [TEXT, "farms；道路"], {"farms": True, "schools": False, "roads": True}),
        (["text", "areas"], [TEXT, "Farms,教育"], {"farms": True, "schools": True, "roads": False}),
        (["text", "areas"], [TEXT, ""], None),
        (["text", "areas", "none"], [TEXT, "", "1"], {"farms": False, "schools": False, "roads": False}),
        (["正文", "农业", "无"], [TEXT, "", "是"], {"farms": False}),
        (["正文", "农业", "已核对"], [TEXT, "", "1"], {"farms": False}),
        (["正文", "ＦＡＲＭＳ"], [TEXT, "对"], {"farms": True}),
    ],
)
def test_what_a_row_of_a_table_says(
    header: list[str], cells: list[str], expected: dict[str, bool] | None, tmp_path: Path
) -> None:
    (row,) = own_table(tmp_path / "t.csv", header, cells)
    assert labelled_values(row) == expected


def test_a_title_above_the_header_and_empty_rows_do_not_shift_the_numbers(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    rows: list[list[object]] = [["甲县标注表", None], [], ["正文", "农业"], [], [TEXT, "x"]]
    path = write_workbook(tmp_path / "t.xlsx", {"表": rows})
    with pytest.raises(LabelError, match=r"t\.xlsx: sheet 表, row 5, column 农业: 'x' is neither 1 nor 0"):
        read(path, "xlsx")


def test_twenty_faults_are_told_and_the_others_counted(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [["text", "farms"], *([f"{TEXT}{n}", "1月2日"] for n in range(25))])
    with pytest.raises(LabelError) as caught:
        read(path, "csv")
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[0].endswith("t.csv, row 2, column farms: '1月2日' is neither 1 nor 0; write 1, 0 or nothing")
    assert lines[-1] == "and 5 more"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([["a", "b"], ["1", "2"]], "no columns of texts and of areas.* it has: a, b"),
        ([["text", "areas"], [TEXT, "海洋"]], "row 2, column areas: no area is called '海洋'"),
        ([["text", "农业", "farms"], [TEXT, "1", "1"]], "two columns are of the area farms"),
        ([["text", "农业"], ["", "1"]], "row 2: labels without a text"),
        ([["text", "农业", "无"], [TEXT, "1", "1"]], "row 2: has an area and is marked as having none"),
    ],
)
def test_what_cannot_be_a_label_is_told_with_its_place(rows: list[list[str]], fault: str, tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=fault):
        read(table(tmp_path / "t.csv", rows), "csv")


def test_rows_that_contradict_each_other_are_a_fault(tmp_path: Path) -> None:
    rows = own_table(tmp_path / "t.csv", ["text", "农业"], [TEXT, "1"], [TEXT, "0"])
    with pytest.raises(LabelError, match=r"row 3: says of farms the opposite of .*row 2, for the same text"):
        planned(rows)


def test_tables_of_predict_count_where_they_were_changed(tmp_path: Path) -> None:
    header = ["document", "paragraph", "line", "page", "kind", "heading", "areas", "names", "text"]
    first = ["a.txt", 1, 1, "", "paragraph", "", "farms", "农业", TEXT]
    changed = ["a.txt", 2, 2, "", "paragraph", "一 / 二", "schools;roads", "教育", OTHER]
    title = ["a.txt", 3, 3, "", "title", "", "roads", "", "政府工作报告"]
    rows = own_table(tmp_path / "t.csv", header, first, changed, title)
    assert [labelled_values(r) for r in rows] == [None, {"farms": False, "schools": True, "roads": True}]
    assert rows[1].passage.heading == ("一", "二")
    scores = [*header, *IDS]
    rows = own_table(tmp_path / "t.csv", scores, [*first, 0.9, 0.2, 0.1], [*changed, 0.1, 0.8, 0.3])
    assert [labelled_values(r) for r in rows] == [None, {"farms": False, "schools": True, "roads": True}]


def test_wide_tables_of_predict_count_where_they_were_changed(tmp_path: Path) -> None:
    header = ["文档", "正文", "农业", "教育", "农业（得分）", "教育（得分）"]
    rows = own_table(tmp_path / "t.xlsx", header, ["a.txt", TEXT, 1, 0, 0.9, 0.1], ["a.txt", OTHER, 1, 0, 0.2, 0.8])
    assert [labelled_values(r) for r in rows] == [None, {"farms": True, "schools": False}]


def test_files_that_are_no_labels_are_refused_in_one_line(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("a.txt", "x")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "b.json").write_text('[{"x": 1}]', encoding="utf-8")
    (tmp_path / "c.json").write_text("[{]", encoding="utf-8")
    for name, fault in [
        ("a.xlsx", "no workbook"),
        ("empty.csv", "is empty"),
        ("b.json", "none of the formats"),
        ("c.json", "broken JSON at 1:3"),
        ("gone.csv", "cannot be opened"),
    ]:
        with pytest.raises(ClassifierError, match=fault) as caught:
            recognised_labels(tmp_path / name)
        assert "\n" not in str(caught.value)
        assert re.match(re.escape(str(tmp_path / name)), str(caught.value))


def test_the_names_of_tags_count_before_their_scores(tmp_path: Path) -> None:
    header = ["document", "kind", "areas", "names", "text", *IDS, "unit"]
    below = ["a.txt", "paragraph", "farms", "农业", TEXT, 0.3, 0.2, 0.1, 1]
    beyond = ["a.txt", "paragraph", "", "", OTHER, 0.1, 0.6, 0.1, 2]
    rows = own_table(tmp_path / "t.csv", header, below, beyond, ["a.txt", "paragraph", "roads", *below[3:]])
    assert [labelled_values(r) for r in rows] == [None, None, {"farms": False, "schools": False, "roads": True}]


def test_a_table_of_predict_speaks_of_the_areas_that_it_was_written_with(tmp_path: Path) -> None:
    beside = tmp_path / "t.csv.meta.json"
    beside.write_text('{"areas": ["farms", "roads"], "threshold": 0.45}', encoding="utf-8")
    (row,) = own_table(tmp_path / "t.csv", ["document", "areas", "names", "text"], ["a.txt", "roads", "农业", TEXT])
    assert labelled_values(row) == {"farms": False, "roads": True}


def test_tags_are_told_by_the_threshold_that_they_were_written_with(tmp_path: Path) -> None:
    header, cells = ["文档", "正文", "农业", "农业（得分）"], ["a.txt", TEXT, 0, 0.6]
    assert [labelled_values(row) for row in own_table(tmp_path / "t.csv", header, cells)] == [{"farms": False}]
    (tmp_path / "t.csv.meta.json").write_text('{"threshold": 0.7}', encoding="utf-8")
    assert [labelled_values(row) for row in own_table(tmp_path / "t.csv", header, cells)] == [None]
    pytest.importorskip("python_calamine")
    path = write_workbook(tmp_path / "t.xlsx", {"段落": [header, cells], "说明": [["标注阈值", "0.70"]]})
    assert [labelled_values(row) for row in read(path, "xlsx")] == [None]


@pytest.mark.parametrize("unit", ["段内序号", "unit"])
def test_items_and_sentences_of_wide_tables_count_once_they_are_checked(unit: str, tmp_path: Path) -> None:
    header = ["文档", unit, "正文", "农业", "教育", "农业（得分）", "教育（得分）", "已核对"]
    rows = own_table(
        tmp_path / "t.csv", header, ["a.txt", 1, TEXT, 1, 0, 0.2, 0.9, ""], ["a.txt", 2, OTHER, 1, 0, 0.2, 0.9, "李"]
    )
    assert [labelled_values(row) for row in rows] == [None, {"farms": True, "schools": False}]
