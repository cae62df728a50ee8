"""The characters of one page of a PDF with their boxes, fonts and colours, by the raw calls of pdfium."""

import ctypes
import math
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.arrays import Floats, Ints
from classifier.readers.limits import MOST_PAGE_CHARACTERS
from classifier.readers.page_characters import BOLD, LIGHT, UNMAPPED, PageCharacters
from classifier.readers.pdf_objects import FillReader, PageObjects, page_objects

SMALLEST_SIZE = 1.0  # points; smaller letters are meant for machines
PAPER_WHITE = 0.97  # and lighter: as the paper
PALE = 0.6  # and lighter: as a watermark
SEE_THROUGH = 0.6  # and less opaque, too
INVISIBLE_MODE = 3  # of rendering: neither filled nor stroked
OUTLINED_MODE = 2  # filled and stroked, as bold is feigned
BOLD_WEIGHT = 600
FORCED_BOLD = 1 << 18  # of a font's flags
HEAVY_NAMES = ("bold", "black", "heavy", "simhei", "stheiti", "fzhei", "fzxbs", "黑体", "小标宋")
SCAN_SHARE = 0.5  # of the page under images: from here on invisible text is what was recognized in them
_NO_CHARACTER = 0xFFFD
_LAST_CODE = 0x10FFFF
_SURROGATES = 0xD800 >> 11
_PRIVATE_USE = range(0xE000, 0xF900)
_GBK_BLANK = 0xE5E5  # the wide blank of GBK, which stands in the private use area
_INVISIBLE = 8  # of the flags, here alone: drawn neither filled nor stroked
_NONE: Ints = np.zeros(0, dtype=np.int64)


class TooManyCharactersError(Exception):
    """A page has more characters than any document."""


class _Looks:
    """What the characters of each text operator share, a row for each; many programs write an operator a letter."""

    def __init__(self, text_page: object) -> None:
        self.text_page = text_page
        self.number_of: dict[bytes, int] = {}  # by the address of the text object
        self.heavy_fonts: dict[bytes, bool] = {}
        self.rows: list[tuple[float, float, float, float, float, float, int]] = []
        self.matrix = pdfium.FS_MATRIX()
        self.fills = FillReader()

    def number(self, text_object: object, i: int) -> int:
        """Return the row of a text object, which character `i` belongs to."""
        key = bytes(text_object)  # type: ignore[call-overload]
        number = self.number_of.get(key)
        if number is None:
            number = self.number_of[key] = len(self.rows)
            self.rows.append(self._row(text_object, i))
        return number

    def _row(self, text_object: object, i: int) -> tuple[float, float, float, float, float, float, int]:
        """Its size, turn, origin's x and y, brightness, opacity, and flags."""
        m = self.matrix
        pdfium.FPDFText_GetMatrix(self.text_page, i, m)
        a, b, x, y = m.a, m.b, m.e, m.f
        size = abs(pdfium.FPDFText_GetFontSize(self.text_page, i)) * math.hypot(m.c, m.d)
        turn = 0.0
        if (b or a < 0) and math.isfinite(a) and math.isfinite(b):
            turn = -math.degrees(math.atan2(b, a))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        brightness, opacity = self.fills.fill_of(text_object)
        heavy = mode == OUTLINED_MODE or self._is_heavy(pdfium.FPDFTextObj_GetFont(text_object))
        pale = brightness >= PALE or opacity <= SEE_THROUGH
        flags = (BOLD if heavy else 0) | (LIGHT if pale else 0) | (_INVISIBLE if mode == INVISIBLE_MODE else 0)
        return size, turn, x, y, brightness, opacity, flags

    def _is_heavy(self, font: object) -> bool:
        if not font:
            return False
        key = bytes(font)  # type: ignore[call-overload]
        if key not in self.heavy_fonts:
            self.heavy_fonts[key] = _is_heavy(font)
        return self.heavy_fonts[key]


def page_characters(page: object, number: int) -> PageCharacters:
    """Return what stands on an open pdfium page (its raw handle)."""
    objects = page_objects(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return _arrays(number, objects, _Read(np.zeros((0, 4)), _NONE, _NONE, _NONE, np.zeros((0, 7))))
    try:
        read = _read(text_page)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return _arrays(number, objects, read)


class _Read(NamedTuple):
    """The characters as pdfium gives them; boxes as left, top, right, bottom with y upward."""

    boxes: Floats
    codes: Ints
    unmapped: Ints  # 1 where the font does not say what the character is
    look_of: Ints
    looks: Floats


def _read(text_page: object) -> _Read:
    """Read the characters that the file itself has, without the blanks and line ends that pdfium makes up."""
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    if count > MOST_PAGE_CHARACTERS:
        raise TooManyCharactersError
    kept: list[int] = []
    codes: list[int] = []
    unmapped: list[int] = []
    look_of: list[int] = []
    looks = _Looks(text_page)
    boxes = (pdfium.FS_RECTF * max(count, 1))()
    text_object, unicode = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetUnicode
    loose_box, map_error = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_HasUnicodeMapError
    for i in range(count):
        found = text_object(text_page, i)
        if not found:
            continue
        loose_box(text_page, i, boxes[i])
        kept.append(i)
        codes.append(unicode(text_page, i))
        unmapped.append(map_error(text_page, i) == 1)
        look_of.append(looks.number(found, i))
    return _Read(
        np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4)[kept].astype(np.float64),
        np.array(codes, dtype=np.int64),
        np.array(unmapped, dtype=np.int64),
        np.array(look_of, dtype=np.int64),
        np.array(looks.rows, dtype=np.float64).reshape(-1, 7),
    )


def _is_heavy(font: object) -> bool:
    """Whether a font is bold, or one of the heavy faces that Chinese headings are set in."""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    plain = name.value.decode("utf-8", "replace").lower()
    if any(heavy in plain for heavy in HEAVY_NAMES):
        return True
    return bool(pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT or pdfium.FPDFFont_GetFlags(font) & FORCED_BOLD)


def _arrays(number: int, objects: PageObjects, read: _Read) -> PageCharacters:
    """Turn what pdfium said into arrays with y downward, without what cannot be seen."""
    left, bottom, right, top = objects.page_box
    width, height = right - left, top - bottom
    sizes, turns, x, y, brightness, opacity = (read.looks[read.look_of, i] for i in range(6))
    flags = read.looks[read.look_of, 6].astype(np.int64)
    boxes = read.boxes * [1, -1, 1, -1] + [-left, top, -left, top]
    places = np.stack([x - left, top - y], axis=1)
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    invisible = flags & _INVISIBLE > 0
    recognized = bool(invisible.any()) and objects.image_share >= SCAN_SHARE
    seen = np.isfinite(boxes).all(axis=1) & np.isfinite(places).all(axis=1) & np.isfinite(sizes)
    seen &= (sizes >= SMALLEST_SIZE) & (recognized | ~invisible) & ((opacity > 0) | invisible)
    seen &= (middle_x >= 0) & (middle_y >= 0) & (middle_x <= width) & (middle_y <= height)
    for i in np.flatnonzero(seen & (brightness >= PALE) & ~invisible):
        if _is_on_dark(middle_x[i] + left, top - middle_y[i], objects):
            flags[i] &= ~LIGHT
        else:
            seen[i] = brightness[i] < PAPER_WHITE
    codes = np.where((read.codes > _LAST_CODE) | (read.codes >> 11 == _SURROGATES), _NO_CHARACTER, read.codes)
    strange = (codes >= _PRIVATE_USE.start) & (codes < _PRIVATE_USE.stop) & (codes != _GBK_BLANK)
    strange |= (codes >= _NO_CHARACTER) & (codes <= 0xFFFF) | (read.unmapped > 0)
    return PageCharacters(
        number=number,
        width=width,
        height=height,
        codes=codes[seen],
        boxes=boxes[seen],
        origins=places[seen],
        sizes=sizes[seen],
        turns=np.round(turns[seen]).astype(np.int64) % 360,
        pieces=read.look_of[seen],
        flags=(flags & (BOLD | LIGHT) | np.where(strange, UNMAPPED, 0))[seen],
        rules=_downward(objects.rules, left, top),
        image_share=objects.image_share,
        hidden=int(np.count_nonzero(~seen & (codes > 32))),
        is_recognized=recognized,
    )


def _downward(rules: Floats, left: float, top: float) -> Floats:
    return np.stack([rules[:, 0] - left, top - rules[:, 3], rules[:, 2] - left, top - rules[:, 1]], axis=1)


def _is_on_dark(x: float, y: float, objects: PageObjects) -> bool:
    """Whether a filled shape or an image lies under a place, so that white letters can be seen there."""
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in objects.grounds)
