"""The edges of columns, which tell whether a line of a page is full: from the lines of this and other pages."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from classifier.readers.page_lines import CLOSING_MARKS, PageLine

SAME_EDGE = 0.5  # letters
SHORT_PAGE = 0.9  # of the usual width: a page whose lines are all shorter says nothing of its edges
ONLY_COLUMN = (0, 1)
OWN_LINES = 8  # a page with fewer in a column takes the edges from the whole document


def set_edges(lines: Sequence[PageLine]) -> None:
    """Give every line the edges of its column, from the lines of the same column on this and other pages."""
    by_page: dict[tuple[int, tuple[int, int]], list[PageLine]] = defaultdict(list)
    by_side: dict[tuple[int, int, tuple[int, int]], list[PageLine]] = defaultdict(list)  # odd and even pages differ
    by_column: dict[tuple[int, tuple[int, int]], list[PageLine]] = defaultdict(list)
    for line in lines:
        if not line.is_row:
            by_page[line.page, line.column].append(line)
            by_side[line.page % 2, round(line.height), line.column].append(line)
            by_column[round(line.height), line.column].append(line)
    every = {column: _edges(column_lines) for column, column_lines in by_column.items()}
    if _move_into_columns(by_page, every):
        set_edges(lines)
        return
    shared = {side: _edges_or(side_lines, every[side[1:]]) for side, side_lines in by_side.items()}
    in_columns = {page for page, column in by_page if column != ONLY_COLUMN}
    for (page, column), own in by_page.items():
        left, right = _edges_or(own, shared[page % 2, round(own[0].height), column])
        if page in in_columns and column == ONLY_COLUMN:  # a title across the columns: they all are its width
            beside = [line for (other, _), others in by_page.items() if other == page for line in others]
            left, right = min(line.x0 for line in beside), max(line.x1 for line in beside)
        for line in own:
            line.left, line.right = min(left, line.x0), max(right, line.x1)


def _edges_or(lines: Sequence[PageLine], others: tuple[float, float]) -> tuple[float, float]:
    """The edges of a page's lines; those of more pages where the page has few lines, or short ones alone."""
    if len(lines) < OWN_LINES:
        return others
    left, right = _edges(lines)
    return (left, right) if right - left >= SHORT_PAGE * (others[1] - others[0]) else others


def _move_into_columns(
    by_page: dict[tuple[int, tuple[int, int]], list[PageLine]],
    edges: dict[tuple[int, tuple[int, int]], tuple[float, float]],
) -> bool:
    """Move a page of few lines, too few to see columns by, into the column of other pages that it fits in."""
    moved = False
    in_columns = {page for page, column in by_page if column != ONLY_COLUMN}
    for (page, _), own in by_page.items():
        if page in in_columns:
            continue
        slack = own[0].size
        left, right = min(line.x0 for line in own), max(line.x1 for line in own)
        for (height, other), (other_left, other_right) in edges.items():
            fits = other_left - slack <= left and right <= other_right + slack and height == round(own[0].height)
            if other != ONLY_COLUMN and fits:
                for line in own:
                    line.column = other
                moved = True
                break
    return moved


def _edges(lines: Sequence[PageLine]) -> tuple[float, float]:
    """The outermost places where two lines at least begin, and end; a stop at the end may hang over the edge."""
    size = float(np.median([line.size for line in lines]))
    starts = sorted(line.x0 for line in lines)
    whole = [line for line in lines if line.text[-1:] not in CLOSING_MARKS]
    ends = sorted((line.x1 for line in (whole if len(whole) > 1 else lines)), reverse=True)
    if len(lines) < OWN_LINES:
        return starts[0], ends[0]
    left = next((a for a, b in pairwise(starts) if b - a <= SAME_EDGE * size), starts[0])
    right = next((a for a, b in pairwise(ends) if a - b <= SAME_EDGE * size), ends[0])
    return left, right
