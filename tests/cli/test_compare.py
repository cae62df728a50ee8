import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from classifier import compare, from_text
from classifier.analysis.alignment import Fate
from classifier.model.model import Model
from classifier.records import Document, Prediction
from classifier.tasks import comparing
from tests.output.pages.test_pages import Outline

Classify = Callable[..., Result]
OLD = "改造国道30公里，新建桥梁3座。\n粮食总产达到20万吨，新建高标准农田5万亩。\n"
NEW = "改造国道30公里，新建桥梁3座。\n招聘教师30名，教育质量提升。\n新建小学5所，增加学位900个。\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_what_was_kept_is_new_and_is_gone(small_model: Model) -> None:
    found = compare([from_text(OLD)], [from_text(NEW)], small_model, names=("old", "new"))
    assert found.names == ("old", "new")
    assert found.counts() == {Fate.KEPT: 1, Fate.REWORDED: 0, Fate.NEW: 2, Fate.GONE: 1}
    by_area = {change.area: change for change in found.changes}
    assert by_area["schools"].difference > 0 > by_area["farms"].difference
    for change in found.changes:
        assert change.difference == pytest.approx(change.second - change.first)
    assert {c.second.text for c in found.carriers("schools") if c.second} == set(NEW.splitlines()[1:])
    assert [c.fate for c in found.carriers("farms")] == [Fate.GONE]


def test_the_same_text_changes_nothing(small_model: Model) -> None:
    found = compare([from_text(OLD)], [from_text(OLD)], small_model)
    assert {change.difference for change in found.changes} == {0}
    assert found.counts()[Fate.KEPT] == 2


def test_json_holds_everything(classify: Classify, files: tuple[Path, Path], small_bundle: Path) -> None:
    done = classify("compare", *files, "--format", "json", "--model", small_bundle, "--lang", "en")
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)
    assert (row["first"]["name"], row["second"]["name"]) == ("old.txt", "new.txt")
    assert row["counts"] == {"kept": 1, "reworded": 0, "new": 2, "gone": 1}
    assert {area["name"] for area in row["areas"]} == {"Farms", "Schools", "Roads"}
    assert [p["fate"] for p in row["paragraphs"]] == ["kept", "new", "new", "gone"]
    assert len(row["about"]["model"]) == 64


def test_a_table_names_what_carries_the_change(
    classify: Classify, files: tuple[Path, Path], small_bundle: Path
) -> None:
    out = classify("compare", *files, "--model", small_bundle).stdout
    assert "段落：保留 1，改写 0，新增 2，删去 1" in out
    assert "新增" in out
    assert "招聘教师30名" in out


def test_a_page_shows_both_side_by_side(
    classify: Classify, files: tuple[Path, Path], small_bundle: Path, tmp_path: Path
) -> None:
    out = tmp_path / "page.html"
    assert classify("compare", *files, "--format", "html", "--out", out, "--model", small_bundle).exit_code == 0
    outline = Outline(out.read_text(encoding="utf-8"))
    for line in (OLD + NEW).splitlines():
        assert line in outline.text
    assert outline.addresses == []


def test_what_cannot_be_read_is_told(classify: Classify, files: tuple[Path, Path], small_bundle: Path) -> None:
    result = classify("compare", files[0], files[0].parent / "none.txt", "--model", small_bundle)
    assert result.exit_code == 2
    assert "none.txt: no such file or folder" in result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of two counties in two years; one of them is about schools from the second year on."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for place in ("南河县", "石桥县"):
        for year in (2012, 2022):
            text = NEW if (place, year) == ("石桥县", 2022) else OLD
            (reports / f"{place}_{year}.txt").write_text(text, encoding="utf-8")
    return reports


@pytest.mark.parametrize(
    ("by", "first", "second", "documents"),
    [("year", "2012", "2022", 2), ("place", "南河县", "石桥县", 2), ("level", "county", "county", 4)],
)
def test_groups_are_compared(
    classify: Classify, folder: Path, small_bundle: Path, by: str, first: str, second: str, documents: int
) -> None:
    done = classify("compare", folder, "--by", by, first, second, "--format", "json", "--model", small_bundle)
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)
    assert [row[side]["name"] for side in ("first", "second")] == [first, second]
    assert [row[side]["documents"] for side in ("first", "second")] == [documents, documents]
    schools = next(area for area in row["areas"] if area["area"] == "schools")
    assert (schools["difference"] > 0) == (by != "level")


def test_a_table_of_groups_names_them_and_their_reports(classify: Classify, folder: Path, small_bundle: Path) -> None:
    args = ("compare", folder, "--by", "y", "--name-pattern", r"_(?P<y>\d+)", "2012", "2022", "--model", small_bundle)
    out = classify(*args).stdout
    assert "2012（2 份） → 2022（2 份）" in out
    assert "仅后者" in out
    assert "石桥县_2022" in out


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--by", "year", "2012", "2013"], "--by year 2013: no document has this value; there are: 2012, 2022"),
        (["--by", "colour", "red", "blue"], "--by colour: no document has it"),
        (["--by", "year", "2012"], "--by year: needs paths and then two values"),
        (["--name-pattern", "(?P<a>x)"], "--name-pattern: is for --by"),
        ([], "takes two reports or folders, not 1"),
    ],
)
def test_groups_that_are_not_there_are_told(
    classify: Classify, folder: Path, small_bundle: Path, args: list[str], told: str
) -> None:
    done = classify("compare", folder, *args, "--model", small_bundle)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_bad_file_of_a_folder_is_told_and_the_others_are_compared(
    classify: Classify, folder: Path, small_bundle: Path
) -> None:
    (folder / "bad_2012.docx").write_bytes(b"PK\x03\x04")
    done = classify("compare", folder, "--by", "year", "2012", "2022", "--model", small_bundle)
    assert done.exit_code == 2
    assert "bad_2012.docx" in done.stderr
    assert "2012（2 份）" in done.stdout


def test_each_document_is_tagged_once(small_model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    tagged: list[str] = []
    predict = Model.predict

    def counting(self: Model, document: Document) -> list[Prediction]:
        tagged.append(document.name)
        return predict(self, document)

    monkeypatch.setattr(Model, "predict", counting)
    compare([from_text(OLD, "a"), from_text(NEW, "b")], [from_text(NEW, "c")], small_model)
    assert tagged == ["a", "b", "c"]


def test_of_very_many_paragraphs_only_figures_are_kept(small_model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_KEPT", 2)
    found = compare([from_text(OLD)], [from_text(NEW)], small_model)
    assert found.paragraphs is None
    assert {c.area: c.difference for c in found.changes}["schools"] > 0
