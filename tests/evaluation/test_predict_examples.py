from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.documents.structure import single_paragraph
from classifier.evaluation.predict_examples import predict_examples
from classifier.labelling.examples import load_examples
from classifier.model.bundle import load_model
from classifier.model.model import Model
from tests.conftest import write_rows

FARMS = "新建高标准农田3万亩，粮食总产达到20万吨。"
AIR = "空气质量优良天数达到310天。"
SCHOOLS = "新建小学2所。"


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def rows_of(model: Model, path: Path, rows: list[dict[str, object]]):  # type: ignore[no-untyped-def]
    return load_examples([write_rows(path / "on.jsonl", rows)], [a.id for a in model.areas], need_id=False)


def test_sentences_are_measured_by_the_evidence_of_predict(model: Model, tmp_path: Path) -> None:
    sentences = [
        {"text": FARMS, "areas": ["rural_revitalization"]},
        {"text": AIR, "areas": ["ecology"], "disputed": ["livelihoods"]},
    ]
    found = predict_examples(model, rows_of(model, tmp_path, [{"sentences": sentences}]))
    assert found.sentences is not None
    (prediction,) = model.predict_paragraphs([single_paragraph(FARMS + AIR)])
    ids = [a.id for a in model.areas]
    tagged = [{ids[i] for i in np.flatnonzero(row)} for row in found.sentences.predicted]
    assert tagged == [{a.id for a in own} for own in prediction.evidence]
    assert tagged == [{"rural_revitalization"}, {"ecology"}]
    assert found.truth.sum() == 2
    assert found.sentences.row_to_paragraph.tolist() == [0, 0]


def test_a_disputed_area_counts_neither_way(model: Model, tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"sentences": [{"text": FARMS, "areas": [], "disputed": ["rural_revitalization"]}]}
    ]
    found = predict_examples(model, rows_of(model, tmp_path, rows))
    assert found.sentences is not None
    for figures in (found, found.sentences):
        assert figures.scores.max() > 0.5
        assert not figures.predicted.any()
        assert (~figures.counted).sum() == 1


def test_an_area_that_another_sentence_has_is_not_disputed_of_the_paragraph(model: Model, tmp_path: Path) -> None:
    farms = "rural_revitalization"
    sentences = [{"text": FARMS, "areas": [farms]}, {"text": AIR, "areas": ["ecology"], "disputed": [farms]}]
    found = predict_examples(model, rows_of(model, tmp_path, [{"sentences": sentences}]))
    assert found.counted.all()
    assert found.sentences is not None
    assert (~found.sentences.counted).sum() == 1


def test_sentences_that_predict_cuts_otherwise_get_what_lies_in_them(model: Model, tmp_path: Path) -> None:
    """Two sentences labelled as one get the evidence of both, and one labelled as two gives its evidence to both."""
    both = rows_of(
        model, tmp_path, [{"sentences": [{"text": FARMS + AIR, "areas": ["rural_revitalization", "ecology"]}]}]
    )
    found = predict_examples(model, both).sentences
    assert found is not None
    assert np.array_equal(found.predicted, found.truth)
    halves = [{"text": half, "areas": ["rural_revitalization"]} for half in FARMS.partition("，")[::2]]
    found = predict_examples(model, rows_of(model, tmp_path, [{"sentences": halves}])).sentences
    assert found is not None
    assert np.array_equal(found.predicted[0], found.predicted[1])


def test_whole_paragraphs_have_no_sentences_to_measure(model: Model, tmp_path: Path) -> None:
    found = predict_examples(model, rows_of(model, tmp_path, [{"text": FARMS, "areas": ["rural_revitalization"]}]))
    assert found.sentences is None
    assert np.array_equal(found.predicted, found.truth)


def test_a_paragraph_is_tagged_in_its_document(model: Model, tmp_path: Path) -> None:
    """A line of the glossary at the end of a report is no paragraph of it, which the line alone does not tell."""
    lines = ["青禾县政府工作报告", "各位代表：", FARMS, AIR, "名词解释", f"1.农田：{FARMS}"]
    (tmp_path / "report.txt").write_text("\n".join(lines), encoding="utf-8")
    rows: list[dict[str, object]] = [
        {"document": "report.txt", "line": 3, "text": FARMS, "areas": ["rural_revitalization"]},
        {"document": "report.txt", "line": 6, "text": lines[5], "areas": []},
        {"document": "report.txt", "line": 4, "text": "另一段。", "areas": []},
        {"document": "missing.txt", "line": 4, "text": AIR, "areas": ["ecology"]},
    ]
    examples = rows_of(model, tmp_path, rows)
    told: list[str] = []
    placed = predict_examples(model, examples, tmp_path, told.append)
    assert told == ["paragraphs tagged in their documents: 2 of 4"]
    assert np.array_equal(placed.predicted, placed.truth)
    alone = predict_examples(model, [replace(e, document=None) for e in examples], tmp_path)
    assert alone.predicted[1].any()
    assert np.array_equal(np.delete(alone.scores, 1, axis=0), np.delete(placed.scores, 1, axis=0))
