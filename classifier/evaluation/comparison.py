"""Whether one model is better than another on the same paragraphs: a paired bootstrap over whole reports."""

from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.errors import ClassifierError
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import (
    DRAWS,
    Interval,
    ReportCounts,
    counts_by_report,
    draws,
    f1_draws,
    interval,
    macro_draws,
)
from classifier.evaluation.metrics import f1_of
from classifier.messages import message


@dataclass(frozen=True, slots=True)
class Difference:
    """The macro-F1 of the first less that of the second, its interval, and a p-value for no difference."""

    difference: float
    interval: Interval
    p: float


def compare_predictions(
    first: EvaluatedPredictions, second: EvaluatedPredictions, seed: int, areas: Bools | None = None
) -> Difference:
    """Compare two predictions of the same paragraphs, by macro-F1 over all areas or those that `areas` marks.

    The interval is that of a paired bootstrap. The p-value is of approximate randomization (Noreen 1989; Yeh,
    COLING 2000): the answers of both are swapped, report by report, and p is the share of swaps whose
    difference is as large as the one that was seen, with one added above and below.
    Raises ClassifierError where the paragraphs are not the same.
    """
    if first.reports != second.reports or not np.array_equal(first.truth, second.truth):
        raise ClassifierError(message("compare: the two predictions are not of the same paragraphs"))
    one, other = counts_by_report(first), counts_by_report(second)
    reports = len(one.hits)
    drawn = draws(reports, seed)
    drawn_difference = macro_draws(f1_draws(one, drawn), areas) - macro_draws(f1_draws(other, drawn), areas)
    whole = np.ones((1, reports), dtype=np.int64)
    seen = float((macro_draws(f1_draws(one, whole), areas) - macro_draws(f1_draws(other, whole), areas))[0])
    swaps = np.random.default_rng(seed + 1).integers(0, 2, size=(DRAWS, reports))
    swapped = macro_draws(_mixed(one, other, swaps), areas) - macro_draws(_mixed(other, one, swaps), areas)
    as_large = np.abs(swapped) >= abs(seen) - 1e-12
    return Difference(seen, interval(drawn_difference, reports), float((as_large.sum() + 1) / (DRAWS + 1)))


def _mixed(one: ReportCounts, other: ReportCounts, swaps: Ints) -> Floats:
    """Return the F1 of each area where the swapped reports (1) have the other's answers, shape (swaps, areas)."""
    pairs = ((one.hits, other.hits), (one.predicted, other.predicted), (one.truth, other.truth))
    return f1_of(*((1 - swaps) @ own + swaps @ others for own, others in pairs))
