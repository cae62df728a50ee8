"""Finds tables: rows between ruled lines, and rows of short cells that stand below each other."""

from typing import NamedTuple

import numpy as np

from classifier.arrays import Bools, Floats
from classifier.readers.page_lines import PageCell, PageLine, lines_of
from classifier.readers.page_runs import UprightText, runs_of

TOUCHING = 3.0  # points: rules that are so near meet
FEWEST_UPRIGHTS = 3  # two columns of cells
FEWEST_LEVELS = 3  # two rows
LONGEST_CELL = 24  # letters: longer cells of a table without rules are text
ALIGNED = 0.6  # of the letters' size
ROWS_OF_TWO = 3  # so many rows of two cells make a table; of more cells, two do
MOST_TABLES = 50


class _Grid(NamedTuple):
    """The uprights and levels of a ruled table: rules as left, top, right, bottom."""

    uprights: Floats
    levels: Floats


def ruled_rows(text: UprightText, page: int) -> tuple[list[PageLine], UprightText, int]:
    """Return the rows of ruled tables, the text without them, and how many letters were struck twice."""
    rows: list[PageLine] = []
    doubled = 0
    for grid in _grids(text.rules):
        inside = _inside(text, grid)
        if inside.any():
            found, twice = _grid_rows(text.only(inside), grid, page)
            rows.extend(found)
            doubled += twice
            text = text.only(~inside)
    return rows, text, doubled


def _grids(rules: Floats) -> list[_Grid]:
    """Group rules that touch each other; a group with enough of both kinds is a table."""
    if len(rules) < FEWEST_LEVELS + FEWEST_UPRIGHTS:
        return []
    found = []
    for group in _touching(rules)[:MOST_TABLES]:
        is_level = (group[:, 2] - group[:, 0]) >= (group[:, 3] - group[:, 1])
        grid = _Grid(group[~is_level], group[is_level])
        places = _distinct((grid.uprights[:, 0] + grid.uprights[:, 2]) / 2)
        heights = _distinct((grid.levels[:, 1] + grid.levels[:, 3]) / 2)
        if len(places) >= FEWEST_UPRIGHTS and len(heights) >= FEWEST_LEVELS:
            found.append(grid)
    return found


def _touching(rules: Floats) -> list[Floats]:
    """Return the groups of rules that touch, by union of overlapping boxes."""
    wide = rules + np.array([-TOUCHING, -TOUCHING, TOUCHING, TOUCHING]) / 2
    group = np.arange(len(rules))
    for i in range(len(rules)):
        near = (wide[:, 0] <= wide[i, 2]) & (wide[:, 2] >= wide[i, 0])
        near &= (wide[:, 1] <= wide[i, 3]) & (wide[:, 3] >= wide[i, 1])
        joined = np.unique(group[near])
        group[np.isin(group, joined)] = joined[0]
    return [rules[group == number] for number in np.unique(group)]


def _distinct(places: Floats) -> list[float]:
    """Sorted places, those nearer than two rules can be taken once."""
    found: list[float] = []
    for place in np.sort(places).tolist():
        if not found or place - found[-1] > TOUCHING:
            found.append(place)
    return found


def _inside(text: UprightText, grid: _Grid) -> Bools:
    left, right = grid.levels[:, 0].min(), grid.levels[:, 2].max()
    top, bottom = grid.levels[:, 1].min(), grid.levels[:, 3].max()
    middle = (text.x0 + text.x1) / 2
    height = text.y - 0.35 * text.sizes
    inside: Bools = (middle > left) & (middle < right) & (height > top) & (height < bottom)
    return inside


def _grid_rows(text: UprightText, grid: _Grid, page: int) -> tuple[list[PageLine], int]:
    """Put the text of a table into rows and cells."""
    heights = _distinct((grid.levels[:, 1] + grid.levels[:, 3]) / 2)
    row_of = np.searchsorted(heights, text.y - 0.35 * text.sizes)
    rows: list[PageLine] = []
    doubled = 0
    for number in np.unique(row_of):
        middle = (heights[number - 1] + heights[min(number, len(heights) - 1)]) / 2
        crossing = (grid.uprights[:, 1] <= middle + 1) & (grid.uprights[:, 3] >= middle - 1)
        edges = _distinct((grid.uprights[crossing, 0] + grid.uprights[crossing, 2]) / 2)
        row = text.only(row_of == number)
        cell_of = np.searchsorted(edges, (row.x0 + row.x1) / 2)
        cells: list[PageCell] = []
        lines: list[PageLine] = []
        for column in range(1, max(len(edges), 2)):
            cell = row.only(cell_of == column)
            inner, twice = lines_of(cell, runs_of(cell), page, (0, 1))
            x0 = edges[column - 1] if edges else 0.0
            cells.append(PageCell(x0, edges[column] if column < len(edges) else x0, "".join(li.text for li in inner)))
            lines += inner
            doubled += twice
        if lines:
            x0, x1 = min(li.x0 for li in lines), max(li.x1 for li in lines)
            bold = all(li.is_bold for li in lines)
            line = PageLine(page, x0, x1, lines[0].y, lines[0].size, bold, cells, text.height, is_row=True)
            rows.append(line)
    return rows, doubled


def mark_rows(lines: list[PageLine]) -> None:
    """Mark lines of a column that are rows of a table without rules: short cells in the same places."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and _follows(lines[start:end], lines[end]):
            end += 1
        rows = [line for line in lines[start:end] if len(line.cells) > 1]
        least = 2 if rows and min(len(row.cells) for row in rows) > 2 else ROWS_OF_TWO
        if len(rows) >= least:
            for line in lines[start:end]:
                line.is_row = True
            start = end
        else:
            start += 1


def _follows(rows: list[PageLine], line: PageLine) -> bool:
    """Whether a line has its cells below those of the row before it."""
    above = next((row for row in reversed(rows) if len(row.cells) > 1), None)
    if above is None or line.y - rows[-1].y > 3 * line.size:
        return False
    if len(line.cells) < 2 or any(len(cell.text) > LONGEST_CELL for cell in (*line.cells, *above.cells)):
        return False
    return sum(any(_is_below(cell, other, line.size) for other in above.cells) for cell in line.cells) >= 2


def _is_below(cell: PageCell, above: PageCell, size: float) -> bool:
    pairs = ((cell.x0, above.x0), (cell.x1, above.x1), ((cell.x0 + cell.x1) / 2, (above.x0 + above.x1) / 2))
    return any(abs(a - b) <= ALIGNED * size for a, b in pairs)
