import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import Run, one_line
from tests.conftest import run_command
from tests.tasks.test_shares import labelled_file, report


def told(result: Result) -> list[str]:
    """What is told, without what was read and is alike."""
    return [line for line in result.stderr.splitlines() if not line.startswith(("read:", "alike:"))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, of which one stands there twice."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for document in (report(2021, 6, 2), report(2022, 2, 6), report(2022, 3, 3, "石桥县")):
        text = "\n".join(p.text for p in document.paragraphs)
        (folder / document.name).write_text(text, encoding="utf-8")
    (folder / "copy.txt").write_text(text, encoding="gb18030")
    return folder


def test_json_by_place_with_a_note_on_what_counts_once(classify: Run, folder: Path) -> None:
    result = classify("shares", folder, "--by", "place", "--format", "json")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert [row["group"] for row in rows[::14]] == ["石桥县", "禾溪县"]
    assert told(result) == [
        "note: 1 document with the text of another counts once; --keep-duplicates counts it again",
    ]
    kept = classify("shares", folder, "--by", "place", "--format", "json", "--keep-duplicates")
    assert not [line for line in told(kept) if line.startswith("note:")]
    assert [row["documents"] for row in json.loads(kept.stdout)[::14]] == [2, 2]


def test_a_panel_is_by_place_and_year(classify: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "panel.csv"
    assert classify("shares", folder, "--format", "panel", "--out", out).exit_code == 0
    rows = list(csv.DictReader(StringIO(out.read_text(encoding="utf-8"))))
    assert [(row["place"], row["year"]) for row in rows[::14]] == [
        ("石桥县", "2022"),
        ("禾溪县", "2021"),
        ("禾溪县", "2022"),
    ]
    about = json.loads((tmp_path / "panel.csv.meta.json").read_bytes())
    assert (about["unit"], len(about["model"]), len(about["areas"])) == ("characters", 64, 13)


def test_a_bad_name_of_a_chart_is_told_before_anything_is_read(classify: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "shares.csv"
    result = classify("shares", folder, "--format", "csv", "--out", out, "--chart", tmp_path / "chart.doc")
    assert result.exit_code == 2
    assert "a chart ends in .svg, .png, .pdf" in one_line(result)
    assert not out.exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_in_both_languages(classify: Run, folder: Path, lang: str, tmp_path: Path) -> None:
    result = classify("shares", folder, "--lang", lang, "--measure", "sentences", "--coverage")
    assert result.exit_code == 0
    title = {"zh": "各领域覆盖率（按句数，%）", "en": "Coverage of each area (sentences, %)"}[lang]
    assert result.stdout.startswith(title)
    out = tmp_path / "table.txt"
    args = ("shares", folder, "--lang", lang, "--measure", "sentences", "--coverage", "--out", out)
    assert classify(*args).stdout == ""
    assert out.read_text(encoding="utf-8") == result.stdout


def test_excel_is_for_files(classify: Run, folder: Path, tmp_path: Path) -> None:
    assert one_line(classify("shares", folder, "--format", "xlsx")) == (
        "error: --format xlsx: is for files; give --out FILE"
    )
    assert classify("shares", folder, "--format", "xlsx", "--out", tmp_path / "s.xlsx").exit_code == 0
    assert (tmp_path / "s.xlsx").read_bytes()[:2] == b"PK"


def test_a_bad_document_is_told_and_the_others_are_measured(classify: Run, folder: Path) -> None:
    (folder / "m.txt").write_bytes(bytes(range(256)) * 50)
    result = classify("shares", folder, "--format", "json", "--keep-duplicates")
    assert result.exit_code == 2
    assert len(json.loads(result.stdout)) == 14
    line, *_ = told(result)
    assert line.startswith(f"error: {folder / 'm.txt'}: ")


def test_the_output_is_no_input(classify: Run, folder: Path) -> None:
    out = folder / "禾溪县-2021.txt"
    before = out.read_bytes()
    assert "is both input and --out" in one_line(classify("shares", out, "--out", out))
    assert out.read_bytes() == before


def test_what_is_not_told_or_not_corrected_is_said(classify: Run, folder: Path, small_bundle: Path) -> None:
    (folder / "x.txt").write_text("新建小学5所。", encoding="utf-8")
    result = classify("shares", folder, "--by", "year", "--model", small_bundle, "--format", "csv", "--keep-duplicates")
    assert result.exit_code == 0
    assert told(result) == [
        "note: 1 document does not tell its year and stands under -; --name-pattern can take it from names",
        "note: this model knows too few of its errors to correct them, so shares are raw; label more reports",
    ]


def test_own_labels_say_how_many_more_would_halve_the_interval(classify: Run, folder: Path, tmp_path: Path) -> None:
    truth = labelled_file(tmp_path, [report(2021, 6, 2), report(2022, 2, 6), report(2022, 3, 3, "石桥县")])
    result = classify("shares", folder, "--truth", truth, "--format", "json", "--keep-duplicates")
    assert result.exit_code == 0
    assert {row["corrected_by"] for row in json.loads(result.stdout)} == {"labels"}
    first, second = told(result)
    assert first.startswith("note: 14 labelled rows, taken as drawn at random, each as likely as any other: ±")
    assert second.endswith("would halve the interval")


def test_an_interruption_is_told(classify: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("classifier.tasks.shares.shares_of_inputs", interrupt)
    result = classify("shares", folder)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "interrupted: no shares were written\n")


@pytest.mark.slow
def test_several_processes_give_the_same(folder: Path) -> None:
    one, two = (run_command("shares", folder, "--by", "report", "--format", "json", "--jobs", jobs) for jobs in (1, 2))
    assert one.stdout == two.stdout != b""
