"""Characters of a page turned upright and cut into runs: stretches of one look on one baseline without a wide gap."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.readers.page_characters import BOLD, LIGHT, PageCharacters

_BLANK_CODES = np.array([0x20, 0xA0, 0x3000, 0xE5E5, 0x2000, 0x2001, 0x2002, 0x2003, 0x2009, 0x202F, 0x205F])
MOST_TILT = 3  # degrees off a right angle: a page that was put askew
WIDE_GAP = 0.8  # of the letters' size; a wider one ends a run, so that columns and cells are runs of their own
BACKWARD_STEP = 0.7
SAME_BASELINE = 0.1
SAME_RUN_SIZE = 0.06


@dataclass(frozen=True, slots=True)
class UprightText:
    """The characters of a page that read in one direction, without blanks, turned so that they read from left to right.

    x0, x1: along the baseline. y: of the baseline, downward. after_blank: whether a blank was written before.
    """

    width: float
    height: float
    codes: Ints
    x0: Floats
    x1: Floats
    y: Floats
    sizes: Floats
    flags: Ints
    after_blank: Bools
    rules: Floats

    def only(self, chosen: Bools) -> "UprightText":
        """Return the text with some of its characters alone."""
        return replace(
            self,
            codes=self.codes[chosen],
            x0=self.x0[chosen],
            x1=self.x1[chosen],
            y=self.y[chosen],
            sizes=self.sizes[chosen],
            flags=self.flags[chosen],
            after_blank=self.after_blank[chosen],
        )


class PageRun(NamedTuple):
    """A stretch of characters of an `UprightText`, from `start` up to `end`."""

    start: int
    end: int
    x0: float
    x1: float
    y: float
    size: float
    text: str
    is_bold: bool
    is_light: bool


def upright(page: PageCharacters) -> tuple[list[UprightText], int]:
    """Return the text of each right angle, the most written direction first, and how many pieces stand aslant."""
    quarter = np.round(page.turns / 90).astype(np.int64) % 4
    tilt = np.abs((page.turns + 45) % 90 - 45)
    straight = tilt <= MOST_TILT
    slanting = len(np.unique(page.pieces[~straight]))
    written = ~np.isin(page.codes, _BLANK_CODES) & (page.codes > 32)
    amounts = np.bincount(quarter[straight & written], minlength=4)
    order = [int(turn) for turn in np.argsort(-amounts, kind="stable") if amounts[turn]]
    return [_turned(page, straight & (quarter == turn), turn) for turn in order], slanting


def _turned(page: PageCharacters, chosen: Bools, quarter: int) -> UprightText:
    boxes = _turned_boxes(page.boxes[chosen], quarter, page.width, page.height)
    origins = _turned_boxes(np.tile(page.origins[chosen], 2), quarter, page.width, page.height)
    codes = page.codes[chosen]
    blank = np.isin(codes, _BLANK_CODES) | (codes <= 32)
    after_blank = np.concatenate([[False], blank[:-1]])
    width, height = (page.width, page.height) if quarter % 2 == 0 else (page.height, page.width)
    text = UprightText(
        width,
        height,
        codes,
        boxes[:, 0],
        boxes[:, 2],
        origins[:, 1],
        page.sizes[chosen],
        page.flags[chosen],
        after_blank,
        _turned_boxes(page.rules, quarter, page.width, page.height),
    )
    return text.only(~blank)


def _turned_boxes(boxes: Floats, quarter: int, width: float, height: float) -> Floats:
    """Turn boxes with y downward so that what read at so many quarters clockwise reads from left to right."""
    left, top, right, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    turned = {
        0: (left, top, right, bottom),
        1: (top, width - right, bottom, width - left),
        2: (width - right, height - bottom, width - left, height - top),
        3: (height - bottom, left, height - top, right),
    }[quarter]
    return np.stack(turned, axis=1)


def runs_of(text: UprightText) -> list[PageRun]:
    """Cut the characters into runs, in the order of the file."""
    if not len(text.codes):
        return []
    starts = np.flatnonzero(_breaks(text))
    ends = np.append(starts[1:], len(text.codes))
    letters = text.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    x0 = np.minimum.reduceat(text.x0, starts)
    x1 = np.maximum.reduceat(text.x1, starts)
    return [
        PageRun(
            int(s),
            int(e),
            float(a),
            float(b),
            float(text.y[s]),
            float(text.sizes[s]),
            letters[s:e],
            *_look(text, int(s)),
        )
        for s, e, a, b in zip(starts, ends, x0, x1, strict=True)
    ]


def _look(text: UprightText, i: int) -> tuple[bool, bool]:
    flags = int(text.flags[i])
    return bool(flags & BOLD), bool(flags & LIGHT)


def _breaks(text: UprightText) -> Bools:
    """Whether a run begins at each character."""
    size = np.maximum(text.sizes[1:], 1.0)
    gap = text.x0[1:] - text.x1[:-1]
    moved = np.abs(np.diff(text.y)) > SAME_BASELINE * size
    resized = np.abs(np.diff(text.sizes)) > SAME_RUN_SIZE * size
    relooked = (text.flags[1:] & (BOLD | LIGHT)) != (text.flags[:-1] & (BOLD | LIGHT))
    apart = (gap > WIDE_GAP * size) | (gap < -BACKWARD_STEP * size)
    return np.concatenate([[True], moved | resized | relooked | apart])
