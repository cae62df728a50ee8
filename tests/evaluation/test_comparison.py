import numpy as np
import pytest

from classifier.errors import ClassifierError
from classifier.evaluation.comparison import compare_predictions
from classifier.evaluation.evaluated import EvaluatedPredictions
from tests.evaluation.examples import evaluated


def test_the_paired_test_finds_nothing_between_equals_and_much_between_unequals() -> None:
    generator = np.random.default_rng(0)
    truth = generator.random((400, 3)) < 0.4
    reports = tuple(f"{i // 10:02d}" for i in range(400))
    good = np.where(generator.random(truth.shape) < 0.9, truth, ~truth).astype(float)
    as_good = np.where(generator.random(truth.shape) < 0.9, truth, ~truth).astype(float)
    bad = np.where(generator.random(truth.shape) < 0.6, truth, ~truth).astype(float)
    predictions = [EvaluatedPredictions(("a", "b", "c"), truth, s, reports) for s in (good, as_good, bad)]
    same = compare_predictions(predictions[0], predictions[0], seed=0)
    assert (same.difference, same.p) == (0, 1)
    equal, unequal = (
        compare_predictions(predictions[0], predictions[1], seed=0),
        compare_predictions(predictions[0], predictions[2], seed=0),
    )
    assert equal.p > 0.05
    assert equal.interval.low < 0 < equal.interval.high
    assert unequal.p < 0.001
    assert unequal.interval.low > 0.1


def test_only_the_same_paragraphs_are_compared() -> None:
    one, other = evaluated([[1]], [[0.9]], "a"), evaluated([[0]], [[0.9]], "a")
    with pytest.raises(ClassifierError, match="not of the same paragraphs"):
        compare_predictions(one, other, seed=0)
