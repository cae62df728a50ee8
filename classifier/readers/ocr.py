"""Recognizes the text of scanned pages, with the extra `ocr`; its lines are laid out as those of other pages."""

import math
import multiprocessing
import os
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from classifier.arrays import Floats
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.readers.page_characters import PageCharacters

OCR_VARIABLE = "CLASSIFY_OCR"  # of the environment, which worker processes have from their parent
RESOLUTION = 200  # dots in an inch: letters of twelve points are read well, and fewer pixels take less time
LARGEST_SIDE = 4_000  # pixels of a picture
FEW_LETTERS = 20  # on a page under an image: such as a page number that was stamped on a scan
SCANNED_SHARE = 0.5  # of a page under images
SAME_HEIGHT = 1.25  # lines whose heights differ by no more are of one size; the boxes of lines are not exact
TALL = 1.5  # times as high as wide: a line that is written downward
BASELINE = 0.38  # of the size below the middle of a line
_NARROW_TO = 0x2E80  # characters below are half as wide as their size, about
_OPENS, _CLOSES = "（《“‘【〔", "，。；：、！？）》”’】〕"  # whose left or right half is blank


class RecognizedLine(NamedTuple):
    """A line of a picture: its text, and left, top, right, bottom in points of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def check_ocr() -> None:
    """Raise ClassifierError where the libraries that recognize text are not installed."""
    try:
        import onnxruntime  # type: ignore[import-untyped]  # noqa: F401
        import rapidocr  # noqa: F401
    except ImportError as error:
        raise ClassifierError(message("--ocr: needs rapidocr; pip install 'policy-area-classifier[ocr]'")) from error


def ocr_wanted() -> bool:
    """Whether the environment asks for the text of scans to be recognized: CLASSIFY_OCR is set, and not 0."""
    return os.environ.get(OCR_VARIABLE, "0") not in ("", "0")


def needs_ocr(page: PageCharacters) -> bool:
    """Whether a page is a scan, or shows its text as drawings: no letters, or few of them on an image."""
    letters = int(np.count_nonzero(page.codes > 32))
    return letters == 0 or (letters <= FEW_LETTERS and page.image_share >= SCANNED_SHARE)


def picture_scale(width: float, height: float) -> float:
    """Return how many pixels a point has, for a page of that size in points."""
    return min(RESOLUTION / 72, LARGEST_SIDE / max(width, height, 1.0))


def recognized_page(
    picture: "np.ndarray[Any, np.dtype[np.uint8]]", scale: float, page: PageCharacters
) -> PageCharacters:
    """Return the page with the text of its picture in place of its own, or as it is where nothing is found.

    picture: rows, columns, and blue, green, red. scale: pixels of a point.
    """
    if picture.min() == picture.max():
        return page
    found = _engine()(picture)
    if found.boxes is None:
        return page
    height, width = picture.shape[0] / scale, picture.shape[1] / scale
    boxes = np.asarray(found.boxes, dtype=np.float64) / scale
    lines = [
        RecognizedLine(text, *box.min(axis=0).tolist(), *box.max(axis=0).tolist())
        for text, box in zip(found.txts, boxes, strict=True)
        if text.strip()
    ]
    return page_of_lines(lines, page.number, width, height, page.image_share)


@cache
def _engine() -> Any:
    """Load the models, which come with the library, once in a process."""
    from rapidocr import RapidOCR

    threads = -1 if multiprocessing.parent_process() is None else 1  # among several processes, each has one core
    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": threads})


def page_of_lines(
    lines: Sequence[RecognizedLine], number: int, width: float, height: float, image_share: float
) -> PageCharacters:
    """Return a page whose lines were recognized, each letter where it stands in its line, about; all in points."""
    sizes = _sizes(lines)
    rows: list[tuple[int, float, float, float, float, float, float]] = []
    turns: list[int] = []
    pieces: list[int] = []
    for piece, (line, size) in enumerate(zip(lines, sizes, strict=True)):
        placed = _letters(line, size)
        rows += placed
        turns += [90 if _is_tall(line) else 0] * len(placed)
        pieces += [piece] * len(placed)
    columns = np.array(rows, dtype=np.float64).reshape(-1, 7)
    return PageCharacters(
        number=number,
        width=width,
        height=height,
        codes=columns[:, 0].astype(np.int64),
        boxes=columns[:, 1:5],
        origins=columns[:, 5:7],
        sizes=np.array([sizes[piece] for piece in pieces], dtype=np.float64),
        turns=np.array(turns, dtype=np.int64),
        pieces=np.array(pieces, dtype=np.int64),
        flags=np.zeros(len(rows), dtype=np.int64),
        rules=np.zeros((0, 4)),
        image_share=image_share,
        is_recognized=True,
        recognized_lines=len(lines),
    )


def _is_tall(line: RecognizedLine) -> bool:
    return len(line.text) > 1 and line.bottom - line.top > TALL * (line.right - line.left)


def _sizes(lines: Sequence[RecognizedLine]) -> list[float]:
    """Return the size of each line's letters; lines about as high have one size, that of the middle one of them."""
    heights = [_height(line) for line in lines]
    letters = [len(line.text) for line in lines]
    found = [0.0] * len(lines)
    left = set(range(len(lines)))
    while left:
        middle = _weighted_median([heights[i] for i in left], [letters[i] for i in left])
        alike = {i for i in left if middle / SAME_HEIGHT <= heights[i] <= middle * SAME_HEIGHT}
        for i in alike:
            found[i] = middle
        left -= alike
    return found


def _height(line: RecognizedLine) -> float:
    """Return how high a line's letters are, at most; the box of a line by itself is often higher than they are."""
    width, height = line.right - line.left, line.bottom - line.top
    if _is_tall(line):
        width, height = height, width
    blank = 0.5 * ((line.text[0] in _OPENS) + (line.text[-1] in _CLOSES))
    return min(height, width / max(float(_widths(line.text).sum()) - blank, 0.5))


def _widths(text: str) -> Floats:
    """Return the widths of letters, of their size."""
    return np.array([0.5 if ord(letter) < _NARROW_TO else 1.0 for letter in text])


def _weighted_median(values: list[float], weights: list[int]) -> float:
    order = np.argsort(values)
    reached = np.cumsum(np.array(weights, dtype=np.float64)[order])
    return float(values[int(order[np.searchsorted(reached, reached[-1] / 2)])])


def _letters(line: RecognizedLine, size: float) -> list[tuple[int, float, float, float, float, float, float]]:
    """Return code, box and origin of each letter of a line; half of a bracket or comma at its ends is blank."""
    tall = _is_tall(line)
    start, end = (line.top, line.bottom) if tall else (line.left, line.right)
    start -= size / 2 if line.text[0] in _OPENS else 0.0
    end += size / 2 if line.text[-1] in _CLOSES else 0.0
    widths = _widths(line.text)
    edges = start + (end - start) * np.concatenate([[0.0], np.cumsum(widths)]) / max(widths.sum(), 0.5)
    middle = (line.left + line.right) / 2 if tall else (line.top + line.bottom) / 2
    low, high = middle - size / 2, middle + size / 2
    found = []
    for letter, a, b in zip(line.text, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if tall:
            found.append((ord(letter), low, a, high, b, middle - BASELINE * size, a))
        else:
            found.append((ord(letter), a, low, b, high, a, middle + BASELINE * size))
    return [row for row in found if all(map(math.isfinite, row[1:]))]
