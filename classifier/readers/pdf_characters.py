"""The characters of one page of a PDF with their boxes, fonts and colours, by the raw calls of pdfium."""

import ctypes
import math
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.arrays import Floats, Ints
from classifier.readers.limits import MOST_PAGE_CHARACTERS
from classifier.readers.page_characters import BOLD_WEIGHT, PageCharacters, is_heavy_name
from classifier.readers.page_visibility import (
    DrawnCharacters,
    TooManyCharactersError,
    visible_page,
)
from classifier.readers.pdf_objects import FillReader, PageObjects, page_objects

INVISIBLE_MODE = 3  # of rendering: neither filled nor stroked
OUTLINED_MODE = 2  # filled and stroked, as bold is feigned
TWO_LETTERS = 1.5  # of the letters' size: a glyph so wide shows two
HYPHEN_AT_END = 2  # what pdfium gives for one at the end of a line
FORCED_BOLD = 1 << 18  # of a font's flags
_NONE: Ints = np.zeros(0, dtype=np.int64)


class _Looks:
    """What the characters of each text operator share, a row for each; many programs write an operator a letter."""

    def __init__(self, text_page: object) -> None:
        self.text_page = text_page
        self.number_of: dict[bytes, int] = {}  # by the address of the text object
        self.heavy_fonts: dict[bytes, bool] = {}
        self.rows: list[tuple[float, float, float, float, float, float, bool, bool]] = []
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

    def _row(self, text_object: object, i: int) -> tuple[float, float, float, float, float, float, bool, bool]:
        """Its size, turn, origin's x and y, brightness, opacity, and whether it is bold and invisible."""
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
        return size, turn, x, y, brightness, opacity, heavy, mode == INVISIBLE_MODE

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
        return _arrays(number, objects, _Read(np.zeros((0, 4)), _NONE, _NONE, _NONE, np.zeros((0, 8))))
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
        code = unicode(text_page, i)
        codes.append(ord("-") if code == HYPHEN_AT_END else code)
        unmapped.append(map_error(text_page, i) == 1)
        look_of.append(looks.number(found, i))
    read = _Read(
        np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4)[kept].astype(np.float64),
        np.array(codes, dtype=np.int64),
        np.array(unmapped, dtype=np.int64),
        np.array(look_of, dtype=np.int64),
        np.array(looks.rows, dtype=np.float64).reshape(-1, 8),
    )
    _spread_glyphs(read)
    return read


def _spread_glyphs(read: _Read) -> None:
    """Give each of two dashes that one wide glyph shows its part of the glyph's box, which both have as a whole."""
    boxes, sizes = read.boxes, read.looks[read.look_of, 0]
    shared = (boxes[1:] == boxes[:-1]).all(axis=1) & (read.codes[1:] == read.codes[:-1])
    shared &= boxes[1:, 2] - boxes[1:, 0] >= TWO_LETTERS * sizes[1:]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shared.astype(np.int64), [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        parts = np.linspace(boxes[first, 0], boxes[first, 2], last - first + 2)
        boxes[first : last + 1, 0], boxes[first : last + 1, 2] = parts[:-1], parts[1:]


def _is_heavy(font: object) -> bool:
    """Whether a font is bold, or one of the heavy faces that Chinese headings are set in."""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    if is_heavy_name(name.value.decode("utf-8", "replace")):
        return True
    return bool(pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT or pdfium.FPDFFont_GetFlags(font) & FORCED_BOLD)


def _arrays(number: int, objects: PageObjects, read: _Read) -> PageCharacters:
    """Turn what pdfium said into arrays with y downward, without what cannot be seen."""
    left, bottom, right, top = objects.page_box
    sizes, turns, x, y, brightness, opacity, bold, invisible = (read.looks[read.look_of, i] for i in range(8))
    drawn = DrawnCharacters(
        codes=read.codes,
        boxes=read.boxes * [1, -1, 1, -1] + [-left, top, -left, top],
        origins=np.stack([x - left, top - y], axis=1),
        sizes=sizes,
        turns=turns,
        pieces=read.look_of,
        brightness=brightness,
        opacity=opacity,
        bold=bold > 0,
        invisible=invisible > 0,
        unmapped=read.unmapped > 0,
    )
    grounds = [(a - left, top - d, c - left, top - b) for a, b, c, d in objects.grounds]
    rules = _downward(objects.rules, left, top)
    return visible_page(number, (right - left, top - bottom), drawn, grounds, rules, objects.image_share)


def _downward(rules: Floats, left: float, top: float) -> Floats:
    return np.stack([rules[:, 0] - left, top - rules[:, 3], rules[:, 2] - left, top - rules[:, 1]], axis=1)
