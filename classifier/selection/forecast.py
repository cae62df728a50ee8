"""What the next labels would bring: a power law through measured learning curves, and how far it may be off."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from classifier.arrays import Floats

CURVE_FILE = Path(__file__).parent / "curve.json"  # `python -m experiments.suggestions` writes it
LEVEL_OF_FORECAST = 0.95
_EXPONENTS = np.linspace(0.05, 1.5, 59)


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredCurves:
    """Learning curves that were measured again and again, each time on other labels and other held-out reports.

    paragraphs: labelled paragraphs learned from, shape (points,). macro_f1: what came of it, shape (repeats, points).
    step: how many paragraphs more `after` learned from, of the same shape.
    """

    paragraphs: Floats
    macro_f1: Floats
    step: int
    after: Floats


@dataclass(frozen=True, slots=True)
class Forecast:
    """By how much macro-F1 would change, and the interval that holds the change of one such training 95 times in 100.

    paragraphs: labelled ones that there are. more: how many are added.
    """

    paragraphs: int
    more: int
    gain: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether it may as well bring nothing."""
        return self.low <= 0 <= self.high


class WhyUnforeseen(StrEnum):
    """Why there is no forecast; the words for people are in `output/answer_language.py`, by the values."""

    NOT_RECORDED = "unknown_gain"  # how many paragraphs the model learned from
    OTHER_AREAS = "other_areas"  # than those of the curves
    TOO_FEW = "too_few"  # paragraphs, fewer than any curve was measured at


@dataclass(frozen=True, slots=True)
class NoForecast:
    """That nothing can be said. paragraphs: labelled ones that there are; least: where the curves begin."""

    why: WhyUnforeseen
    paragraphs: int = 0
    least: int = 0


def load_curves(path: Path = CURVE_FILE) -> MeasuredCurves:
    """Return the shipped curves."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    points, values, after = (np.array(stored[key], dtype=np.float64) for key in ("paragraphs", "macro_f1", "after"))
    return MeasuredCurves(points, values, int(stored["step"]), after)


def fit_power_law(paragraphs: Floats, macro_f1: Floats) -> tuple[float, float, float]:
    """Return limit, scale and exponent of macro_f1 = limit - scale * paragraphs ** -exponent, by least squares.

    The form is the one that fits learning curves best (Viering and Loog 2023, IEEE TPAMI 45); for each exponent of a
    grid limit and scale are solved for, and the best is kept. scale is at least 0. Both arrays: shape (points,).
    """
    best, least = (float(macro_f1.mean()), 0.0, 1.0), float(((macro_f1 - macro_f1.mean()) ** 2).sum())
    for exponent in _EXPONENTS:
        columns = np.stack([np.ones_like(paragraphs), -(paragraphs**-exponent)], axis=1)
        (limit, scale), *_ = np.linalg.lstsq(columns, macro_f1, rcond=None)
        error = float(((columns @ (limit, scale) - macro_f1) ** 2).sum())
        if scale > 0 and error < least:
            best, least = (float(limit), float(scale), float(exponent)), error
    return best


def forecast_gain(curves: MeasuredCurves, paragraphs: int, more: int) -> Forecast:
    """Return what `more` labelled paragraphs beside `paragraphs` would add to macro-F1.

    The gain is the mean of those of the power laws through each curve. The interval is that of one new training: it
    holds how much these differ, and how much a step of so many paragraphs was seen to scatter, which falls with a power
    of the paragraphs and grows with the square root of the step; the degrees of freedom of both are put together as by
    Satterthwaite (1946), two of those of the scatter taken by its power.
    """
    from scipy.special import stdtrit

    now, then = float(max(paragraphs, 1)), float(max(paragraphs, 1) + more)
    gains = [
        scale * (now**-exponent - then**-exponent)
        for _, scale, exponent in (fit_power_law(curves.paragraphs, own) for own in curves.macro_f1)
    ]
    repeats, points = curves.macro_f1.shape
    parts = np.array([np.var(gains, ddof=1) * (1 + 1 / repeats), _scatter(curves, now) ** 2 * more / curves.step])
    freedoms = np.array([repeats - 1, max(points * (repeats - 1) - 2, 1)])
    freedom = parts.sum() ** 2 / max(float((parts**2 / freedoms).sum()), 1e-30)
    half = float(stdtrit(max(freedom, 1), (1 + LEVEL_OF_FORECAST) / 2)) * float(np.sqrt(parts.sum()))
    gain = float(np.mean(gains))
    return Forecast(paragraphs, more, gain, gain - half, gain + half)


def _scatter(curves: MeasuredCurves, paragraphs: float) -> float:
    """Return the standard deviation of the change that a step brings at a number of paragraphs."""
    deviation = np.std(curves.after - curves.macro_f1, axis=0, ddof=1)
    slope, level = np.polyfit(np.log(curves.paragraphs), np.log(np.maximum(deviation, 1e-9)), 1)
    return float(np.exp(level + min(slope, 0.0) * np.log(paragraphs)))
