import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import ClassifierError
from classifier.evaluation.comparison import compare_areas, compare_predictions
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


@given(st.integers(0, 10_000))
def test_the_p_value_and_the_interval_never_contradict_each_other(seed: int) -> None:
    generator = np.random.default_rng(seed)
    truth = generator.random((120, 2)) < 0.5
    reports = tuple(f"{i // 10:02d}" for i in range(120))
    good = np.where(generator.random(truth.shape) < 0.80, truth, ~truth).astype(float)
    less = np.where(generator.random(truth.shape) < 0.73, truth, ~truth).astype(float)
    first, second = (EvaluatedPredictions(("a", "b"), truth, s, reports) for s in (good, less))
    for found in (compare_predictions(first, second, seed=1), *compare_areas(first, second, seed=1)):
        assert (found.p < 0.05) is (found.interval.low > 0 or found.interval.high < 0)


def test_areas_are_compared_one_by_one() -> None:
    reports = tuple(f"{i:02d}" for i in range(12))
    truth = np.ones((12, 2), dtype=bool)
    first = EvaluatedPredictions(("a", "b"), truth, np.ones((12, 2)), reports)
    second = EvaluatedPredictions(("a", "b"), truth, np.array([[1.0, i % 2] for i in range(12)]), reports)
    a, b = compare_areas(first, second, seed=0)
    assert (a.difference, a.p) == (0, 1)
    assert b.difference == pytest.approx(1 - 2 * 6 / 18)
    assert b.interval.low > 0


def test_of_too_few_reports_nothing_is_claimed() -> None:
    one = evaluated([[1], [0]], [[0.9], [0.1]], "ab")
    found = compare_predictions(one, one, seed=0)
    assert np.isnan(found.p)
    assert np.isnan(found.interval.low)
