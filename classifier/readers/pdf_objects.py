"""What a page of a PDF has beside its text: images, filled grounds and ruled lines, by the raw calls of pdfium."""

import ctypes
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.arrays import Floats
from classifier.readers.page_geometry import (
    DARK,
    MOST_GROUNDS,
    MOST_RULES,
    UNCHANGED,
    PageBox,
    PageMatrix,
    box_around,
    covered_share,
    is_finite_box,
    is_rule,
    moved,
    moved_box,
    times,
)

MOST_OBJECTS = 20_000  # of one page that are looked at: a map has more
MOST_SEGMENTS = 200  # of one path: a drawing has more
DEEPEST_FORM = 4  # forms within forms that are looked into
_A4 = (0.0, 0.0, 595.0, 842.0)


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
        look.at(pdfium.FPDFPage_GetObject(page, i), UNCHANGED, 0)
    box = _page_box(page)
    rules = np.array(look.rules if len(look.rules) <= MOST_RULES else [], dtype=np.float64).reshape(-1, 4)
    return PageObjects(box, covered_share(look.images, box), (look.grounds + look.images)[:MOST_GROUNDS], rules)


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
            inner = times(_matrix(item), outer)
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
        if is_rule(box):
            self.rules.append(box)
        elif stroked.value:
            self.rules.extend(filter(is_rule, _segments(item, times(_matrix(item), outer))))
        if mode.value and len(self.grounds) < MOST_GROUNDS:
            brightness, opacity = FillReader().fill_of(item)
            if brightness <= DARK and opacity > 0.5:
                self.grounds.append(box)


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
        point = moved(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            found.append(box_around([last, point]))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            found.append(box_around([last, first]))
    return [box for box in found if is_finite_box(box)]


def _matrix(item: object) -> PageMatrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return UNCHANGED
    return m.a, m.b, m.c, m.d, m.e, m.f


def _bounds(item: object, outer: PageMatrix) -> PageBox | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    box = moved_box((left.value, bottom.value, right.value, top.value), outer)
    return box if is_finite_box(box) else None


def _page_box(page: object) -> PageBox:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    box = (rect.left, rect.bottom, rect.right, rect.top)
    return box if is_finite_box(box) and box[2] > box[0] and box[3] > box[1] else _A4
