import pickle
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pyarrow as pa
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from classifier import PolicyAreaClassifier
from classifier.documents.parse import from_text
from classifier.model.bundle import load_model, save_model
from classifier.model.model import Model
from tests.conftest import AREAS, labelled_rows

ROWS = labelled_rows(6, by_sentence=False)
TEXTS = [str(r["text"]) for r in ROWS]
TARGETS = np.array([[a.id in str(r["areas"]) for a in AREAS] for r in ROWS], dtype=np.int64)
REPORTS = [str(r["report"]) for r in ROWS]


def estimator() -> PolicyAreaClassifier:
    return PolicyAreaClassifier(min_sentences=2, c=1.0)


def test_fit_and_predict() -> None:
    tagger = estimator().fit(TEXTS, TARGETS, groups=REPORTS)
    predicted = tagger.predict(TEXTS)
    assert predicted.shape == TARGETS.shape
    assert (predicted == TARGETS).mean() > 0.95
    probabilities = tagger.predict_proba(TEXTS)
    assert ((probabilities >= 0.5) == (tagger.decision_function(TEXTS) >= 0)).all()
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


def test_an_empty_paragraph_has_a_finite_score() -> None:
    tagger = estimator().fit(TEXTS, TARGETS)
    assert np.isfinite(tagger.decision_function(["", "\u200b"])).all()
    assert not tagger.predict([""]).any()


def test_parameters_and_clone() -> None:
    tagger = PolicyAreaClassifier(c=2.0, user_words={"高标准农田": 9})
    copy = clone(tagger)
    assert copy.get_params() == tagger.get_params()
    assert copy.set_params(char_ngrams=2).char_ngrams == 2
    with pytest.raises(NotFittedError):
        copy.predict(TEXTS)


@pytest.mark.slow
def test_grid_search_in_a_pipeline() -> None:
    pipeline = make_pipeline(FunctionTransformer(), estimator())
    grid = {"policyareaclassifier__c": [0.01, 1.0]}
    search = GridSearchCV(pipeline, grid, cv=GroupKFold(3)).fit(TEXTS, TARGETS, groups=REPORTS)
    assert search.best_params_ == {"policyareaclassifier__c": 1.0}
    assert search.predict(TEXTS).shape == TARGETS.shape


@pytest.mark.parametrize("targets", [[1] * len(TEXTS), TARGETS[:3], TARGETS * 2])
def test_other_shapes_of_y_are_refused(targets: object) -> None:
    with pytest.raises(ValueError, match="y must"):
        estimator().fit(TEXTS, targets)


def dumped(value: object) -> Any:
    buffer = BytesIO()
    joblib.dump(value, buffer)
    buffer.seek(0)
    return joblib.load(buffer)


@pytest.mark.parametrize(
    "copied", [deepcopy, dumped, lambda v: pickle.loads(pickle.dumps(v))], ids=["deepcopy", "joblib", "pickle"]
)
def test_an_estimator_that_has_predicted_can_be_copied_and_stored(copied: Callable[[Any], Any]) -> None:
    tagger = estimator().fit(TEXTS, TARGETS)
    before = tagger.decision_function(TEXTS)
    again = copied(tagger)
    assert again.get_params() == tagger.get_params()
    assert (again.decision_function(TEXTS) == before).all()
    assert copied(tagger.to_model()).predict(from_text(TEXTS[0])) == tagger.to_model().predict(from_text(TEXTS[0]))


@pytest.mark.slow
def test_cross_validation_in_processes_returns_its_estimators() -> None:
    found = cross_validate(estimator(), TEXTS, TARGETS, cv=3, n_jobs=2, return_estimator=True, error_score="raise")
    assert len(found["estimator"]) == 3
    assert all(e.predict(TEXTS).shape == TARGETS.shape for e in found["estimator"])


def test_from_a_model_and_back(small_model: Model) -> None:
    tagger = PolicyAreaClassifier.from_model(small_model)
    assert tagger.to_model() is small_model
    assert tagger.get_params()["min_sentences"] == small_model.settings.min_sentences
    assert len(tagger.classes_) == len(small_model.areas)
    (prediction,) = small_model.predict(from_text(TEXTS[0]))
    assert tagger.predict_proba([TEXTS[0]])[0] == pytest.approx(prediction.probabilities, abs=1e-4)
    with pytest.raises(NotFittedError):
        clone(tagger).to_model()


def test_the_model_of_an_estimator_can_be_written(tmp_path: Path) -> None:
    tagger = estimator().fit(TEXTS, TARGETS)
    save_model(tagger.to_model(), tmp_path / "model", "card")
    again = PolicyAreaClassifier.from_model(load_model(tmp_path / "model"))
    assert again.predict_proba(TEXTS) == pytest.approx(tagger.predict_proba(TEXTS))


WRONG_TEXTS = [
    (TEXTS[0], "not one string"),
    (TEXTS[0].encode(), "not one string"),
    (pa.table({"text": TEXTS}), r"not a table of shape \(36, 1\)"),
    (np.array([TEXTS]), r"not a table of shape \(1, 36\)"),
    ([*TEXTS[:3], float("nan"), *TEXTS[4:]], "paragraph 3 is nan"),
    ([*TEXTS[:-1], None], "paragraph 35 is None"),
    (range(len(TEXTS)), "paragraph 0 is 0"),
]


@pytest.mark.parametrize(("texts", "message"), WRONG_TEXTS)
def test_what_is_no_list_of_texts_is_refused_in_one_line(small_model: Model, texts: Any, message: str) -> None:
    for act in (
        lambda: estimator().fit(texts, TARGETS),
        lambda: PolicyAreaClassifier.from_model(small_model).predict(texts),
    ):
        with pytest.raises(ValueError, match=message) as caught:
            act()
        assert "\n" not in str(caught.value)


def test_a_data_frame_is_refused() -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match=r"not a table of shape \(36, 1\); give one column"):
        estimator().fit(pandas.DataFrame({"text": TEXTS}), TARGETS)
    assert estimator().fit(pandas.Series(TEXTS), pandas.DataFrame(TARGETS)).predict(TEXTS).shape == TARGETS.shape


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ([[1, 0]] * (len(TEXTS) - 1) + [[1]], "its rows differ in length"),
        ([["farms"]] * (len(TEXTS) - 1) + [["farms", "roads"]], "its rows differ in length"),
        (np.where(TARGETS == 0, np.nan, TARGETS), "0 and 1 only"),
    ],
)
def test_ragged_and_missing_labels_are_refused_in_one_line(targets: object, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        estimator().fit(TEXTS, targets)
    assert "\n" not in str(caught.value)


def test_groups_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="groups must have a report for each of 36 paragraphs, not 35"):
        estimator().fit(TEXTS, TARGETS, groups=REPORTS[:-1])
