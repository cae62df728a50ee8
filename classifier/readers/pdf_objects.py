"""What a page of a PDF has beside its text: images, filled grounds and ruled lines, by the raw calls of pdfium."""

import ctypes
import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.arrays import Floats

MOST_OBJECTS = 20_000  # of one page that are looked at: a map has more
MOST_SEGMENTS = 200  # of one path: a drawing has more
MOST_GROUNDS = 500
MOST_RULES = 2_000  # a page with more is a drawing, no table
DEEPEST_FORM = 4  # forms within forms that are looked into
THIN = 3.0  # points: the width of a ruled line at most
SHORTEST_RULE = 6.0
DARK = 0.8  # and darker: a ground on which white letters can be read
COVER_STEPS = 64  # the page is measured in so many rows and columns to see how much of it images cover
_A4 = (0.0, 0.0, 595.0, 842.0)

PageBox = tuple[float, float, float, float]
PageMatrix = tuple[float, float, float, float, float, float]
_UNCHANGED: PageMatrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageObjects(NamedTuple):
    """page_box: left, bottom, right, top of what is shown of the page. grounds and rules: boxes in the same form."""

    page_box: PageBox
    image_share: float
    grounds: list[PageBox]
    rules: Floats


def page_objects(page: object) -> PageObjects:
    """Look through the objects of an open pdfium page (its raw handle)."""
    look = _Look()
    for i in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        look.at(pdfium.FPDFPage_GetObject(page, i), _UNCHANGED, 0)
    box = _page_box(page)
    rules = np.array(look.rules if len(look.rules) <= MOST_RULES else [], dtype=np.float64).reshape(-1, 4)
    return PageObjects(box, _share(look.images, box), (look.grounds + look.images)[:MOST_GROUNDS], rules)


class FillReader:
    """Reads how objects are filled; the numbers that pdfium writes to are made once."""

    def __init__(self) -> None:
        """Make the numbers."""
        self.color = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()

    def fill_of(self, item: object) -> tuple[float, float]:
        """Return how bright an object is filled, 0 black to 1 white, and how opaque."""
        red, green, blue, alpha = self.color
        if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
            return 0.0, 1.0
        return (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255, alpha.value / 255


@dataclass(slots=True)
class _Look:
    """Gathers the images, grounds and rules of a page."""

    images: list[PageBox] = field(default_factory=list)
    grounds: list[PageBox] = field(default_factory=list)
    rules: list[PageBox] = field(default_factory=list)
    looked_at: int = 0

    def at(self, item: object, outer: PageMatrix, depth: int) -> None:
        """Look at one object; `outer` is the matrix of the form that it stands in."""
        self.looked_at += 1
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if box := _bounds(item, outer):
                self.images.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            inner = _times(_matrix(item), outer)
            for i in range(max(pdfium.FPDFFormObj_CountObjects(item), 0)):
                if self.looked_at > MOST_OBJECTS:
                    return
                self.at(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    def _path(self, item: object, outer: PageMatrix) -> None:
        box = _bounds(item, outer)
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if box is None or not pdfium.FPDFPath_GetDrawMode(item, mode, stroked):
            return
        if not (mode.value or stroked.value):
            return
        if _is_rule(box):
            self.rules.append(box)
        elif stroked.value:
            self.rules.extend(filter(_is_rule, _segments(item, _times(_matrix(item), outer))))
        if mode.value and len(self.grounds) < MOST_GROUNDS:
            brightness, opacity = FillReader().fill_of(item)
            if brightness <= DARK and opacity > 0.5:
                self.grounds.append(box)


def _is_rule(box: PageBox) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= THIN and max(width, height) >= SHORTEST_RULE


def _segments(path: object, matrix: PageMatrix) -> list[PageBox]:
    """Return the straight pieces of a path as boxes."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 0 < count <= MOST_SEGMENTS:
        return []
    found: list[PageBox] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            found.append(_box([last, point]))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            found.append(_box([last, first]))
    return [box for box in found if all(map(math.isfinite, box))]


def _matrix(item: object) -> PageMatrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return _UNCHANGED
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(inner: PageMatrix, outer: PageMatrix) -> PageMatrix:
    """Return the matrix that does `inner` and then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, m: PageMatrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _box(points: list[tuple[float, float]]) -> PageBox:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _bounds(item: object, outer: PageMatrix) -> PageBox | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    box = _box([_moved(x, y, outer) for x, y in corners])
    return box if all(map(math.isfinite, box)) else None


def _page_box(page: object) -> PageBox:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    box = (rect.left, rect.bottom, rect.right, rect.top)
    return box if all(map(math.isfinite, box)) and box[2] > box[0] and box[3] > box[1] else _A4


def _share(images: list[PageBox], page: PageBox) -> float:
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
