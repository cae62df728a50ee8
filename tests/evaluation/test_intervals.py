import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.evaluation import intervals
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import f1_of
from tests.evaluation.examples import evaluated


def test_a_bootstrap_of_equal_reports_has_no_width() -> None:
    predictions = evaluated([[1], [0]] * 6, [[0.9], [0.9]] * 6, "aabbccddeeff")
    counts = intervals.counts_by_report(predictions)
    drawn = intervals.f1_draws(counts, intervals.draws(6, 0))
    found = intervals.interval(drawn[:, 0], 6)
    assert [found.low, found.high] == pytest.approx([2 / 3, 2 / 3])


def test_a_bootstrap_has_the_spread_of_a_binomial() -> None:
    """With one paragraph in each report, recall of all-true labels is a share of n draws: its spread is known."""
    n, p = 400, 0.8
    scores = [[0.9]] * int(n * p) + [[0.1]] * (n - int(n * p))
    predictions = EvaluatedPredictions(
        ("a",), np.ones((n, 1), dtype=bool), np.array(scores), tuple(f"{i:03d}" for i in range(n))
    )
    counts = intervals.counts_by_report(predictions)
    recall = (intervals.draws(n, 1) @ counts.hits / n)[:, 0]
    assert recall.std() == pytest.approx((p * (1 - p) / n) ** 0.5, rel=0.08)


def test_too_few_reports_or_cases_have_no_interval() -> None:
    assert intervals.interval(np.ones(50), 3).reason == "fewer than 5 reports"
    assert intervals.interval(np.r_[np.ones(40), np.full(10, np.nan)], 9).reason == "too few cases"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_slow_and_fast_bootstrap_are_the_same(seed: int) -> None:
    generator = np.random.default_rng(seed)
    reports = tuple(sorted(generator.choice(list("abcdefg"), size=40)))
    predictions = EvaluatedPredictions(("x", "y"), generator.random((40, 2)) < 0.5, generator.random((40, 2)), reports)
    counts = intervals.counts_by_report(predictions)
    fast = intervals.micro_draws(counts, intervals.draws(len(counts.hits), seed, 5))

    def micro(r: EvaluatedPredictions) -> float:
        sums = (np.array(float(m.sum())) for m in (r.truth & r.predicted, r.predicted, r.truth))
        return float(f1_of(*sums))

    assert [micro(r) for r in intervals.resamples(predictions, seed, 5)] == pytest.approx(fast, nan_ok=True)
