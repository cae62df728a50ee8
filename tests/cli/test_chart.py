from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Classify = Callable[..., Result]
TABLE = "year,area,share,low,high\n2020,farms,0.3,0.2,0.4\n2021,farms,0.5,0.4,0.6\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "shares.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(("lang", "name"), [("zh", "农业"), ("en", "Farms")])
@pytest.mark.parametrize("options", [[], ["--stacked"]])
def test_a_table_is_drawn_in_both_languages(
    classify: Classify, table: Path, small_bundle: Path, lang: str, name: str, options: list[str]
) -> None:
    out = table.with_name("picture.svg")
    done = classify("chart", table, "--out", out, "--lang", lang, "--model", small_bundle, *options)
    assert done.exit_code == 0, done.output
    assert name in out.read_text(encoding="utf-8")


def test_a_report_is_drawn(classify: Classify, small_bundle: Path, tmp_path: Path) -> None:
    report, out = tmp_path / "a.txt", tmp_path / "a.png"
    report.write_text("各位代表：\n一、农业\n粮食总产达到20万吨。\n", encoding="utf-8")
    assert classify("chart", report, "--out", out, "--model", small_bundle).exit_code == 0
    assert out.read_bytes().startswith(b"\x89PNG")
    done = classify("chart", report, "--out", out, "--stacked", "--model", small_bundle)
    assert (done.exit_code, "--stacked: is for tables of shares" in done.stderr) == (2, True)


def test_a_folder_of_several_is_refused(classify: Classify, small_bundle: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in "ab":
        (reports / f"{name}.txt").write_text("粮食总产达到20万吨。\n", encoding="utf-8")
    done = classify("chart", reports, "--out", tmp_path / "a.svg", "--model", small_bundle)
    assert done.exit_code == 2
    assert "holds 2 documents with text; give a single report" in done.stderr
    assert not (tmp_path / "a.svg").exists()
