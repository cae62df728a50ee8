"""Shares and coverage of a group of reports, corrected, with intervals: sums of its reports in, figures out."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from classifier.analysis.correction import (
    Correction,
    correct_vectors,
    difference_variance,
    error_variance,
    feasible,
)
from classifier.arrays import Floats

LEAST_SAMPLED = 5  # reports of a group that a variance between them can be told from
LEVEL_OF_INTERVALS = 0.95


class CorrectedBy(StrEnum):
    """What a figure is corrected by."""

    MODEL = "model"  # the known errors of the model
    LABELS = "labels"  # labels of the user's own
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, eq=False)
class GroupSums:
    """What the reports of a group add up to.

    vectors: shape (reports, 2 * areas + 1): the area vectors of all units of a report, each times its weight.
    weights: of all units of a report, shape (reports,), none 0.
    """

    vectors: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class LabelledSums:
    """What labelled rows add up to: a row is a sentence or paragraph that the user drew, or several together.

    true, predicted: shape (rows, 2 * areas + 1). weights: shape (rows,).
    """

    true: Floats
    predicted: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Figures of a group; arrays have shape (2 * areas + 1,): shares of areas, share of no area, coverage of areas.

    low, high: the 95 % interval, nan where nothing is known of the error. sampled: whether it holds that other reports
    could have been drawn; otherwise it is about these reports alone. weight: units of the measure. labels: rows of
    labels that it rests on. more_labels: how many more would halve its intervals; None where no number would.
    """

    raw: Floats
    value: Floats
    low: Floats
    high: Floats
    reports: int
    weight: float
    sampled: bool
    corrected_by: CorrectedBy
    labels: int = 0
    more_labels: int | None = None


def estimate_group(sums: GroupSums, correction: Correction | None, shares: int, census: bool = False) -> Estimate:
    """Estimate the figures of a group by the known errors of the model; without a correction they stay raw.

    shares: how many columns are shares, areas + 1. census: the reports are all that there are, so that none could have
    been drawn instead of them. Of fewer than LEAST_SAMPLED reports the interval is about these alone, too.
    """
    weight = float(sums.weights.sum())
    raw = sums.vectors.sum(axis=0) / weight
    linear, reports = _linear(sums.vectors, correction), sums.vectors
    value = feasible((linear.sum(axis=0) / weight)[None], shares)[0]
    sampled = len(reports) >= LEAST_SAMPLED and not census
    known = correction is not None
    parts = []
    if correction is not None:
        parts.append((error_variance(correction, value[:shares], weight), len(correction.residuals) - 1))
    if sampled:
        parts.append((_sampling_variance(linear, sums.weights), len(reports) - 1))
    low, high = np.clip(_interval(value, parts), 0, 1)
    by = CorrectedBy.MODEL if known else CorrectedBy.NOTHING
    return Estimate(raw, value, low, high, len(reports), weight, sampled, by)


def estimate_group_by_labels(
    sums: GroupSums, labelled: LabelledSums, correction: Correction | None, shares: int, census: bool = False
) -> Estimate:
    """Estimate the figures of a group by the user's labels of rows drawn from it, each as likely as any other.

    What the predictions lack on the labelled rows is added to what they give for all (the difference estimator of
    design-based supervised learning: Egami, Hinck, Stewart and Wei 2023, NeurIPS 36). Where the model's known errors
    are given, its corrected predictions take the place of the raw ones: then the figures hold where the rows are drawn
    so, whatever the model does, and the better the correction is, the narrower the intervals are.
    """
    weight, labels = float(sums.weights.sum()), len(labelled.weights)
    linear = _linear(sums.vectors, correction)
    lacking = labelled.true - _linear(labelled.predicted, correction)
    seen = labelled.weights.sum()
    mean = lacking.sum(axis=0) / seen
    value = feasible((linear.sum(axis=0) / weight + mean)[None], shares)[0]
    strayed = lacking - mean * labelled.weights[:, None]
    unseen = max(1 - seen / weight, 0.0)  # what is labelled is known
    of_labels = (strayed**2).sum(axis=0) * labels / (labels - 1) / seen**2 * unseen
    parts = [(of_labels, labels - 1)]
    sampled = len(sums.weights) >= LEAST_SAMPLED and not census
    if sampled:
        parts.append((_sampling_variance(linear, sums.weights), len(sums.weights) - 1))
    low, high = np.clip(_interval(value, parts), 0, 1)
    more = _more_labels(labels, seen / weight, [float(variance.mean()) for variance, _ in parts])
    raw = sums.vectors.sum(axis=0) / weight
    by = CorrectedBy.LABELS
    return Estimate(raw, value, low, high, len(sums.weights), weight, sampled, by, labels, more)


def estimate_difference(
    first: GroupSums, second: GroupSums, correction: Correction | None, shares: int
) -> tuple[Floats, Floats, Floats]:
    """Return by how much the figures of the second group exceed those of the first, and the 95 % interval of that.

    All have shape (2 * areas + 1,); the interval is nan without a correction. It
    holds that other reports could have been drawn for each group that has LEAST_SAMPLED or more of them.
    """
    groups = (first, second)
    linear = [_linear(group.vectors, correction) for group in groups]
    weights = [float(group.weights.sum()) for group in groups]
    a, b = (feasible((own.sum(axis=0) / w)[None], shares)[0] for own, w in zip(linear, weights, strict=True))
    parts = []
    if correction is not None:
        variance = difference_variance(correction, a[:shares], weights[0], b[:shares], weights[1])
        parts.append((variance, len(correction.residuals) - 1))
        parts += [
            (_sampling_variance(own, group.weights), len(own) - 1)
            for own, group in zip(linear, groups, strict=True)
            if len(own) >= LEAST_SAMPLED
        ]
    low, high = np.clip(_interval(b - a, parts), -1, 1)
    return b - a, low, high


def _linear(vectors: Floats, correction: Correction | None) -> Floats:
    return vectors if correction is None else correct_vectors(correction, vectors)


def _sampling_variance(linear: Floats, weights: Floats) -> Floats:
    """Return the variance of a ratio of sums over reports that were drawn at random, shape (2 * areas + 1,)."""
    reports = len(weights)
    strayed = linear - weights[:, None] * (linear.sum(axis=0) / weights.sum())
    variance: Floats = (strayed**2).sum(axis=0) * reports / (reports - 1) / weights.sum() ** 2
    return variance


def _interval(value: Floats, parts: list[tuple[Floats, int]]) -> tuple[Floats, Floats]:
    """Return low and high from variances with their degrees of freedom, put together as by Satterthwaite (1946)."""
    if not parts:
        return np.full_like(value, np.nan), np.full_like(value, np.nan)
    from scipy.special import stdtrit

    total = np.sum([variance for variance, _ in parts], axis=0)
    spread = np.sum([variance**2 / max(freedom, 1) for variance, freedom in parts], axis=0)
    freedom = total**2 / np.where(spread > 0, spread, 1)
    half = stdtrit(np.maximum(freedom, 1), (1 + LEVEL_OF_INTERVALS) / 2) * np.sqrt(total)
    return value - half, value + half


def _more_labels(labels: int, seen: float, variances: list[float]) -> int | None:
    """Return how many more labels halve the interval: a quarter of the variance, of which labels change the first part.

    seen: the part of all text that is labelled. The variance of labels goes with 1 / labels - 1 / all.
    """
    wanted = sum(variances) / 4 - sum(variances[1:])
    if wanted <= 0 or seen >= 1:
        return None if wanted < 0 or sum(variances) > 0 else 0
    each = variances[0] / (1 / labels - seen / labels)
    needed = 1 / (wanted / each + seen / labels)
    return max(int(np.ceil(needed)) - labels, 0)
