import numpy as np
import pytest

from classifier.model import calibration
from classifier.training import calibrate
from classifier.training.calibrate import fit_calibration


def test_the_logistic_that_made_the_labels_is_found() -> None:
    generator = np.random.default_rng(1)
    sentences, clauses = generator.normal(size=(2, 60_000, 2))
    whole = calibration.gather_scores(sentences, clauses, np.repeat(np.arange(20_000), 3), 20_000)
    context = np.array([[0, -1.0, 0.5, 0, 0, 1.0, 0], [0.5, 0, 0, 1.0, -0.5, 0, 0]])
    made = calibration.Calibration(np.array([3.0, 2.0]), np.array([1.5, 0.0]), context, np.array([-1.0, 0.5]))
    targets = generator.random((20_000, 2)) < calibration.sigmoid(calibration.logits(made, whole))
    found = fit_calibration(whole, targets, use_context=True)
    assert found.slope == pytest.approx(made.slope, abs=0.2)
    assert found.clause == pytest.approx(made.clause, abs=0.2)
    assert found.context[:, :6] == pytest.approx(made.context[:, :6], abs=0.25)
    assert not fit_calibration(whole, targets, use_context=False).context.any()


def test_a_clause_that_speaks_against_its_area_is_left_out() -> None:
    generator = np.random.default_rng(2)
    sentences, clauses = generator.normal(size=(2, 5000, 1))
    whole = calibration.gather_scores(sentences, clauses, np.arange(5000), 5000)
    made = calibration.Calibration(np.array([3.0]), np.array([-2.0]), np.zeros((1, 4)), np.zeros(1))
    targets = generator.random((5000, 1)) < calibration.sigmoid(calibration.logits(made, whole))
    assert fit_calibration(whole, targets, use_context=True).clause.tolist() == [0]


@pytest.mark.parametrize("targets", [[0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 0, 0]])
def test_without_anything_to_learn_the_threshold_stays(targets: list[int]) -> None:
    scores = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    whole = calibration.gather_scores(scores, scores, np.arange(4), 4)
    found = fit_calibration(whole, np.array(targets, dtype=bool)[:, None], use_context=False)
    assert (found.slope[0], found.offset[0]) == (1, 0)
    assert not found.context.any()


def test_classes_that_lie_apart_give_weights_that_can_be_stored() -> None:
    scores = np.repeat([[-5.0], [6.0]], 4000, axis=0) / 50
    found = fit_calibration(
        calibration.gather_scores(scores, scores, np.arange(8000), 8000), scores > 0, use_context=True
    )
    assert 0 < found.slope[0] <= calibrate.LARGEST_WEIGHT
