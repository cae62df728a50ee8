"""The bench runs from settings to report on a small labelled set."""

import json
from pathlib import Path

import numpy as np
import pytest

from classifier.evaluation.evaluated import EvaluatedPredictions
from experiments import bench
from tests.conftest import labelled_rows, write_rows

SETTINGS = """
labels = ["{labels}"]
folds = 2
measure = ["{file}", "{file}.missing"]

[variants]
"all terms" = {{ min_sentences = 2 }}
"words alone" = {{ min_sentences = 2, char_ngrams = 0{more} }}
"""


@pytest.fixture
def experiment(tmp_path: Path, small_labels: Path) -> Path:
    """A folder with settings for the bench."""
    file = write_rows(tmp_path / "new.jsonl", labelled_rows(2, by_sentence=False))
    return written(tmp_path / "experiment", small_labels, file)


def written(folder: Path, labels: Path, file: Path, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    text = SETTINGS.format(labels=labels.as_posix(), file=file.as_posix(), more=more)
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_report_has_what_went_in_and_what_came_out(experiment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench.main([str(experiment)])
    report = json.loads((experiment / "report.json").read_text(encoding="utf-8"))
    assert list(report) == ["commit", "version", "data", "files", "settings", "results"]
    assert report["files"].keys() == {"new.jsonl"}
    assert report["settings"]["folds"] == 2
    results = report["results"]
    assert (results["paragraphs"], results["reports"]) == (36, 6)
    first, second = results["variants"].values()
    assert first.keys() == {"held out", "sentences", "new"}
    assert second.keys() == {"held out", "difference", "sentences", "new"}
    for areas in ("all", "core"):
        found = second["difference"][areas]
        assert found["difference"] == pytest.approx(second["held out"][areas] - first["held out"][areas], abs=2e-4)
        assert found["low"] <= found["difference"] <= found["high"]
        assert 0 < found["p"] <= 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| variant | held out | difference | p | sentences | new |"
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| all terms", "| words alone"]


@pytest.mark.slow
def test_variants_on_other_folds_are_refused(experiment: Path, small_labels: Path) -> None:
    written(experiment, small_labels, experiment.parent / "none.jsonl", more=", seed = 5")
    with pytest.raises(SystemExit, match="same seed"):
        bench.main([str(experiment)])


@pytest.mark.slow
def test_what_a_variant_does_not_learn_from_is_held_out_all_the_same(tmp_path: Path, small_labels: Path) -> None:
    """The folds and what is measured stay as they are."""
    text = f'labels = ["{small_labels.as_posix()}"]\nfolds = 2\n[variants]\n'
    text += '"all" = { min_sentences = 2 }\n"fewer" = { min_sentences = 2 }\n[not_learned]\n"fewer" = "r5"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    bench.main([str(tmp_path)])
    results = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["results"]
    assert results["paragraphs"] == 36
    first, second = results["variants"].values()
    assert first["sentences"] != second["sentences"]


def test_sentences_of_extracts_have_figures_of_their_own() -> None:
    """The first two paragraphs are of an extract and wholly wrong, the last one is right."""
    truth = np.array([[True], [True], [True]])
    wrong = np.array([[False], [False], [True]])
    one, other = (
        EvaluatedPredictions(("a",), truth, tagged * 0.9, tuple("abc"), evidence=tagged, row_to_paragraph=np.arange(3))
        for tagged in (truth, wrong)
    )
    first, run = (EvaluatedPredictions(("a",), s.truth, s.scores, s.reports, sentences=s) for s in (one, other))
    found = bench.of_sentences(run, first, np.array([True]), np.array([True, True, False]))
    assert found["real sentences"]["all"] == 0
    assert found["sentences"]["all"] > 0
    assert found["difference of real sentences"]["all"]["difference"] < 0
    assert bench.of_sentences(first, first, np.array([True]), np.array([False] * 3)).keys() == {"sentences"}


@pytest.mark.parametrize("text", ["thirds = 3", 'labels = ["labels"]\nfolds = 2\nvariants = {}\nnew = 1'])
def test_settings_of_other_scripts_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"settings\.toml: not settings of this bench"):
        bench.main([str(tmp_path)])


def test_a_folder_without_settings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such file"):
        bench.main([str(tmp_path)])


def test_an_undefined_figure_is_null_and_a_dash() -> None:
    assert bench.rounded(float("nan")) is None
    assert bench.percent([0.5, None]) == "50.00 / –"
