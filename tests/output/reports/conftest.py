"""A small report of an evaluation, with a part of every kind."""

import numpy as np
import pytest

from classifier.evaluation.annotator_agreement import AnnotatorAgreement
from classifier.evaluation.build_report import Extras, build_report
from classifier.evaluation.comparison import compare_predictions
from classifier.evaluation.error_cases import ErrorCase
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.learning_curve import LearningCurve
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.evaluation.report import EvaluationReport
from tests.conftest import AREAS


@pytest.fixture(scope="package")
def predictions() -> EvaluatedPredictions:
    """Forty paragraphs of one sentence, of eight reports in two folds; nothing has the last area."""
    generator = np.random.default_rng(0)
    truth = generator.random((40, 3)) < 0.4
    truth[:, 2] = False
    scores = np.clip(truth * 0.5 + generator.random((40, 3)) * 0.6, 0, 0.99)
    scores[:, 2] = 0.1
    reports = tuple(f"r{i // 5}" for i in range(40))
    ids, fold = tuple(a.id for a in AREAS), np.arange(40) // 20
    disputed = np.zeros((40, 3), dtype=np.bool_)
    disputed[:4, 2] = True
    sentences = EvaluatedPredictions(
        ids, truth, scores, reports, fold, disputed=disputed, evidence=scores >= 0.6, row_to_paragraph=np.arange(40)
    )
    return EvaluatedPredictions(ids, truth, scores, reports, fold, sentences=sentences)


@pytest.fixture(scope="package")
def report(predictions: EvaluatedPredictions) -> EvaluationReport:
    paragraphs = [EvaluatedParagraph(f"p{i}", r, 1 + i % 3, "county", 2020) for i, r in enumerate(predictions.reports)]
    cases = (
        ErrorCase("farms", True, 0.21, "p3", 1, "粮食|丰收。", ("粮食", "丰收")),
        ErrorCase("roads", False, 0.7, "p4", 2, "", ()),
    )
    extras = Extras(
        baselines={"majority": np.zeros(predictions.scores.shape)},
        error_cases=cases,
        compared={"macro": compare_predictions(predictions, predictions, seed=0)},
        sentences_compared={"macro": compare_predictions(predictions, predictions, seed=0)},
        learning_curve=LearningCurve((10, 10), (0.5, 0.5), float("nan"), (0.6, 0.6), float("nan")),
        annotator_agreement=AnnotatorAgreement(0.875),
        duplicates=((0, 25),),
    )
    return build_report(predictions, AREAS, paragraphs, {"file": "a.jsonl", "settings": {"c": 0.5}}, extras)
