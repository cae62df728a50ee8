import csv
import io
import json

import pytest

from classifier.output.cells import guarded
from classifier.output.options import OutputOptions
from classifier.output.predictions.csv import COLUMNS, CsvFormat
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.readers.cells import unguarded
from classifier.records import Prediction
from tests.conftest import AREAS

FORMULAS = ["=1+1", "+86 10", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "=", "'=1", "''-x", "+5"]
HARMLESS = ["", "粮食", "-2.5", "-7", "5", "'text'", "'", " =1", "1-2"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_guarded_and_come_back(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_all_else_stays(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def with_columns(rows: list[tuple[str, Prediction]], **columns: object) -> list[tuple[str, Prediction]]:
    return [(name, p._replace(paragraph=p.paragraph._replace(columns=columns))) for name, p in rows]


def test_no_cell_of_csv_is_a_formula(rows: list[tuple[str, Prediction]]) -> None:
    (_, last) = rows[-1]
    evil = last._replace(paragraph=last.paragraph._replace(text="=1+1", heading=("@a", "b"), columns={"=x": "+y"}))
    form = CsvFormat(OutputOptions(AREAS, "zh", all_scores=True, columns=("=x",)))
    table = list(csv.reader(io.StringIO((form.head(in_file=False) + form.encode([("-a=.txt", evil)])).decode())))
    assert not [cell for row in table for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    row = dict(zip(*table, strict=True))
    assert (row["document"], row["text"], row["heading"], row["'=x"]) == ("'-a=.txt", "'=1+1", "'@a / b", "'+y")
    assert float(row["farms"]) == dict(last.scores)["farms"]


def test_columns_stand_behind_the_others_and_keep_their_values(rows: list[tuple[str, Prediction]]) -> None:
    options = OutputOptions(AREAS, "zh", all_scores=True, columns=("年份", "line", "farms", "line_table"))
    form = CsvFormat(options)
    found = with_columns(rows, 年份=2024, line=-1.5, farms=None)
    table = list(csv.reader(io.StringIO((form.head(in_file=False) + form.encode([*found, *rows])).decode())))
    names = ["年份", "line_table", "farms_table", "line_table_table"]
    assert table[0] == [*COLUMNS, "farms", "schools", "roads", *names]
    assert [row[-4:] for row in table[1:]] == [["2024", "-1.5", "", ""]] * len(rows) + [[""] * 4] * len(rows)


def test_columns_in_json_lines_are_an_object_or_null(rows: list[tuple[str, Prediction]]) -> None:
    form = JsonlFormat(OutputOptions(AREAS, "zh", columns=("年份", "标签")))
    written = form.encode([*with_columns(rows, 年份=2024, 标签=["a", {"b": None}]), *rows])
    found = [json.loads(line)["columns"] for line in written.splitlines()]
    assert found == [{"年份": 2024, "标签": ["a", {"b": None}]}] * len(rows) + [None] * len(rows)


def test_columns_in_parquet_are_a_map_of_texts(rows: list[tuple[str, Prediction]]) -> None:
    pytest.importorskip("pyarrow")
    from classifier.output.predictions.arrow import decode_batches, encode_batch

    written = with_columns(rows, 年份=2024, 县="甲", 无=None, 标签=["乙"], 是=True)
    (batch,) = decode_batches(encode_batch([*written, *rows], OutputOptions(AREAS, "zh")))
    values = [("年份", "2024"), ("县", "甲"), ("无", None), ("标签", '["乙"]'), ("是", "true")]
    assert batch.column("columns").to_pylist() == [values] * len(rows) + [None] * len(rows)
