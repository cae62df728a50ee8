"""The experiment on new areas runs from settings to report on a small labelled set, and hides what it says."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import hidden_areas
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts, count_labels
from classifier.labelling.sources import LabelledSet
from classifier.settings import Settings
from tests.conftest import labelled_rows, labels_folder

SETTINGS = """
labels = ["{labels}"]
folds = 2
areas = ["roads"]
labelled = [8]
absent = 0.5
terms = 1
[training]
folds = 2
char_ngrams = 2
"""


@pytest.fixture
def labels(small_set: LabelledSet) -> LabelledCounts:
    return count_labels(small_set.examples, small_set.taxonomy.areas, {}, Settings(char_ngrams=1))


@pytest.mark.slow
def test_a_hidden_area_is_learned_from_few_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hidden_areas, "seed_terms", lambda *_: ["国道", "桥梁", "公路"])
    folder = labels_folder(tmp_path / "labels", labelled_rows(12))
    (tmp_path / "settings.toml").write_text(SETTINGS.format(labels=folder.as_posix()), encoding="utf-8")
    hidden_areas.main([str(tmp_path)])
    rows = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["results"]["roads"]
    assert list(rows) == ["all", "8"]
    assert rows["8"]["f1"][0] > 50
    assert rows["8"]["cost"][1] <= rows["8"]["cost"][0] <= rows["8"]["cost"][2]
    assert capsys.readouterr().out.count("| Roads |") == 2


def test_only_what_is_shown_of_an_area_is_known(labels: LabelledCounts) -> None:
    shown = hidden_areas.chosen(labels, 2, 3, 2, np.random.default_rng(0))
    assert (labels.targets[shown, 2].sum(), shown.sum()) == (3, 5)
    hidden = hidden_areas.labelled_in(labels, 2, shown)
    assert hidden.known[:, 2].tolist() == shown.tolist()
    assert hidden.targets[:, 2].tolist() == (labels.targets[:, 2] & shown).tolist()
    assert set(hidden.labels[:, 2].tolist()) == {UNKNOWN, 0, UNLABELLED}
    assert hidden.clause_labels[:, 2].tolist() == hidden.labels[hidden.clause_to_sentence, 2].tolist()
    assert np.array_equal(hidden.labels[:, :2], labels.labels[:, :2])
    assert hidden_areas.without(labels, 2).labels.tolist() == labels.labels[:, :2].tolist()


def test_seed_terms_are_spread_over_the_file() -> None:
    terms = hidden_areas.seed_terms("ecology", 20)
    assert len(set(terms)) == 20
    assert not any("#" in term or "\t" in term for term in terms)
