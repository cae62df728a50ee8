"""`classify predict` on tables: rows as documents, and columns that travel to the output."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from classifier.engines import batches
from classifier.storage.resumable import ResumableOutput
from tests.cli.conftest import Run, one_line
from tests.readers.files import OTHER, TEXT, write_archive, write_table


def test_an_archive_and_a_table_as_a_user_gives_them(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    zipped = write_archive(tmp_path / "all.zip", {"某县.txt": TEXT.encode()}, gbk=True)
    rows = write_table(tmp_path / "t.csv", [{"nr": 7, "body": OTHER}], "gb18030")
    result = classify(
        "predict", zipped, rows, "--format", "jsonl", "--model", small_bundle,
        "--text-column", "body", "--id-column", "nr",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = [(r["document"], r["text"]) for r in map(json.loads, result.stdout.splitlines())]
    assert found == [*((f"{zipped}/某县.txt", line) for line in TEXT.splitlines()), (f"{rows}:7", OTHER)]


def test_columns_travel_alike_in_any_run(
    classify: Run, small_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process and in several, at once and resumed."""
    rows = [{"县": f"县{i // 3}", "text": f"{OTHER}{i}", "年份": 2000 + i} for i in range(12)]
    table = write_table(tmp_path / "t.jsonl", rows)
    report = tmp_path / "a.txt"
    report.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(batches, "BATCH_DOCUMENTS", 2)
    for form in ("jsonl", "csv", "parquet"):
        out = [tmp_path / f"{n}.{form}" for n in range(3)]
        args = ("predict", table, report, "--model", small_bundle, "--format", form)
        columns = ("--columns", "年份", "--document-column", "县")
        assert classify(*args, *columns, "--out", out[0], "--jobs", "1").exit_code == 0
        assert classify(*args, *columns, "--out", out[1], "--jobs", "2").exit_code == 0
        monkeypatch.setattr(ResumableOutput, "append", _interrupted_after_one(ResumableOutput.append))
        assert classify(*args, *columns, "--out", out[2]).exit_code == 130
        monkeypatch.undo()
        monkeypatch.setattr(batches, "BATCH_DOCUMENTS", 2)
        assert classify(*args, *columns, "--out", out[2], "--resume").exit_code == 0
        assert out[0].read_bytes() == out[1].read_bytes() == out[2].read_bytes()
    found = [json.loads(line) for line in (tmp_path / "0.jsonl").read_text("utf-8").splitlines()]
    assert [(r["document"], r["line"], r["columns"]) for r in found[:12]] == [
        (f"{table}:{row['县']}", i % 3 + 1, {"年份": row["年份"]}) for i, row in enumerate(rows)
    ]
    assert [(r["document"], r["columns"]) for r in found[12:]] == [(str(report), None)] * 2


def _interrupted_after_one(append: Callable[..., None]) -> Callable[..., None]:
    def once(output: ResumableOutput, *batch: object) -> None:
        if output.started:
            raise KeyboardInterrupt
        append(output, *batch)

    return once


def test_the_output_of_csv_is_read_as_it_was(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    table = write_table(tmp_path / "t.csv", [{"id": "-x", "text": "=1+1等于2。", "n": "@a"}])
    out = tmp_path / "out.csv"
    args = ("--model", small_bundle, "--columns", "n,id")
    assert classify("predict", table, *args, "--format", "csv", "--out", out).exit_code == 0
    assert "'=1+1" in out.read_text("utf-8")
    result = classify("predict", out, *args, "--format", "jsonl")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert (row["text"], row["columns"]) == ("=1+1等于2。", {"n": "@a", "id": "-x"})


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--columns", "all"], "--columns: needs --format jsonl, csv, xlsx or parquet"),
        (
            ["--columns", "年份", "--format", "csv"],
            "--columns 年份: no table has this column; give all, or names of: text",
        ),
        (["--columns", "all", "--engine", "spark"], "--columns, --document-column: are not for --engine spark"),
    ],
)
def test_columns_that_cannot_be_written_are_told_first(
    classify: Run, small_bundle: Path, tmp_path: Path, args: list[str], words: str
) -> None:
    table = write_table(tmp_path / "t.csv", [{"text": OTHER}])
    result = classify("predict", table, "--model", small_bundle, *args)
    assert words in one_line(result)
    assert result.stdout == ""


def test_columns_stand_behind_the_others_in_a_workbook(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    rows = write_table(tmp_path / "t.jsonl", [{"text": TEXT, "place": "甲县", "rank": 3}])
    out = tmp_path / "out.xlsx"
    args = ["predict", rows, "--model", small_bundle, "--format", "xlsx", "--columns", "place,rank", "--out", out]
    assert classify(*args).exit_code == 0
    header, first, *_ = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert header[-2:] == ["place", "rank"]
    assert first[-2:] == ["甲县", 3]
