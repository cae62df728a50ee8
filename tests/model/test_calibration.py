import numpy as np
import pytest

from classifier.model import calibration


def test_scores_of_paragraphs() -> None:
    scores = np.array([[1.0, 5.0], [3.0, 2.0], [calibration.NO_SCORE, calibration.NO_SCORE], [-1.0, 0.5]])
    clauses = np.array([[2.0, 1.0], [1.0, 4.0], [9.0, 9.0], [0.0, 0.0]])
    whole = calibration.gather_scores(scores, clauses, np.array([0, 0, 0, 2]), 3)
    assert whole.best.tolist() == [[3, 5], [calibration.NO_SCORE, calibration.NO_SCORE], [-1, 0.5]]
    assert whole.clause.tolist() == [[2, 4], [0, 0], [0, 0]]
    assert whole.around.tolist() == [[3, 5, 2, 3.5, 2, 4, np.log(2)], [0] * 7, [-1, 0.5, -1, 0.5, 0, 0, 0]]


def test_probability_of_nothing_is_nothing() -> None:
    assert calibration.sigmoid(np.array([-np.inf, 0.0, 40.0])).tolist() == pytest.approx([0, 0.5, 1])
    fitted = calibration.Calibration(np.ones(2), np.zeros(2), np.zeros((2, 7)), np.zeros(2))
    whole = calibration.gather_scores(np.full((1, 2), calibration.NO_SCORE), np.zeros((1, 2)), np.array([0]), 1)
    assert calibration.sigmoid(calibration.logits(fitted, whole)).tolist() == [[0, 0]]
