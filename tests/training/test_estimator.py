import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from classifier import PolicyAreaClassifier
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
    tagger = PolicyAreaClassifier(c=2.0, words={"高标准农田": 9})
    copy = clone(tagger)
    assert copy.get_params() == tagger.get_params()
    assert copy.set_params(char_ngrams=2).char_ngrams == 2
    with pytest.raises(NotFittedError):
        copy.predict(TEXTS)


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
