from pathlib import Path

import numpy as np
import pytest

from classifier.errors import ClassifierError
from classifier.labelling.sources import LabelledSet
from classifier.model.model import Model
from classifier.settings import Settings
from classifier.tasks.evaluate import evaluate_cv, evaluate_file, evaluate_on
from classifier.training.training_set import as_training_set
from tests.conftest import labelled_rows, write_rows


@pytest.mark.slow
def test_a_model_is_evaluated_on_examples(small_model: Model, small_set: LabelledSet) -> None:
    found = evaluate_on(small_set.examples, small_model, {"file": "x"}, None, small_model)
    assert found.areas == small_model.areas
    assert found.report is not None
    assert found.report.baselines == {}
    assert set(found.report.compared) == {"macro", "core"}
    assert found.report.compared["macro"].difference == 0
    assert found.report.learning_curve is None


@pytest.mark.slow
def test_baselines_are_learned_from_labels(
    small_model: Model, small_bundle: Path, small_labels: Path, tmp_path: Path
) -> None:
    on = write_rows(tmp_path / "on.jsonl", labelled_rows(2, by_sentence=False))
    told: list[str] = []
    found = evaluate_file(on, model=small_bundle, labels=[small_labels], baselines=True, progress=told.append)
    assert told == ["learning the baselines from the labels"]
    assert found.report is not None
    assert set(found.report.baselines) == {"majority", "keywords", "plain"}
    assert found.report.about["file"] == "on.jsonl"


def test_settings_cannot_be_evaluated_without_labels(tmp_path: Path) -> None:
    chosen = tmp_path / "settings.toml"
    chosen.touch()
    with pytest.raises(ClassifierError, match="settings need labels to train on"):
        evaluate_file(tmp_path / "on.jsonl", settings=chosen)


@pytest.mark.slow
def test_without_a_report_only_predictions_are_made(small_labels: Path) -> None:
    found = evaluate_cv(as_training_set([small_labels]), 2, Settings(min_sentences=2, folds=2), {}, full=False)
    assert found.report is None
    assert np.unique(found.predictions.fold).tolist() == [0, 1]
    assert len(found.predictions.truth) == 36
