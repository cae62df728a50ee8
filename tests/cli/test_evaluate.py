import json
from pathlib import Path

import pytest

from classifier.resources import default_model
from tests.cli.conftest import Run, one_line
from tests.conftest import labelled_rows, texts_of, write_rows


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("on") / "on.jsonl", labelled_rows(6, by_sentence=False))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_report(
    classify: Run, small_labels: Path, small_bundle: Path, on_file: Path, tmp_path: Path, lang: str
) -> None:
    other = tmp_path / "other.toml"
    other.write_text("char_ngrams = 0\nmin_sentences = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--lang", lang, "--out", tmp_path / "out", "--compare", other)
    result = classify("evaluate", "--on", on_file, "--model", small_bundle, "--baselines", *options)
    assert result.exit_code == 0, result.output
    names = {p.name for p in (tmp_path / "out").iterdir()}
    charts = {f"{n}.{s}" for n in ("areas", "precision_recall", "reliability", "confusion") for s in ("svg", "png")}
    assert names == {"report.json", "report.md", "report.html"} | charts
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert {"majority", "keywords", "plain"} == set(report["baselines"])
    assert set(report["compared"]) == {"macro", "core"}
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert ("评估报告" if lang == "zh" else "Evaluation of") in page
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "![areas](areas.svg)" in text


@pytest.mark.slow
def test_the_report_of_cross_validation(classify: Run, small_labels: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "settings.toml"
    chosen.write_text("min_sentences = 2\nfolds = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--settings", chosen, "--out", tmp_path / "out", "--lang", "en")
    result = classify("evaluate", "--cv", 3, *options)
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [f["fold"] for f in report["folds"]] == [1, 2, 3]
    assert len(report["learning_curve"]["sentences"]) == len(report["learning_curve"]["sentence_f1"]) == 4
    assert report["sentences"]["averages"].keys() == report["averages"].keys()
    assert report["sentences"]["sentences"] == sum(len(texts_of(row)) for row in labelled_rows(6))
    assert report["duplicates"]["pairs"] >= 0
    assert report["baselines"] == {}  # which were not asked for
    assert (tmp_path / "out" / "learning_curve.svg").is_file()


@pytest.mark.parametrize("chosen", [(), ("--on", "x.jsonl", "--cv", 2)])
def test_a_file_or_folds_must_be_given_and_not_both(classify: Run, chosen: tuple[object, ...]) -> None:
    assert one_line(classify("evaluate", *chosen)) == "error: evaluate: give either --on FILE.jsonl or --cv K"


def test_documents_are_those_of_a_file(classify: Run, tmp_path: Path) -> None:
    line = one_line(classify("evaluate", "--cv", 2, "--documents", tmp_path))
    assert line == "error: evaluate: --documents goes with --on FILE.jsonl, not with --cv"


@pytest.mark.slow
def test_sentences_are_told_beside_paragraphs(
    classify: Run, small_labels: Path, small_bundle: Path, tmp_path: Path
) -> None:
    rows = labelled_rows(2)
    rows[0]["sentences"][0]["disputed"] = ["roads"]  # type: ignore[index]
    on = write_rows(tmp_path / "on.jsonl", rows)
    other = tmp_path / "other.toml"
    other.write_text("char_ngrams = 0\nmin_sentences = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--lang", "en", "--compare", other, "--out", tmp_path / "out")
    result = classify("evaluate", "--on", on, "--model", small_bundle, *options)
    assert result.exit_code == 0, result.output
    sentences = sum(len(texts_of(row)) for row in rows)
    assert f"{sentences} sentences; labels in dispute, which count neither way: 1" in result.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["sentences"]
    assert (report["sentences"], report["disputed"]) == (sentences, 1)
    assert set(report["compared"]) == {"macro", "core"}
    assert sum(b["count"] for b in report["calibration"]["bins"]) == sentences * len(report["areas"]) - 1


def test_too_many_folds(classify: Run, small_labels: Path) -> None:
    result = classify("evaluate", "--cv", 9, "--labels", small_labels, "--jobs", 1)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("error: labels: 6 reports cannot make 9 folds")


def test_an_empty_file_is_told(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    empty = write_rows(tmp_path / "empty.jsonl", [])
    line = one_line(classify("evaluate", "--on", empty, "--model", small_bundle))
    assert line.startswith(f"error: {empty}: no paragraphs; it needs one JSON object")


def test_models_are_not_compared_with_folds(classify: Run, small_labels: Path, small_bundle: Path) -> None:
    line = one_line(classify("evaluate", "--cv", 2, "--labels", small_labels, "--compare", small_bundle))
    assert line == f"error: {small_bundle}: with --cv, settings are compared; give a .toml file"


def test_models_of_other_areas_are_not_compared(classify: Run, on_file: Path, small_bundle: Path) -> None:
    line = one_line(classify("evaluate", "--on", on_file, "--model", small_bundle, "--compare", default_model()))
    assert "has other areas than the model" in line
