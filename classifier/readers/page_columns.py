"""Finds the columns of a page: runs are put into columns in reading order, what crosses all of them in between."""

from typing import NamedTuple

import numpy as np

from classifier.arrays import Bools, Floats
from classifier.readers.page_runs import PageRun

STEP = 2.0  # points: the page is measured in steps of this width
NARROWEST_GUTTER = 0.8  # of the letters' size
NARROWEST_COLUMN = 8.0  # letters
FEWEST_LINES = 4  # of a column
MOST_CROSSING = 0.4  # of the lines may cross a gutter, such as titles
OUTER_PART = 0.15  # of the width at both edges, where no gutter is looked for
FILLED = 0.75  # of the column: how wide its longer lines are
MOST_COLUMNS = 4


class ColumnRuns(NamedTuple):
    """The runs of one column or of a band that crosses all; column is which of how many, (0, 1) for the whole page."""

    column: tuple[int, int]
    runs: list[PageRun]


def columns_of(runs: list[PageRun], most: int = MOST_COLUMNS) -> list[ColumnRuns]:
    """Return the columns in reading order; a title across them ends the columns above it."""
    gutter = _gutter(runs) if most > 1 else None
    if gutter is None:
        return [ColumnRuns((0, 1), runs)] if runs else []
    crossing = sorted((run for run in runs if run.x0 < gutter < run.x1), key=lambda run: run.y)
    bands = [(upper, lower, _with_beside(band, runs)) for upper, lower, band in _bands(crossing)]
    taken = {run.start for _, _, band in bands for run in band}
    left = [run for run in runs if run.x1 <= gutter and run.start not in taken]
    right = [run for run in runs if run.x0 >= gutter and run.start not in taken]
    sides = [_numbered(columns_of(side, most // 2)) for side in (left, right)]
    count = sides[0][1] + sides[1][1]
    parts = [(i, part) for i, part in sides[0][0]] + [(i + sides[0][1], part) for i, part in sides[1][0]]
    found: list[ColumnRuns] = []
    for upper, lower, band in bands:
        for i, part in parts:
            if between := [run for run in part if upper < run.y <= lower]:
                found.append(ColumnRuns((i, count), between))
        if band:
            found.append(ColumnRuns((0, 1), band))
    return [part for part in found if part.runs]


def _numbered(columns: list[ColumnRuns]) -> tuple[list[tuple[int, list[PageRun]]], int]:
    """The parts of one side with the number of their column, and how many columns it has."""
    count = max((part.column[1] for part in columns), default=1)
    return [(part.column[0], part.runs) for part in columns], count


def _bands(crossing: list[PageRun]) -> list[tuple[float, float, list[PageRun]]]:
    """Cut the page at the lines that cross: (from, to, the crossing line at the end)."""
    bands: list[tuple[float, float, list[PageRun]]] = []
    upper = -np.inf
    for run in crossing:
        if bands and abs(bands[-1][2][0].y - run.y) <= 0.3 * run.size:
            bands[-1][2].append(run)
            continue
        lower = run.y - 0.3 * run.size
        bands.append((upper, lower, [run]))
        upper = lower
    return [*bands, (upper, np.inf, [])]


def _with_beside(band: list[PageRun], runs: list[PageRun]) -> list[PageRun]:
    """Return a crossing line with the runs on its baseline that do not cross, such as a name behind a wide gap."""
    if not band:
        return []
    crossing = {run.start for run in band}
    return band + [run for run in runs if run.start not in crossing and abs(run.y - band[0].y) <= 0.3 * band[0].size]


def _gutter(runs: list[PageRun]) -> float | None:
    """Return the middle of the upright gap between two columns, None where the page has no columns."""
    if len(runs) < 2 * FEWEST_LINES:
        return None
    boxes = np.array([(run.x0, run.x1, run.y, run.size) for run in runs])
    size = float(np.median(boxes[:, 3]))
    left, right = boxes[:, 0].min(), boxes[:, 1].max()
    if right - left < 2 * NARROWEST_COLUMN * size:
        return None
    crossed = _crossed(boxes, left, right)
    lines = len(np.unique(np.round(boxes[:, 2])))
    margin = int(len(crossed) * OUTER_PART)
    free = crossed <= min(MOST_CROSSING * lines, crossed.max() - 1)
    free[:margin] = free[len(free) - margin :] = False
    best: tuple[float, float] | None = None
    for start, end in _stretches(free):
        if (end - start) * STEP < NARROWEST_GUTTER * size:
            continue
        middle = left + _emptiest(crossed, start, end) * STEP
        if _are_columns(boxes, middle, size):
            worth = float(crossed[start:end].min())
            if best is None or worth < best[0]:
                best = (worth, middle)
    return None if best is None else best[1]


def _crossed(boxes: Floats, left: float, right: float) -> Floats:
    """How many runs stand over each step of the width."""
    steps = int((right - left) / STEP) + 2
    change = np.zeros(steps + 1)
    np.add.at(change, np.ceil((boxes[:, 0] - left) / STEP).astype(np.int64), 1)
    np.add.at(change, np.maximum(np.floor((boxes[:, 1] - left) / STEP), 0).astype(np.int64), -1)
    return np.cumsum(change)[:steps]


def _emptiest(crossed: Floats, start: int, end: int) -> float:
    """The middle of the steps that the fewest runs cross."""
    inner = crossed[start:end]
    least = np.flatnonzero(inner == inner.min())
    return start + (float(least[0]) + float(least[-1]) + 1) / 2


def _stretches(free: Bools) -> list[tuple[int, int]]:
    change = np.flatnonzero(np.diff(np.concatenate([[0], free.astype(np.int64), [0]])))
    return [(int(a), int(b)) for a, b in zip(change[::2], change[1::2], strict=True)]


def _are_columns(boxes: Floats, gutter: float, size: float) -> bool:
    """Whether both sides are text: wide enough, of several lines, and filled by their longer lines."""
    for side in (boxes[boxes[:, 1] <= gutter], boxes[boxes[:, 0] >= gutter]):
        if len(side) < FEWEST_LINES:
            return False
        width = side[:, 1].max() - side[:, 0].min()
        _, line_of_run = np.unique(np.round(side[:, 2] / (0.5 * size)), return_inverse=True)
        spans = np.array([np.ptp(side[line_of_run == i, :2]) for i in range(line_of_run.max() + 1)])
        if len(spans) < FEWEST_LINES or width < NARROWEST_COLUMN * size:
            return False
        if np.quantile(spans, 0.75) < FILLED * width or np.median(spans) < 0.4 * width:
            return False
    return True
