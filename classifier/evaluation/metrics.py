"""Precision, recall, F1 and other figures, from arrays of truth and prediction."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Floats

POINTS = 60  # at most, of a curve that is drawn


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


def f1_of(hits: Floats, predicted: Floats, truth: Floats) -> Floats:
    """Return 2 * hits / (predicted + truth), elementwise; nan where there is neither."""
    both = predicted + truth
    return np.where(both > 0, 2 * hits / np.maximum(both, 1), np.nan)


def area_figures(truth: Bools, predicted: Bools) -> AreaFigures:
    """Return the figures of each area; truth and predicted have shape (paragraphs, areas).

    An area that nothing has and nothing was tagged with has no F1: nan, not 0.
    """
    from sklearn.metrics import precision_recall_fscore_support

    # One column would be taken for two classes, having the area and not having it.
    pair, labels = ((truth, predicted), None) if truth.shape[1] > 1 else ((truth[:, 0], predicted[:, 0]), [True])
    precision, recall, f1, support = precision_recall_fscore_support(
        *pair, labels=labels, average=None, zero_division=np.nan
    )
    return AreaFigures(precision, recall, f1, support)


def macro(figures: AreaFigures, areas: Bools | None = None) -> Average:
    """Return the mean over areas, or over those that `areas`, shape (areas,), marks; undefined figures are left out."""
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


@dataclass(frozen=True, slots=True)
class Multilabel:
    """Figures of paragraphs rather than areas. A paragraph that has no area and gets none counts as right."""

    samples_f1: float
    jaccard: float
    hamming_loss: float
    exact_match: float
    lrap: float
    empty_predicted: float
    empty_true: float


def multilabel(truth: Bools, predicted: Bools, scores: Floats) -> Multilabel:
    """Return the figures of paragraphs; all arrays have shape (paragraphs, areas)."""
    hits, either = (truth & predicted).sum(axis=1), (truth | predicted).sum(axis=1)
    f1 = f1_of(hits.astype(np.float64), predicted.sum(axis=1), truth.sum(axis=1))
    return Multilabel(
        samples_f1=float(np.nan_to_num(f1, nan=1.0).mean()),
        jaccard=float(np.where(either > 0, hits / np.maximum(either, 1), 1.0).mean()),
        hamming_loss=float((truth != predicted).mean()),
        exact_match=float((truth == predicted).all(axis=1).mean()),
        lrap=float(ranking_precision(truth, scores).mean()),
        empty_predicted=float((~predicted.any(axis=1)).mean()),
        empty_true=float((~truth.any(axis=1)).mean()),
    )


def ranking_precision(truth: Bools, scores: Floats) -> Floats:
    """Return the label ranking average precision of each paragraph, shape (paragraphs,); 1 where it has none or all.

    For each area that it has, the share of true areas among those with no lower score (scikit-learn has the mean over
    paragraphs, a hundred times slower).
    """
    sums = np.zeros(len(truth))
    for area in range(truth.shape[1]):
        above = scores >= scores[:, [area]]
        sums += np.where(truth[:, area], (above & truth).sum(axis=1) / above.sum(axis=1), 0)
    number = truth.sum(axis=1)
    return np.where((number == 0) | (number == truth.shape[1]), 1.0, sums / np.maximum(number, 1))


def average_precision(truth: Bools, scores: Floats) -> Floats:
    """Return the average precision of each area, shape (areas,); nan for an area that nothing has."""
    from sklearn.metrics import average_precision_score

    columns = zip(truth.T, scores.T, strict=True)
    return np.array([average_precision_score(t, s) if t.any() else np.nan for t, s in columns])


def precision_recall_points(truth: Bools, scores: Floats) -> tuple[tuple[float, float], ...]:
    """Return points of (recall, precision) of one area, for drawing; none where nothing has it."""
    from sklearn.metrics import precision_recall_curve

    if not truth.any():
        return ()
    precision, recall, _ = precision_recall_curve(truth, scores)
    chosen = np.unique(np.linspace(0, len(recall) - 1, POINTS).astype(int))
    return tuple((round(float(recall[i]), 4), round(float(precision[i]), 4)) for i in chosen)


def confusion_tables(truth: Bools, predicted: Bools) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return two tables of shape (areas, areas), row i for the true area i.

    The first counts the paragraphs where i was missed and j was tagged wrongly, the second those where i was found
    and j was tagged wrongly beside it.
    """
    wrong = (predicted & ~truth).astype(np.int64)
    missed, found = (truth & ~predicted).astype(np.int64), (truth & predicted).astype(np.int64)
    return missed.T @ wrong, found.T @ wrong
