"""The characters of one page of a PDF with their boxes, fonts and colours, by the raw calls of pdfium."""

import ctypes
import math
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.arrays import Floats
from classifier.readers.page_characters import BOLD, LIGHT, UNMAPPED, PageCharacters
from classifier.readers.pdf_objects import PageObjects, fill_of, page_objects

MOST_CHARACTERS = 200_000  # of one page
SMALLEST_SIZE = 1.0  # points; smaller letters are meant for machines
WHITE = 0.97  # and lighter: as the paper
PALE = 0.6  # and lighter: as a watermark
SEE_THROUGH = 0.6  # and less opaque, too
INVISIBLE_MODE = 3  # of rendering: neither filled nor stroked
OUTLINED_MODE = 2  # filled and stroked, as bold is feigned
BOLD_WEIGHT = 600
FORCED_BOLD = 1 << 18  # of a font's flags
HEAVY_NAMES = ("bold", "black", "heavy", "simhei", "stheiti", "fzhei", "fzxbs", "黑体", "小标宋")
SCAN_SHARE = 0.5  # of the page under images: from here on invisible text is what was recognized in them
NO_CHARACTER = (0xFFFD, 0xFFFE, 0xFFFF)
PRIVATE_USE = range(0xE000, 0xF900)
BLANKS = (0xA0, 0x3000, 0xE5E5)  # one of the private use area is GBK's wide blank


class _Look(NamedTuple):
    """What all the characters of one text operator share."""

    piece: int
    size: float
    turn: int
    flags: int
    origin: tuple[float, float]
    color: float
    is_visible: bool
    is_invisible_mode: bool


class TooManyCharacters(Exception):
    """A page has more characters than any document."""


def page_characters(page: object, number: int) -> PageCharacters:
    """Return what stands on an open pdfium page (its raw handle)."""
    objects = page_objects(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return _arrays(number, objects, [], [], np.zeros((0, 4)))
    try:
        count = max(pdfium.FPDFText_CountChars(text_page), 0)
        if count > MOST_CHARACTERS:
            raise TooManyCharacters
        boxes = (pdfium.FS_RECTF * max(count, 1))()
        kept, codes, looks = _read(text_page, count, boxes)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    raw = np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4)[kept].astype(np.float64)  # left, top, right, bottom
    return _arrays(number, objects, codes, looks, raw)


def _read(
    text_page: object, count: int, boxes: "ctypes.Array[ctypes.Structure]"
) -> tuple[list[int], list[int], list[_Look]]:
    """Return the numbers, code points and looks of the characters that the file itself has."""
    kept: list[int] = []
    codes: list[int] = []
    looks: list[_Look] = []
    by_object: dict[bytes, _Look] = {}
    text_object, unicode = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetUnicode
    loose_box, map_error = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_HasUnicodeMapError
    for i in range(count):
        found = text_object(text_page, i)
        if not found:
            continue  # a blank or line end that pdfium made up
        key = bytes(found)  # the address
        look = by_object.get(key)
        if look is None:
            look = by_object[key] = _look(text_page, i, found, len(by_object))
        code = unicode(text_page, i)
        if code in NO_CHARACTER or code in PRIVATE_USE or map_error(text_page, i) == 1:
            look = look._replace(flags=look.flags | (0 if code in BLANKS else UNMAPPED))
        loose_box(text_page, i, boxes[i])
        kept.append(i)
        codes.append(code)
        looks.append(look)
    return kept, codes, looks


def _look(text_page: object, i: int, text_object: object, piece: int) -> _Look:
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetMatrix(text_page, i, matrix)
    pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
    size = abs(pdfium.FPDFText_GetFontSize(text_page, i)) * math.hypot(matrix.c, matrix.d)
    turn = round(-math.degrees(math.atan2(matrix.b, matrix.a))) % 360
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    brightness, opacity = fill_of(text_object)
    heavy = mode == OUTLINED_MODE or _is_heavy(text_object)
    pale = brightness >= PALE or opacity <= SEE_THROUGH
    flags = (BOLD if heavy else 0) | (LIGHT if pale else 0)
    visible = math.isfinite(size) and size >= SMALLEST_SIZE and opacity > 0
    return _Look(piece, size, turn, flags, (x.value, y.value), brightness, visible, mode == INVISIBLE_MODE)


def _is_heavy(text_object: object) -> bool:
    font = pdfium.FPDFTextObj_GetFont(text_object)
    if not font:
        return False
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    plain = name.value.decode("utf-8", "replace").lower()
    if any(heavy in plain for heavy in HEAVY_NAMES):
        return True
    return pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT or bool(pdfium.FPDFFont_GetFlags(font) & FORCED_BOLD)


def _arrays(number: int, objects: PageObjects, codes: list[int], looks: list[_Look], raw: Floats) -> PageCharacters:
    """Turn what pdfium said into arrays with y downward, without what cannot be seen."""
    left, bottom, right, top = objects.page_box
    boxes = np.stack([raw[:, 0] - left, top - raw[:, 1], raw[:, 2] - left, top - raw[:, 3]], axis=1)
    origins = np.array([look.origin for look in looks], dtype=np.float64).reshape(-1, 2)
    origins = np.stack([origins[:, 0] - left, top - origins[:, 1]], axis=1)
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    on_page = (middle_x >= 0) & (middle_y >= 0) & (middle_x <= right - left) & (middle_y <= top - bottom)
    unseen = np.array([look.is_invisible_mode for look in looks], dtype=bool)
    seen = np.array([look.is_visible for look in looks], dtype=bool) & on_page
    recognized = bool(unseen.any()) and objects.image_share >= SCAN_SHARE
    if not recognized:
        seen &= ~unseen
    white = np.array([look.color >= WHITE for look in looks], dtype=bool) & ~unseen
    for i in np.flatnonzero(white):
        seen[i] &= _is_on_dark(middle_x[i] + left, top - middle_y[i], objects)
    letters = np.array(codes, dtype=np.int64)
    hidden = int(np.count_nonzero(~seen & (letters > 32)))
    return PageCharacters(
        number=number,
        width=right - left,
        height=top - bottom,
        codes=letters[seen],
        boxes=boxes[seen],
        origins=origins[seen],
        sizes=np.array([look.size for look in looks], dtype=np.float64)[seen],
        turns=np.array([look.turn for look in looks], dtype=np.int64)[seen],
        pieces=np.array([look.piece for look in looks], dtype=np.int64)[seen],
        flags=np.array([look.flags for look in looks], dtype=np.int64)[seen],
        rules=_downward(objects.rules, left, top),
        image_share=objects.image_share,
        hidden=hidden,
        is_recognized=recognized,
    )


def _downward(rules: Floats, left: float, top: float) -> Floats:
    return np.stack([rules[:, 0] - left, top - rules[:, 3], rules[:, 2] - left, top - rules[:, 1]], axis=1)


def _is_on_dark(x: float, y: float, objects: PageObjects) -> bool:
    """Whether a filled shape or an image lies under a place, so that white letters can be seen there."""
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in objects.grounds)
