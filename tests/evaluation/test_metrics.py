import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from classifier.evaluation.metrics import area_figures, macro, micro

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
