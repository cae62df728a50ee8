"""Whether probabilities can be relied on: whether one of 0.8 comes true eight times in ten."""

from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats, Ints

BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """For each bin of probabilities their mean, the share of decisions that came true, and how many there are.

    Shape (bins,); nan in an empty bin.
    """

    predicted: Floats
    true: Floats
    count: Ints


def measure_reliability(truth: Bools, scores: Floats, bins: int = BINS) -> Reliability:
    """Return the reliability of decisions in bins of equal width; both arrays have the same shape, which may be any."""
    bin_of = np.minimum((scores.ravel() * bins).astype(np.int64), bins - 1)
    count = np.bincount(bin_of, minlength=bins)
    divisor = np.where(count > 0, count, np.nan)
    predicted = np.bincount(bin_of, weights=scores.ravel(), minlength=bins) / divisor
    true = np.bincount(bin_of, weights=truth.ravel().astype(np.float64), minlength=bins) / divisor
    return Reliability(predicted, true, count)


def expected_error(found: Reliability) -> float:
    """Return the expected calibration error (Naeini et al. 2015).

    It is the distance between mean probability and true share, averaged over bins, weighted by their counts.
    """
    gaps = np.abs(found.predicted - found.true)
    return float(np.nansum(gaps * found.count) / max(1, found.count.sum()))


def brier(truth: Bools, scores: Floats) -> Floats:
    """Return the mean squared error of the probabilities of each area (Brier 1950), shape (areas,).

    truth, scores: shape (units, areas); of shape (decisions,), the mean of all.
    """
    errors: Floats = ((scores - truth) ** 2).mean(axis=0)
    return errors
