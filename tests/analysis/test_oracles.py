"""The correction beside libraries of quantification, where each unit has one area at most, as they know no more."""

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from classifier.analysis.correction import correct_vectors, feasible, fit_correction
from classifier.analysis.measures import area_vectors

SHARES = 5
LABELLED = 6000


class AsTold(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A classifier that predicts what stands in its only feature."""

    def fit(self, X: NDArray[np.float64], y: NDArray[np.int64]) -> "AsTold":
        self.classes_ = np.arange(SHARES)
        return self

    def predict(self, X: NDArray[np.float64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = np.asarray(X)[:, 0].astype(np.int64)
        return found


def predicted_as(rng: np.random.Generator, truth: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(rng.random(len(truth)) < 0.75, truth, rng.integers(0, SHARES, len(truth)))


@pytest.fixture
def labelled() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """True and predicted areas of labelled units, and predicted ones of a text of another mix; the last is no area."""
    rng = np.random.default_rng(0)
    truth = rng.choice(SHARES, LABELLED)
    text = rng.choice(SHARES, 3000, p=(0.6, 0.2, 0.1, 0.07, 0.03))
    return truth, predicted_as(rng, truth), predicted_as(rng, text)


def by_correction(
    truth: NDArray[np.int64], predicted: NDArray[np.int64], text: NDArray[np.int64]
) -> NDArray[np.float64]:
    hot = np.eye(SHARES, dtype=np.bool_)[:, : SHARES - 1]
    report = np.repeat(np.arange(LABELLED // 100), 100)
    correction = fit_correction(hot[truth], hot[predicted], np.ones(LABELLED), report)
    assert correction is not None
    raw = area_vectors(hot[text]).mean(axis=0)
    return feasible(correct_vectors(correction, raw)[None], SHARES)[0, :SHARES]


def test_it_is_the_adjusted_count_of_quapy(labelled: tuple[NDArray[np.int64], ...]) -> None:
    aggregative = pytest.importorskip("quapy.method.aggregative", reason="QuaPy is not installed")
    truth, predicted, text = labelled
    adjusted = aggregative.ACC
    rates = adjusted.getPteCondEstim(np.arange(SHARES), truth, predicted)
    raw = np.bincount(text, minlength=SHARES) / len(text)
    expected = adjusted.solve_adjustment(rates, raw, "inversion", "exact-raise")
    assert by_correction(*labelled) == pytest.approx(expected, abs=2e-4)


def test_it_is_the_generalized_adjusted_count_of_mlquantify(labelled: tuple[NDArray[np.int64], ...]) -> None:
    counting = pytest.importorskip("mlquantify.counting", reason="mlquantify is not installed")
    truth, predicted, text = labelled
    fitted = counting.GACC(estimator=AsTold()).fit(predicted[:, None].astype(float), truth)
    expected = fitted.predict(text[:, None].astype(float))
    assert by_correction(*labelled) == pytest.approx([expected[i] for i in range(SHARES)], abs=1e-3)
