"""Which characters of a page can be seen: not those that are white on paper, tiny, clear, or beside the page."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.readers.page_characters import BOLD, LIGHT, UNMAPPED, PageCharacters
from classifier.readers.page_geometry import PageBox

SMALLEST_SIZE = 1.0  # points; smaller letters are meant for machines
PAPER_WHITE = 0.97  # and lighter: as the paper
PALE = 0.6  # and lighter: as a watermark
SEE_THROUGH = 0.6  # and less opaque, too
SCAN_SHARE = 0.5  # of the page under images: from here on invisible text is what was recognized in them
_NO_CHARACTER = 0xFFFD
_LAST_CODE = 0x10FFFF
_SURROGATES = 0xD800 >> 11
_PRIVATE_USE = range(0xE000, 0xF900)
_GBK_BLANK = 0xE5E5  # the wide blank of GBK, which stands in the private use area


class TooManyCharactersError(Exception):
    """A page has more characters than any document."""


class DrawnCharacters(NamedTuple):
    """All characters of a page as a file draws them, a row for each; lengths in points, y grows downward.

    The names that `PageCharacters` has mean the same. brightness: 0 black to 1 white. opacity: 0 clear to 1.
    bold, invisible (drawn neither filled nor stroked), unmapped (its font does not say what it is): whether it is so.
    """

    codes: Ints
    boxes: Floats
    origins: Floats
    sizes: Floats
    turns: Floats
    pieces: Ints
    brightness: Floats
    opacity: Floats
    bold: Bools
    invisible: Bools
    unmapped: Bools


def visible_page(
    number: int,
    size: tuple[float, float],
    drawn: DrawnCharacters,
    grounds: Sequence[PageBox],
    rules: Floats,
    image_share: float,
) -> PageCharacters:
    """Return a page with the characters that can be seen; the others are counted.

    size: width and height. grounds: filled shapes and images as left, top, right, bottom, on which white can be read.
    Invisible text on a scan is what was recognized in it, and is kept.
    """
    width, height = size
    recognized = bool(drawn.invisible.any()) and image_share >= SCAN_SHARE
    light = (drawn.brightness >= PALE) | (drawn.opacity <= SEE_THROUGH)
    seen = np.isfinite(drawn.boxes).all(axis=1) & np.isfinite(drawn.origins).all(axis=1) & np.isfinite(drawn.sizes)
    seen &= (drawn.sizes >= SMALLEST_SIZE) & (recognized | ~drawn.invisible) & ((drawn.opacity > 0) | drawn.invisible)
    x, y = (drawn.boxes[:, 0] + drawn.boxes[:, 2]) / 2, (drawn.boxes[:, 1] + drawn.boxes[:, 3]) / 2
    seen &= (x >= 0) & (y >= 0) & (x <= width) & (y <= height)
    for i in np.flatnonzero(seen & (drawn.brightness >= PALE) & ~drawn.invisible):
        if any(left <= x[i] <= right and top <= y[i] <= bottom for left, top, right, bottom in grounds):
            light[i] = False
        else:
            seen[i] = drawn.brightness[i] < PAPER_WHITE
    codes = np.where((drawn.codes > _LAST_CODE) | (drawn.codes >> 11 == _SURROGATES), _NO_CHARACTER, drawn.codes)
    strange = (codes >= _PRIVATE_USE.start) & (codes < _PRIVATE_USE.stop) & (codes != _GBK_BLANK)
    strange |= (codes >= _NO_CHARACTER) & (codes <= 0xFFFF) | drawn.unmapped
    flags: Ints = BOLD * drawn.bold.astype(np.int64) + LIGHT * light + UNMAPPED * strange
    return PageCharacters(
        number=number,
        width=width,
        height=height,
        codes=codes[seen],
        boxes=drawn.boxes[seen],
        origins=drawn.origins[seen],
        sizes=drawn.sizes[seen],
        turns=np.round(drawn.turns[seen]).astype(np.int64) % 360,
        pieces=drawn.pieces[seen],
        flags=flags[seen],
        rules=rules,
        image_share=image_share,
        hidden=int(np.count_nonzero(~seen & (codes > 32))),
        is_recognized=recognized,
    )
