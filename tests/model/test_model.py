import copy
import pickle
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import joblib
import numpy as np
import pytest
from hypothesis import given, settings

from classifier import compiled
from classifier.documents.parse import from_text
from classifier.model.bundle import load_model
from classifier.model.calibration import Calibration
from classifier.model.model import Model
from classifier.records import CONTENT, Kind
from classifier.settings import Settings
from tests.strategies import documents
from tests.test_house import loaded_by

REPORT = (
    "农业报告\n各位代表：\n新建小学5所，增加学位200个。改造国道30公里。\n一、粮食总产达到9万吨\n这些成绩来之不易。\n"
)


def test_paragraphs_get_the_areas_of_their_sentences(small_model: Model) -> None:
    found = [(p.paragraph.kind, {a.id for a in p.areas}) for p in small_model.predict(from_text(REPORT))]
    assert found == [
        (Kind.TITLE, set()),
        (Kind.SALUTATION, set()),
        (Kind.PARAGRAPH, {"schools", "roads"}),
        (Kind.HEADING, {"farms"}),
        (Kind.PARAGRAPH, set()),
    ]


def test_each_sentence_is_evidence_for_its_own_area(small_model: Model) -> None:
    prediction = small_model.predict(from_text(REPORT))[2]
    assert [[a.id for a in e] for e in prediction.evidence] == [["schools"], ["roads"]]


@settings(deadline=None, max_examples=60)
@given(documents)
def test_areas_follow_the_score_and_have_evidence(small_model: Model, text: str) -> None:
    for p in small_model.predict(from_text(text)):
        scores = {a.id: a.score for a in p.scores}
        assert {a.id for a in p.areas} == {a for a, s in scores.items() if s >= Settings.threshold}
        assert [a.score for a in p.areas] == sorted((a.score for a in p.areas), reverse=True)
        assert all(area.score == scores[area.id] for area in p.areas)
        evident = {e.id for row in p.evidence for e in row}
        assert evident == {a.id for a in p.areas}
        if p.paragraph.kind not in CONTENT:
            assert not any(scores.values())


@settings(deadline=None, max_examples=30)
@given(documents)
def test_paragraphs_are_tagged_alike_alone_and_together(small_model: Model, text: str) -> None:
    document = from_text(text)
    together = small_model.predict(document)
    alone = [p for paragraph in document.paragraphs for p in small_model.predict_paragraphs([paragraph])]
    assert alone == together


def test_areas_stand_best_first_and_alike_ones_in_their_order(small_model: Model) -> None:
    flat = Calibration(np.zeros(3), np.zeros(3), np.zeros((3, 10)), np.array([1.0, 2.0, 1.0]))
    (prediction,) = replace(small_model, calibration=flat).predict_paragraphs(from_text(REPORT).paragraphs[2:3])
    assert [(a.id, a.score) for a in prediction.areas] == [("schools", 0.8808), ("farms", 0.7311), ("roads", 0.7311)]
    assert {a.id for row in prediction.evidence for a in row} == {"schools", "farms", "roads"}


def pickled(model: Model) -> Model:
    made: Model = pickle.loads(pickle.dumps(model))
    return made


def dumped(model: Model) -> Model:
    file = BytesIO()
    joblib.dump(model, file)
    file.seek(0)
    made: Model = joblib.load(file)
    return made


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, pickled, dumped])
@pytest.mark.parametrize("built", [True, False])
def test_a_model_that_has_predicted_can_be_copied(
    small_bundle: Path, copied: Callable[[Model], Model], built: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "BUILT", built and compiled.BUILT)
    model = load_model(small_bundle)
    model.warm_up()
    found = model.predict(from_text(REPORT))
    assert copied(model).predict(from_text(REPORT)) == found
    assert copied(copied(model)).predict(from_text(REPORT)) == found
    assert model.predict(from_text(REPORT)) == found


def test_a_copy_is_no_larger_for_what_the_model_has_done(small_bundle: Path) -> None:
    model = load_model(small_bundle)
    before = len(pickle.dumps(model))
    model.predict(from_text(REPORT))
    _ = model.vocabulary.terms, model.vocabulary.word_columns, model.classifiers.table
    assert len(pickle.dumps(model)) <= before


class ScipyWasUsedError(Exception):
    """Raised in place of scipy's work."""


def test_without_the_kernel_scipy_is_used_after_warm_up_alone(
    small_bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ScipyWasUsedError

    monkeypatch.setattr(compiled, "BUILT", False)
    monkeypatch.setattr("scipy.sparse.csr_array", refuse)
    model = load_model(small_bundle)
    assert len(model.predict(from_text(REPORT))) == 5
    model.warm_up()
    with pytest.raises(ScipyWasUsedError):
        model.predict(from_text(REPORT))
    assert len(pickled(model).predict(from_text(REPORT))) == 5


def test_with_the_kernel_scipy_is_never_loaded() -> None:
    if not compiled.BUILT:
        pytest.skip("no compiled kernel here; it is built where there is a C compiler")
    assert "scipy" not in loaded_by("import classifier\nclassifier.load_model().warm_up()")
