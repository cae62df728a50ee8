"""Whether one model is better than another on the same paragraphs: a paired bootstrap over whole reports."""

from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats
from classifier.errors import ClassifierError
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import Interval, counts_by_report, draws, f1_draws, interval, macro_draws
from classifier.messages import message


@dataclass(frozen=True, slots=True)
class Difference:
    """The F1 of the first less that of the second, its interval, and a p-value for no difference.

    p is below 0.05 where the interval leaves 0 out and there alone; nan where the interval is undefined.
    """

    difference: float
    interval: Interval
    p: float


def compare_predictions(
    first: EvaluatedPredictions, second: EvaluatedPredictions, seed: int, areas: Bools | None = None
) -> Difference:
    """Compare two predictions of the same paragraphs, by macro-F1 over all areas or those that `areas` marks.

    Interval and p-value are of one paired bootstrap: p is twice the share of draws on the far side of 0, with one added
    above and below (Davison and Hinkley 1997, section 4.4). Raises ClassifierError where the paragraphs are not the
    same.
    """
    seen, drawn = _paired(first, second, seed)
    return _difference(macro_draws(seen[0], areas) - macro_draws(seen[1], areas), drawn, areas, first)


def compare_areas(first: EvaluatedPredictions, second: EvaluatedPredictions, seed: int) -> tuple[Difference, ...]:
    """Compare two predictions of the same paragraphs by the F1 of each area, as `compare_predictions` does."""
    seen, drawn = _paired(first, second, seed)
    marks = np.eye(len(first.areas), dtype=np.bool_)
    return tuple(_difference((seen[0] - seen[1])[:, i], drawn, mark, first) for i, mark in enumerate(marks))


_Pair = tuple[Floats, Floats]  # F1 of the first and of the second


def _paired(first: EvaluatedPredictions, second: EvaluatedPredictions, seed: int) -> tuple[_Pair, _Pair]:
    """Return the F1 of each area as it is, shape (1, areas), and in the same draws of reports, shape (draws, areas)."""
    if first.reports != second.reports or not np.array_equal(first.truth, second.truth):
        raise ClassifierError(message("compare: the two predictions are not of the same paragraphs"))
    one, other = counts_by_report(first), counts_by_report(second)
    drawn = draws(len(one.hits), seed)
    whole = np.ones((1, len(one.hits)), dtype=np.int64)
    return (f1_draws(one, whole), f1_draws(other, whole)), (f1_draws(one, drawn), f1_draws(other, drawn))


def _difference(seen: Floats, drawn: _Pair, areas: Bools | None, predictions: EvaluatedPredictions) -> Difference:
    values = macro_draws(drawn[0], areas) - macro_draws(drawn[1], areas)
    found = interval(values, len(set(predictions.reports)))
    if np.isnan(found.low):
        return Difference(float(seen[0]), found, float("nan"))
    defined = values[~np.isnan(values)]
    far = min((defined <= 0).sum(), (defined >= 0).sum())
    return Difference(float(seen[0]), found, min(1.0, float(2 * (far + 1) / (len(defined) + 1))))
