"""How far a figure may be off: a bootstrap that draws whole reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import f1_of

DRAWS = 2000
LEVEL = 0.95
LEAST_REPORTS = 5  # of which a bootstrap can say anything


class WhyUndefined(StrEnum):
    """Why an interval is undefined, as report.json says it; for people, `output/language.py` has it by the names."""

    DEFINED = ""
    FEW_REPORTS = f"fewer than {LEAST_REPORTS} reports"
    FEW_CASES = "too few cases"


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval; low and high are nan where it is undefined, and `reason` says why."""

    low: float
    high: float
    reason: WhyUndefined = WhyUndefined.DEFINED


@dataclass(frozen=True, slots=True, eq=False)
class ReportCounts:
    """True positives, predictions and truths of each report: arrays of shape (reports, areas)."""

    hits: Floats
    predicted: Floats
    truth: Floats


def counts_by_report(predictions: EvaluatedPredictions) -> ReportCounts:
    """Return the counts of each report, reports in the order of their names."""
    truth, predicted = predictions.truth, predictions.predicted
    return ReportCounts(*(_sums(m, predictions.reports) for m in (truth & predicted, predicted, truth)))


def _sums(decisions: Bools, reports: Sequence[str]) -> Floats:
    names, report = np.unique(np.array(reports), return_inverse=True)
    sums = np.zeros((len(names), decisions.shape[1]))
    np.add.at(sums, report, decisions)
    return sums


def draws(reports: int, seed: int, times: int = DRAWS) -> Ints:
    """Return how often each report is drawn, shape (times, reports); each draw has as many as there are."""
    return np.random.default_rng(seed).multinomial(reports, np.full(reports, 1 / reports), size=times)


def f1_draws(counts: ReportCounts, drawn: Ints) -> Floats:
    """Return the F1 of each area in each draw, shape (draws, areas); nan where it is undefined."""
    return f1_of(drawn @ counts.hits, drawn @ counts.predicted, drawn @ counts.truth)


def interval(values: Floats, reports: int) -> Interval:
    """Return the percentile interval of drawn values (Efron and Tibshirani 1993, chapter 13).

    Undefined with too few reports, or where a figure is undefined in more than one draw of twenty.
    """
    if reports < LEAST_REPORTS:
        return Interval(np.nan, np.nan, WhyUndefined.FEW_REPORTS)
    defined = values[~np.isnan(values)]
    if len(defined) < LEVEL * len(values):
        return Interval(np.nan, np.nan, WhyUndefined.FEW_CASES)
    low = np.quantile(defined, (1 - LEVEL) / 2, method="lower")
    high = np.quantile(defined, (1 + LEVEL) / 2, method="higher")
    return Interval(float(low), float(high))


def macro_draws(f1: Floats, areas: Bools | None = None) -> Floats:
    """Return the mean F1 over areas, or those that `areas` marks, of each draw; undefined areas are left out."""
    chosen = f1 if areas is None else f1[:, areas]
    defined = ~np.isnan(chosen)
    sums = np.where(defined, chosen, 0).sum(axis=1)
    counts = defined.sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def micro_draws(counts: ReportCounts, drawn: Ints) -> Floats:
    """Return the F1 of all decisions together in each draw, shape (draws,)."""
    totals = (drawn @ part.sum(axis=1) for part in (counts.hits, counts.predicted, counts.truth))
    return f1_of(*totals)


def resamples(predictions: EvaluatedPredictions, seed: int, times: int) -> Iterator[EvaluatedPredictions]:
    """Yield the predictions of drawn reports; for statistics that counts do not give."""
    names, place = np.unique(np.array(predictions.reports), return_inverse=True)
    rows = [np.flatnonzero(place == i) for i in range(len(names))]
    for drawn in draws(len(names), seed, times):
        chosen = np.concatenate([np.tile(rows[i], n) for i, n in enumerate(drawn) if n])
        reports = tuple(predictions.reports[i] for i in chosen)
        yield EvaluatedPredictions(
            predictions.areas,
            predictions.truth[chosen],
            predictions.scores[chosen],
            reports,
            threshold=predictions.threshold,
        )
