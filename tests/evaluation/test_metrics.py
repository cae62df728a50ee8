import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    f1_score,
    hamming_loss,
    jaccard_score,
    label_ranking_average_precision_score,
    precision_score,
    recall_score,
)

from classifier.evaluation.metrics import (
    area_figures,
    average_precision,
    confusion_tables,
    macro,
    micro,
    multilabel,
    precision_recall_points,
    ranking_precision,
)

pairs = st.integers(1, 12).flatmap(
    lambda n: st.tuples(*[st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=n, max_size=n)] * 2)
)


@given(pairs)
def test_figures_are_those_of_scikit_learn(pair: tuple[list[list[bool]], list[list[bool]]]) -> None:
    truth, predicted = (np.array(p) for p in pair)
    figures = area_figures(truth, predicted)
    theirs = f1_score(truth, predicted, average=None, zero_division=np.nan)
    assert np.allclose(figures.f1, theirs, equal_nan=True)
    assert figures.support.tolist() == truth.sum(axis=0).tolist()
    expected = f1_score(truth, predicted, average="micro", zero_division=np.nan)
    assert micro(truth, predicted).f1 == pytest.approx(expected, nan_ok=True)


def test_an_area_that_nothing_has_is_undefined_not_0() -> None:
    truth = np.array([[1, 0], [0, 0]], dtype=bool)
    figures = area_figures(truth, truth)
    assert np.isnan(figures.f1[1])
    assert macro(figures).f1 == 1
    assert np.isnan(macro(figures, np.array([False, True])).f1)


@given(pairs)
def test_figures_of_paragraphs_are_those_of_scikit_learn(pair: tuple[list[list[bool]], list[list[bool]]]) -> None:
    truth, predicted = (np.array(p) for p in pair)
    found = multilabel(truth, predicted, predicted.astype(float))
    either = (truth | predicted).any(axis=1)
    f1 = f1_score(truth[either], predicted[either], average="samples", zero_division=0) if either.any() else 0
    jaccard = jaccard_score(truth[either], predicted[either], average="samples", zero_division=0) if either.any() else 0
    assert found.samples_f1 == pytest.approx((f1 * either.sum() + (~either).sum()) / len(truth))
    assert found.jaccard == pytest.approx((jaccard * either.sum() + (~either).sum()) / len(truth))
    assert found.exact_match == pytest.approx((truth == predicted).all(axis=1).mean())
    assert found.hamming_loss == pytest.approx(hamming_loss(truth, predicted))


@given(pairs, st.integers(0, 2**32 - 1), st.integers(1, 2))
def test_the_precision_of_rankings_is_that_of_scikit_learn(
    pair: tuple[list[list[bool]], list[list[bool]]], seed: int, digits: int
) -> None:
    truth = np.array(pair[0])
    scores = np.random.default_rng(seed).random(truth.shape).round(digits)  # of which some are the same
    expected = label_ranking_average_precision_score(truth, scores)
    assert ranking_precision(truth, scores).mean() == pytest.approx(expected)


def test_average_precision_of_nothing_is_undefined() -> None:
    found = average_precision(np.array([[1, 0], [0, 0]], dtype=bool), np.array([[0.9, 0.1], [0.2, 0.3]]))
    assert found[0] == 1
    assert np.isnan(found[1])


def test_confusion_tells_instead_from_beside() -> None:
    truth = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0]], dtype=bool)
    predicted = np.array([[0, 1, 0], [1, 0, 1], [1, 1, 0]], dtype=bool)
    instead, beside = confusion_tables(truth, predicted)
    assert instead.tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert beside.tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_points_of_a_curve_are_precision_and_recall_at_a_threshold() -> None:
    generator = np.random.default_rng(0)
    truth, scores = generator.random(300) < 0.3, generator.random(300)
    points = list(precision_recall_points(truth, scores))
    assert len(points) == 60
    assert points[0] == (1.0, round(float(truth.mean()), 4))
    pairs = {
        (round(recall_score(truth, scores >= s), 4), round(precision_score(truth, scores >= s), 4)) for s in scores
    }
    assert set(points[:-1]) <= pairs
    assert precision_recall_points(np.zeros(3, dtype=bool), np.zeros(3)) == ()


def test_one_area_has_one_row() -> None:
    truth = np.array([[True], [True], [False]])
    found = area_figures(truth, np.array([[True], [False], [False]]))
    assert (found.precision.tolist(), found.recall.tolist(), found.support.tolist()) == ([1.0], [0.5], [2])
    assert np.isnan(area_figures(truth[2:], truth[2:]).f1).tolist() == [True]
