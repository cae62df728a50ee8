import numpy as np
import pytest

from classifier.evaluation import reliability


def test_calibration_of_known_cases() -> None:
    truth = np.array([[1], [1], [0], [0]], dtype=bool)
    scores = np.array([[0.75], [0.75], [0.75], [0.05]])
    found = reliability.measure_reliability(truth, scores)
    assert found.count.tolist() == [1, 0, 0, 0, 0, 0, 0, 3, 0, 0]
    assert found.true[7] == pytest.approx(2 / 3)
    assert np.isnan(found.true[1])
    assert reliability.expected_error(found) == pytest.approx((0.05 + 3 * abs(0.75 - 2 / 3)) / 4)
    assert reliability.brier(truth, scores)[0] == pytest.approx((2 * 0.0625 + 0.5625 + 0.0025) / 4)
