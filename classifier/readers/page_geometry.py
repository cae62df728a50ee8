"""Boxes and matrices of page formats: what is a ruled line, and how much of a page images cover."""

import math

import numpy as np

MOST_GROUNDS = 500  # filled shapes and images of a page that are kept
MOST_RULES = 2_000  # a page with more is a drawing, no table
THIN = 3.0  # points: the width of a ruled line at most
SHORTEST_RULE = 6.0
DARK = 0.8  # and darker: a ground on which white letters can be read
COVER_STEPS = 64  # the page is measured in so many rows and columns to see how much of it images cover

PageBox = tuple[float, float, float, float]
PageMatrix = tuple[float, float, float, float, float, float]
UNCHANGED: PageMatrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: PageMatrix, outer: PageMatrix) -> PageMatrix:
    """Return the matrix that does `inner` and then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(x: float, y: float, m: PageMatrix) -> tuple[float, float]:
    """Return where a matrix puts a point.

    >>> moved(1, 2, (1, 0, 0, 1, 10, 20))
    (11, 22)
    """
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def box_around(points: list[tuple[float, float]]) -> PageBox:
    """Return the least and the greatest x and y of points, as least x, least y, greatest x, greatest y."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def moved_box(box: PageBox, matrix: PageMatrix) -> PageBox:
    """Return the box around a box that was moved."""
    return box_around([moved(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])])


def is_finite_box(box: PageBox) -> bool:
    """Whether a box has four numbers that mean something."""
    return all(map(math.isfinite, box))


def is_rule(box: PageBox) -> bool:
    """Whether a box is as thin and long as a ruled line."""
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= THIN and max(width, height) >= SHORTEST_RULE


def covered_share(images: list[PageBox], page: PageBox) -> float:
    """Return how much of the page images cover, as scanners often cut a page into strips."""
    covered = np.zeros((COVER_STEPS, COVER_STEPS), dtype=bool)
    width, height = page[2] - page[0], page[3] - page[1]
    for left, bottom, right, top in images:
        rows = _steps(bottom - page[1], top - page[1], height)
        columns = _steps(left - page[0], right - page[0], width)
        covered[rows, columns] = True
    return float(covered.mean())


def _steps(start: float, end: float, length: float) -> slice:
    first, last = (round(min(max(place / length, 0.0), 1.0) * COVER_STEPS) for place in (start, end))
    return slice(first, last)
