"""The correction of shares and coverage for the known errors of a model: adjusted counts for many areas at once.

A model that misses some sentences of an area and tags others wrongly adds up to wrong shares, and the more so the
further a text is from what the model learned from. What the model did to labelled sentences of reports that it had not
seen says by how much. Let t be the true share vector of a unit (areas and, last, no area; see `area_vectors`) and p the
predicted one. Least squares over labelled units give the matrix M of p = M t. For a text, M maps true to raw shares, so
raw shares are solved for true ones and brought back to where shares can be (not below 0, sum 1). With one area for each
unit this is the adjusted count of Forman (2008, Data Mining and Knowledge Discovery 17) in the matrix form of Hopkins
and King (2010, American Journal of Political Science 54); with several it needs no more than that the errors of each
area are what they were, however different the mix of areas is. Coverage gets what it lacks at the corrected shares.

The error: residuals of labelled reports, weighed to the mix of the text, say how far whole reports stray from M (the
cluster-robust variance of Liang and Zeger 1986, Biometrika 73). They count twice: for M, which is known from so many
reports alone, and for the text itself, whose errors stray too, the more the shorter it is.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from classifier.analysis.measures import area_vectors
from classifier.arrays import Bools, Floats, Ints

_LEAST_REPORTS_A_SHARE = 2  # labelled; with fewer it cannot be told how errors vary from report to report
_LARGEST_CONDITION = 100.0  # of M; beyond, an area is hardly ever found, and its share cannot be told from raw ones


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """What a model's errors do to raw vectors, and how that varies between labelled reports.

    gain: shape (2 * areas + 1, areas + 1): what is added to a raw vector for its raw shares. residuals: shape (labelled
    reports, 2 * areas + 1, areas + 1): what the corrected sums of each report have too much, by true share, as parts of
    all labelled text. shares: the true ones of all labelled text. weight: of all of it, in units of the measure.
    """

    gain: Floats
    residuals: Floats
    shares: Floats
    weight: float


def fit_correction(truth: Bools, predicted: Bools, weight: Floats, report: Ints) -> Correction | None:
    """Learn a correction from labelled units; None where they are too few, or an area is too rarely found.

    truth, predicted: the areas of each unit, shape (units, areas). weight: how much it counts, shape (units,).
    report: the number of its report, shape (units,), ascending from 0.
    """
    reports = int(report[-1]) + 1 if len(report) else 0
    shares = truth.shape[1] + 1
    if reports < _LEAST_REPORTS_A_SHARE * shares or not weight.sum() > 0:
        return None
    true, raw = area_vectors(truth), area_vectors(predicted)
    weighed = true[:, :shares] * weight[:, None]
    # One unit more of each kind without an error: an area that has no case is left as it is.
    prior = np.eye(shares) * weight.mean()
    inverse = np.linalg.inv(weighed.T @ true[:, :shares] + prior)
    lacking = (true - raw).T @ weighed @ inverse
    matrix = np.eye(shares) - lacking[:shares]
    if np.linalg.cond(matrix) > _LARGEST_CONDITION:
        return None
    gain = lacking @ np.linalg.inv(matrix)
    excess = raw + raw[:, :shares] @ gain.T - true
    bounds = np.searchsorted(report, np.arange(reports + 1))
    residuals = [excess[a:b].T @ weighed[a:b] @ inverse for a, b in pairwise(bounds)]
    return Correction(gain, np.array(residuals), weighed.sum(axis=0) / weight.sum(), float(weight.sum()))


def correct_vectors(correction: Correction, raw: Floats) -> Floats:
    """Return corrected vectors, which may lie outside of what shares can be; both have shape (…, 2 * areas + 1)."""
    fixed: Floats = raw + raw[..., : correction.gain.shape[1]] @ correction.gain.T
    return fixed


def error_variance(correction: Correction, shares: Floats, weight: float) -> Floats:
    """Return the variance of a corrected vector, shape (2 * areas + 1,), for a text with these shares.

    shares: as they can be, shape (areas + 1,). weight: how much text there is, in units of the measure.
    """
    of_matrix = ((correction.residuals @ shares) ** 2).sum(axis=0)
    variance: Floats = (of_matrix + _variance_of_text(correction, shares, weight)) * _freedom_lost(correction)
    return variance


def difference_variance(
    correction: Correction, first: Floats, first_weight: float, second: Floats, second_weight: float
) -> Floats:
    """Return the variance of the difference of two corrected vectors, as `error_variance` does for one.

    Both are corrected by the same matrix: what it has wrong falls out of the difference as far as the shares are alike.
    """
    of_matrix = ((correction.residuals @ (second - first)) ** 2).sum(axis=0)
    of_texts = _variance_of_text(correction, first, first_weight) + _variance_of_text(correction, second, second_weight)
    variance: Floats = (of_matrix + of_texts) * _freedom_lost(correction)
    return variance


def _variance_of_text(correction: Correction, shares: Floats, weight: float) -> Floats:
    # To the labels' mix, units count for s / pi of their area; in as much text of the mix s, as many of them stand.
    strayed = correction.residuals @ np.sqrt(shares * correction.shares)
    variance: Floats = (strayed**2).sum(axis=0) * correction.weight / weight
    return variance


def _freedom_lost(correction: Correction) -> float:
    """Return by how much variances grow: each true share was fitted, which makes residuals smaller than errors are."""
    reports, shares = len(correction.residuals), len(correction.shares)
    return reports / max(reports - shares, 1)


def feasible(vectors: Floats, shares: int) -> Floats:
    """Return the nearest vectors that can be: shares from 0 to 1 that sum to 1, coverage from 0 to 1.

    vectors: shape (rows, 2 * areas + 1), of which the first `shares` columns are shares. The projection on the simplex
    is that of Held, Wolfe and Crowder (1974, Mathematical Programming 6).
    """
    found = np.clip(vectors, 0, 1)
    part = vectors[:, :shares]
    ordered = -np.sort(-part, axis=1)
    above = (np.cumsum(ordered, axis=1) - 1) / np.arange(1, shares + 1)
    last = (ordered > above).sum(axis=1) - 1
    found[:, :shares] = np.maximum(part - above[np.arange(len(part)), last][:, None], 0)
    return found
