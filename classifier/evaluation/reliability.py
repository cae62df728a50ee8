"""Whether a probability of 0.8 comes true eight times in ten."""

from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats, Ints

BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """For each bin of probability: the mean one, the share that came true, and how many. Shape (bins,), nan if none."""

    predicted: Floats
    true: Floats
    count: Ints


def measure_reliability(truth: Bools, scores: Floats, bins: int = BINS) -> Reliability:
    """Return the reliability of decisions, arrays of any one shape, in bins of equal width."""
    place = np.minimum((scores.ravel() * bins).astype(np.int64), bins - 1)
    count = np.bincount(place, minlength=bins)
    divisor = np.where(count > 0, count, np.nan)
    predicted = np.bincount(place, weights=scores.ravel(), minlength=bins) / divisor
    true = np.bincount(place, weights=truth.ravel().astype(np.float64), minlength=bins) / divisor
    return Reliability(predicted, true, count)


def expected_error(found: Reliability) -> float:
    """Return the expected calibration error: the mean distance of both shares, weighted by count (Naeini 2015)."""
    gaps = np.abs(found.predicted - found.true)
    return float(np.nansum(gaps * found.count) / max(1, found.count.sum()))


def brier(truth: Bools, scores: Floats) -> Floats:
    """Return the mean squared error of the probabilities of each area (Brier 1950), shape (areas,)."""
    errors: Floats = ((scores - truth) ** 2).mean(axis=0)
    return errors
