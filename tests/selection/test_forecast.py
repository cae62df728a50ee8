"""The forecast of what the next labels bring."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from classifier.selection.forecast import MeasuredCurves, fit_power_law, forecast_gain, load_curves

POINTS = np.array([100.0, 200, 400, 800, 1600, 3200])


def law(n: np.ndarray, limit: float, scale: float, exponent: float) -> np.ndarray:
    return limit - scale * n**-exponent


@settings(deadline=None)
@given(st.floats(0.5, 1), st.floats(0.1, 3), st.sampled_from([0.1, 0.25, 0.5, 1.0]))
def test_a_curve_without_noise_is_found_again(limit: float, scale: float, exponent: float) -> None:
    found = fit_power_law(POINTS, law(POINTS, limit, scale, exponent))
    assert law(POINTS, *found) == pytest.approx(law(POINTS, limit, scale, exponent), abs=2e-3 * scale)


def test_it_is_no_worse_than_scipy_on_a_noisy_curve() -> None:
    values = law(POINTS, 0.9, 1.5, 0.4) + np.random.default_rng(0).normal(0, 0.003, len(POINTS))
    best, _ = curve_fit(law, POINTS, values, p0=(0.9, 1.0, 0.5))
    own, expected = (((law(POINTS, *p) - values) ** 2).sum() for p in (fit_power_law(POINTS, values), best))
    assert own <= expected * 1.02


def test_a_falling_curve_brings_no_gain() -> None:
    limit, scale, _ = fit_power_law(POINTS, np.linspace(0.8, 0.7, len(POINTS)))
    assert scale == 0
    assert limit == pytest.approx(0.75)


def curves(noise: float, repeats: int = 8, seed: int = 0) -> MeasuredCurves:
    rng = np.random.default_rng(seed)
    before = law(POINTS, 0.9, 1.5, 0.4) + rng.normal(0, noise / 3, (repeats, len(POINTS)))
    after = before + law(POINTS + 50, 0.9, 1.5, 0.4) - law(POINTS, 0.9, 1.5, 0.4)
    return MeasuredCurves(POINTS, before, 50, after + rng.normal(0, noise, before.shape) * (100 / POINTS) ** 0.5)


def test_the_interval_holds_zero_only_where_the_gain_drowns_in_the_scatter() -> None:
    few, many = (forecast_gain(curves(0.005), n, 50) for n in (100, 8000))
    assert few.gain > many.gain > 0
    assert not few.holds_zero
    assert many.holds_zero


def test_the_interval_holds_the_change_of_a_new_training_as_often_as_it_says() -> None:
    true = law(np.array([850.0]), 0.9, 1.5, 0.4) - law(np.array([800.0]), 0.9, 1.5, 0.4)
    held = 0
    for seed in range(200):
        found = forecast_gain(curves(0.01, seed=seed), 800, 50)
        new = float(true[0]) + np.random.default_rng(1000 + seed).normal(0, 0.01) * (100 / 800) ** 0.5
        held += found.low <= new <= found.high
    assert 180 <= held <= 200


def test_the_shipped_curves_rise_and_their_gain_falls() -> None:
    found = load_curves()
    assert found.macro_f1.shape == found.after.shape == (len(found.macro_f1), len(found.paragraphs))
    assert (np.diff(found.macro_f1.mean(axis=0)) > 0).all()
    gains = [forecast_gain(found, n, 50).gain for n in (200, 1000, 8000)]
    assert gains[0] > gains[1] > gains[2] > 0
