import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Classify = Callable[..., Result]
TEXT = "各位代表：\n招聘教师30名，教育质量提升。\n改造国道30公里。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_json_has_an_object_for_each_area(classify: Classify, report: Path, small_bundle: Path) -> None:
    done = classify("explain", report, "--line", 2, "--format", "json", "--model", small_bundle)
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert [row["area"] for row in rows] == ["farms", "schools", "roads"]
    for row in rows:
        assert set(row) == {"area", "probability", "logit", "intercept", "tagged", "contributions"}
        total = row["intercept"] + sum(c["value"] for c in row["contributions"])
        assert total == pytest.approx(row["logit"], abs=1e-9)
        assert {c["kind"] for c in row["contributions"]} <= {"sentence", "clause", "term", "area"}
        assert all(set(c) == {"kind", "name", "start", "end", "value"} for c in row["contributions"])


def test_a_sentence_is_explained_by_itself(classify: Classify, report: Path, small_bundle: Path) -> None:
    report.write_text("招聘教师30名。改造国道30公里，新建桥梁2座。", encoding="utf-8")
    options = ["--line", 1, "--area", "roads", "--model", small_bundle, "--lang", "en"]
    rows = [
        json.loads(classify("explain", report, *options, "--format", "json", "--sentence", n).stdout)[0] for n in (1, 2)
    ]
    assert [row["tagged"] for row in rows] == [False, True]
    for row in rows:
        total = row["intercept"] + sum(c["value"] for c in row["contributions"])
        assert total == pytest.approx(row["logit"], abs=1e-9)
    assert {"previous", "lead", "highest"} <= {c["kind"] for c in rows[1]["contributions"]}
    shown = classify("explain", report, *options, "--sentence", 2).stdout
    assert "areas that stand out here (Roads)" in shown


def test_text_shows_the_paragraph_and_what_speaks_for_an_area(
    classify: Classify, report: Path, small_bundle: Path
) -> None:
    done = classify("explain", report, "--line", 2, "--area", "schools", "--model", small_bundle)
    assert done.exit_code == 0, done.output
    assert "招聘教师30名，教育质量提升。" in done.stdout
    assert "教育 " in done.stdout
    assert "已标注" in done.stdout
    assert "“教师” +" in done.stdout
    english = classify("explain", report, "--line", 2, "--model", small_bundle, "--lang", "en").stdout
    assert "Schools" in english
    assert "not tagged" in english


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--line", 1], "line 1 is of kind salutation and gets no areas"),
        (["--line", 9], "no paragraph at line 9; the nearest is at line 3"),
        (["--line", 2, "--document", "other"], "no document 'other' in it"),
        (["--line", 2, "--area", "nothing"], "unknown area nothing"),
        (["--line", 2, "--sentence", 2], "line 2 has no sentence 2 with text; give --sentence from 1 to 1"),
    ],
)
def test_what_cannot_be_explained_is_told(
    classify: Classify, report: Path, small_bundle: Path, options: list[object], message: str
) -> None:
    done = classify("explain", report, *options, "--model", small_bundle)
    assert done.exit_code == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_of_several_documents_one_is_named(classify: Classify, report: Path, small_bundle: Path) -> None:
    (report.parent / "other.txt").write_text(TEXT, encoding="utf-8")
    done = classify("explain", report.parent, "--line", 2, "--model", small_bundle)
    assert done.exit_code == 2
    assert "2 documents; give --document, such as 'other.txt'" in done.stderr
    found = classify(
        "explain", report.parent, "--line", 3, "--document", "other.txt", "--model", small_bundle, "--area", "roads"
    )
    assert "改造国道30公里。" in found.stdout
