"""What `classify predict` writes for people: by unit, with reasons, wide, as pages, and what it says of itself."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Classify = Callable[..., Result]
TEXT = "要抓好两件事：一是改造国道30公里。粮食总产达到20万吨；二是招聘教师30名，教育质量提升。\n各位代表：\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "reports"
    found.mkdir()
    for name in ("a.txt", "b.txt"):
        (found / name).write_text(TEXT, encoding="utf-8")
    return found


def rows(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_records_by_sentence_say_where_they_stand(classify: Classify, folder: Path, small_bundle: Path) -> None:
    args = ["predict", folder / "a.txt", "--model", small_bundle, "--format", "jsonl"]
    whole, _ = rows(classify(*args))
    *parts, salutation = rows(classify(*args, "--unit", "sentence"))
    assert "unit" not in whole
    assert salutation["unit"] is None
    assert [part["unit"] for part in parts] == [
        {"number": n, "start": s["start"], "end": s["end"]} for n, s in enumerate(whole["sentences"], start=1)
    ]
    assert "".join(part["text"] for part in parts) == whole["text"]
    assert [{a["id"] for a in part["areas"]} for part in parts] == [
        {a["id"] for a in s["areas"]} for s in whole["sentences"]
    ]


def test_explanations_sum_to_the_logit(classify: Classify, folder: Path, small_bundle: Path) -> None:
    args = ["predict", folder / "a.txt", "--model", small_bundle, "--format", "jsonl", "--explain", "--areas", "roads"]
    first, salutation = rows(classify(*args))
    (roads,) = first["explanations"]
    total = roads["intercept"] + sum(c["value"] for c in roads["contributions"])
    assert total == pytest.approx(roads["logit"], abs=1e-9)
    assert salutation["explanations"] == []
    table = classify("predict", folder / "a.txt", "--model", small_bundle, "--explain").stdout
    assert "支持 " in table


def test_wide_csv_has_columns_for_each_area(classify: Classify, folder: Path, small_bundle: Path) -> None:
    done = classify("predict", folder / "a.txt", "--model", small_bundle, "--format", "csv", "--wide", "--lang", "en")
    first, _ = csv.DictReader(done.stdout.splitlines())
    assert (first["Schools"], first["Farms"]) == ("1", "1")
    assert 0.5 <= float(first["Schools (score)"]) <= 1
    assert first["best evidence sentence"] in TEXT


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_file_beside_the_output_says_what_made_it(
    classify: Classify, folder: Path, small_bundle: Path, form: str
) -> None:
    out = folder.parent / f"out.{form}"
    assert classify("predict", folder, "--model", small_bundle, "--format", form, "--out", out).exit_code == 0
    about = json.loads((folder.parent / f"out.{form}.meta.json").read_bytes())
    assert about["threshold"] == 0.45
    assert len(about["model"]) == 64
    assert about["areas"] == ["farms", "schools", "roads"]


def test_pages_of_a_folder(classify: Classify, folder: Path, small_bundle: Path) -> None:
    out = folder.parent / "pages"
    args = ["predict", folder, "--model", small_bundle, "--format", "html", "--out"]
    assert classify(*args, out).exit_code == 0
    assert {p.name for p in out.glob("*.html")} == {"index.html", "a.txt.html", "b.txt.html"}
    assert classify(*args, out).exit_code == 0  # its own folder may be written anew
    assert classify(*args, folder.parent / "all.html").exit_code == 0
    assert (folder.parent / "all.html").read_text(encoding="utf-8").count("<main") == 2


def test_a_folder_of_the_user_is_never_replaced(classify: Classify, folder: Path, small_bundle: Path) -> None:
    (folder.parent / "mine").mkdir()
    (folder.parent / "mine" / "letter.txt").write_text("x", encoding="utf-8")
    args = ["predict", folder, "--model", small_bundle, "--format", "html", "--out", folder.parent / "mine"]
    result = classify(*args)
    assert result.exit_code == 2
    assert "holds something else; give --out a new or empty folder" in result.stderr
    assert [p.name for p in (folder.parent / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--explain", "--format", "csv"], "--explain: needs --format table, jsonl, html"),
        (["--wide", "--format", "jsonl"], "--wide: is for --format csv"),
        (["--format", "html"], "is for files; give --out FILE"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    classify: Classify, folder: Path, small_bundle: Path, options: list[str], message: str
) -> None:
    result = classify("predict", folder, "--model", small_bundle, *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_workbooks_and_wide_csv_number_the_parts_of_a_paragraph(
    classify: Classify, folder: Path, small_bundle: Path
) -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    args = ["predict", folder / "a.txt", "--model", small_bundle, "--lang", "en", "--unit", "item"]
    out = folder.parent / "a.xlsx"
    assert classify(*args, "--format", "xlsx", "--out", out).exit_code == 0
    head, *cells = calamine.CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    table = list(csv.DictReader(classify(*args, "--format", "csv", "--wide").stdout.splitlines()))
    assert head == list(table[0])
    assert head[:4] == ["document", "paragraph", "unit", "line"]
    assert [(row[1], row[2]) for row in cells] == [(1, 1), (1, 2), (1, 3), (2, "")]
    assert [row["unit"] for row in table] == ["1", "2", "3", ""]
    assert [row[head.index("text")] for row in cells] == [row["text"] for row in table]
