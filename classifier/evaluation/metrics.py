"""Figures for each area and over all areas, from arrays of truth and prediction."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.model.counts import Bools, Floats


@dataclass(frozen=True, slots=True, eq=False)
class AreaFigures:
    """precision, recall, f1: shape (areas,), nan where undefined; support: paragraphs that have the area."""

    precision: Floats
    recall: Floats
    f1: Floats
    support: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Average:
    """Precision, recall and F1 over several areas."""

    precision: float
    recall: float
    f1: float


def area_figures(truth: Bools, predicted: Bools) -> AreaFigures:
    """Return the figures of each area; truth and predicted have shape (paragraphs, areas).

    An area that nothing has and nothing was tagged with has no F1: nan, not 0.
    """
    from sklearn.metrics import precision_recall_fscore_support

    precision, recall, f1, support = precision_recall_fscore_support(
        truth, predicted, average=None, zero_division=np.nan
    )
    return AreaFigures(precision, recall, f1, support)


def macro(figures: AreaFigures, areas: Bools | None = None) -> Average:
    """Return the mean over areas, or over those that `areas`, shape (areas,), marks; undefined ones left out."""
    chosen = np.ones(len(figures.f1), dtype=np.bool_) if areas is None else areas
    return Average(*(_mean(v[chosen]) for v in (figures.precision, figures.recall, figures.f1)))


def micro(truth: Bools, predicted: Bools) -> Average:
    """Return the figures of all decisions taken together."""
    hits = float((truth & predicted).sum())
    precision = hits / n if (n := float(predicted.sum())) else float("nan")
    recall = hits / n if (n := float(truth.sum())) else float("nan")
    f1 = 2 * hits / n if (n := float(predicted.sum() + truth.sum())) else float("nan")
    return Average(precision, recall, f1)


def _mean(values: Floats) -> float:
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if len(defined) else float("nan")
