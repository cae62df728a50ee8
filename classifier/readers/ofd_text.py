"""The text objects of OFD: which characters they show, and where, by the offsets between them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from classifier.readers.limits import MOST_PAGE_CHARACTERS
from classifier.readers.ofd_xml import attribute, children_named, number, text_at

_UNKNOWN = 0xFFFD
_PRIVATE_USE = range(0xE000, 0xF900)
_GBK_BLANK = 0xE5E5
_NARROW_TO = 0x2E80  # characters below are half as wide as their size, about
_PUNCTUATION = range(0x2014, 0x2027)  # of which Chinese fonts make full width
_MOST_ADVANCE = 1.05  # of the size: a longer way to the next character is an advance and a gap

GlyphCodes = Callable[[int], int | None]  # the character of a glyph by its number, if the font says


class PlacedCharacter(NamedTuple):
    """A character in its object's own coordinates: start and baseline, and how far the next one is, in their unit."""

    code: int
    x: float
    y: float
    advance: float


def offsets(text: str | None, count: int) -> list[float]:
    """Return so many offsets; `g 3 2.5` stands for 2.5 three times, and the last one goes on where some are missing.

    >>> offsets("1 g 3 2.5", 6)
    [1.0, 2.5, 2.5, 2.5, 2.5, 2.5]
    """
    found: list[float] = []
    parts = iter((text or "").split(None, 3 * count)[: 3 * count])
    for part in parts:
        if len(found) >= count:
            break
        if part == "g":
            times, value = number(next(parts, "0")), number(next(parts, "0"))
            found += [value] * max(0, min(int(times), count - len(found)))
        else:
            found.append(number(part))
    return found + [found[-1] if found else 0.0] * (count - len(found))


def placed_characters(
    element: etree._Element, size: float, h_scale: float, code_of: GlyphCodes
) -> Iterator[PlacedCharacter]:
    """Yield the characters of a text object. size: of its font. code_of: for characters that it gives as glyphs."""
    x = y = 0.0
    start = 0
    glyphs = _glyphs(element)
    for part in children_named(element, "TextCode"):
        given = _codes(part)
        codes = [_shown(code, glyphs.get(start + i), code_of) for i, code in enumerate(given)]
        if not given:
            codes = [_shown(_UNKNOWN, glyph, code_of) for at, glyph in sorted(glyphs.items()) if at >= start]
        start += len(codes)
        x, y = number(attribute(part, "X"), x), number(attribute(part, "Y"), y)
        yield from _placed(part, codes, x, y, size, h_scale)


def text_length(element: etree._Element) -> int:
    """Return how many characters all text objects below an element have."""
    return sum(len((part.text or "").strip()) for part in element.iter("{*}TextCode"))


def _placed(
    part: etree._Element, codes: list[int], x: float, y: float, size: float, h_scale: float
) -> Iterator[PlacedCharacter]:
    delta_x, delta_y = attribute(part, "DeltaX"), attribute(part, "DeltaY")
    across, down = offsets(delta_x, len(codes)), offsets(delta_y, len(codes))
    has_offsets = any(across) or any(down)
    for i, code in enumerate(codes):
        own = size * h_scale * _width(code)
        step = across[i] if has_offsets else own
        yield PlacedCharacter(code, x, y, step if 0 < step <= _MOST_ADVANCE * size * h_scale else own)
        x, y = x + step, y + down[i]


def _codes(part: etree._Element) -> list[int]:
    text = part.text or ""
    if "\n" in text:  # laid out by a program for XML, and no character of the page
        text = text.strip()
    return [ord(letter) for letter in text[: MOST_PAGE_CHARACTERS + 1]]


def _width(code: int) -> float:
    """The width that a character has in most fonts, of its size."""
    return 0.5 if code < _NARROW_TO and code not in _PUNCTUATION else 1.0


def _glyphs(element: etree._Element) -> dict[int, int]:
    """Return the numbers of glyphs by the place of their character in the object, where one stands for one."""
    found: dict[int, int] = {}
    for transform in children_named(element, "CGTransform"):
        position = int(number(attribute(transform, "CodePosition")))
        glyphs = (text_at(transform, "Glyphs") or attribute(transform, "Glyphs") or "").split(
            None, MOST_PAGE_CHARACTERS
        )
        codes = int(number(attribute(transform, "CodeCount"), len(glyphs)))
        if codes == len(glyphs) or codes <= 1:
            found |= {position + i: int(number(glyph)) for i, glyph in enumerate(glyphs)}
    return found


def _shown(code: int, glyph: int | None, code_of: GlyphCodes) -> int:
    """Return the character of a glyph where the text itself has none that means something."""
    is_strange = code < 32 or code == _UNKNOWN or (code in _PRIVATE_USE and code != _GBK_BLANK)
    if not is_strange or glyph is None:
        return code
    return code_of(glyph) or code
