"""The experiments on suggestions and planted errors run from settings to report on a small labelled set."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import planted_labels, suggested_labels
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet
from classifier.selection.forecast import load_curves
from classifier.settings import Settings
from tests.conftest import labelled_rows, labels_folder

SUGGESTIONS = """
labels = ["{labels}"]
held_out = 0.25
pool = 40
start = 12
step = 6
rounds = 2
repeats = 2
folds = 2
char_ngrams = 2
strategies = ["random", "suggest", "nearest to the threshold"]
[curve]
points = [12, 24]
step = 6
repeats = 2
"""
PLANTED = """
labels = ["{labels}"]
paragraphs = 60
wrong = 0.1
folds = 2
char_ngrams = 2
repeats = 2
"""


def experiment(folder: Path, settings: str) -> Path:
    labels = labels_folder(folder / "labels", labelled_rows(12))
    (folder / "settings.toml").write_text(settings.format(labels=labels.as_posix()), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_strategies_and_curves_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = experiment(tmp_path, SUGGESTIONS)
    suggested_labels.main([str(folder), "--curve", str(folder / "curve.json")])
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    found = report["results"]["strategies"]
    assert found["paragraphs"] == [12, 18, 24]
    assert {np.shape(own) for own in found["macro_f1"].values()} == {(2, 3)}
    first = [[run[0] for run in own] for own in found["macro_f1"].values()]
    assert first[0] == first[1] == first[2]  # all begin with the same paragraphs
    low, high = found["against_random"]["suggest"]["gain"][1:]
    assert low <= found["against_random"]["suggest"]["gain"][0] <= high
    assert load_curves(folder / "curve.json").macro_f1.shape == (2, 2)
    assert "| suggest |" in capsys.readouterr().out


def test_a_chosen_paragraph_is_worth_as_many_random_ones_as_reach_the_same() -> None:
    sizes = [100, 200, 300, 500]
    random = [0.9 - 4 * n**-0.6 for n in sizes]
    twice = [random[0], *(0.9 - 4 * (100 + 2 * (n - 100)) ** -0.6 for n in sizes[1:])]
    found = suggested_labels.savings(sizes, {"random": [random] * 3, "suggest": [twice] * 3})["suggest"]
    assert found["worth_100"] == pytest.approx([200] * 3, rel=0.02)
    assert found["gain"][0] > 0


@pytest.mark.slow
def test_planted_errors_are_found_more_often_than_by_chance(tmp_path: Path) -> None:
    folder = experiment(tmp_path, PLANTED)
    planted_labels.main([str(folder)])
    results = json.loads((folder / "report.json").read_text(encoding="utf-8"))["results"]
    assert results["average precision"][0] > 2 * results["chance"][0]


def test_planted_errors_are_those_that_are_said(small_set: LabelledSet) -> None:
    areas = small_set.taxonomy.areas
    labels = count_labels(small_set.examples, areas, {}, Settings(char_ngrams=1))
    wrong, planted = planted_labels.plant(labels, 0.5, np.random.default_rng(0))
    assert (wrong.targets != labels.targets).tolist() == planted.tolist()
    assert planted.sum(axis=1).max() == 1
    of_paragraphs = np.zeros(planted.shape, dtype=bool)
    np.logical_or.at(of_paragraphs, wrong.sentence_to_paragraph, wrong.labels == 1)
    assert of_paragraphs.tolist() == wrong.targets.tolist()
