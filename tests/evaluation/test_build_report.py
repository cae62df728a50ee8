from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from classifier.evaluation.build_report import Extras, build_report
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import area_figures, micro
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.records import Area
from tests.evaluation.examples import evaluated


def paragraphs_of(predictions: EvaluatedPredictions) -> list[EvaluatedParagraph]:
    return [EvaluatedParagraph(f"p{i}", r, 1) for i, r in enumerate(predictions.reports)]


def test_figures_are_those_of_the_predictions_to_six_decimals() -> None:
    predictions = evaluated([[1, 0], [1, 0], [1, 0]], [[0.9, 0.1], [0.8, 0.6], [0.2, 0.2]], "aab")
    areas = (Area("a", "甲", "A", core=True), Area("b", "乙", "B"))
    report = build_report(predictions, areas, paragraphs_of(predictions), {"file": "x"}, Extras())
    assert dict(report.about) == {"file": "x", "paragraphs": 3, "reports": 2, "threshold": 0.5}
    assert report.areas[0].recall == 0.666667
    assert np.isnan(report.areas[1].recall)
    assert report.areas[0].f1 == pytest.approx(area_figures(predictions.truth, predictions.predicted).f1[0], abs=1e-6)
    assert report.averages["micro"].f1 == pytest.approx(micro(predictions.truth, predictions.predicted).f1, abs=1e-6)
    assert report.averages["core"].recall == 0.666667
    assert report.areas[0].interval.reason == "fewer than 5 reports"
    assert report.confusion.beside == ((0, 1), (0, 0))
    assert report.folds == ()
    assert (report.learning_curve, report.annotator_agreement, report.error_cases) == (None, None, ())
    with pytest.raises(FrozenInstanceError):
        report.folds = ()  # type: ignore[misc]


def test_without_core_areas_there_is_no_average_of_them() -> None:
    predictions = evaluated([[1]], [[0.9]], "a")
    report = build_report(predictions, (Area("a", "甲", "A"),), paragraphs_of(predictions), {}, Extras())
    assert list(report.averages) == ["macro", "micro"]
