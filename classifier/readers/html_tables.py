"""A table of a web page to lines: rows of data with tabs, and what only stands in a table for its layout as text."""

import re
from itertools import takewhile

from lxml import etree

from classifier.readers.docx_tables import lines_of_table
from classifier.readers.lines import RawLine

_WIDEST_SPAN = 100  # columns or rows of a cell
_MOST_COLUMNS = 200  # of a table in which cells reach into others
_MOST_SPANNED = 10_000  # cells of a table that others reach into; from there on each cell is one
_NOTHING: list[RawLine] = []
_SPAN = re.compile(r"\s*(\d{1,3})")


class WebTable:
    """Collects the cells of a table. outside: where the lines of what it stands in are collected."""

    def __init__(self, outside: list[RawLine]) -> None:
        """Begin a table without rows."""
        self.outside = outside
        self.rows: list[list[list[RawLine]]] = []
        self.spanned = 0
        self.reaching: dict[int, int] = {}  # how many rows more the cell above reaches into, by column

    def row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self._reached()

    def cell(self, element: etree._Element) -> list[RawLine]:
        """Begin a cell and return the list in which its lines are to be collected."""
        if not self.rows:
            self.row()
        row, cell = self.rows[-1], list[RawLine]()
        first = len(row)
        row.append(cell)
        if self.spanned < _MOST_SPANNED:
            wide, more = _span(element, "colspan") - 1, _span(element, "rowspan") - 1
            row += [_NOTHING] * wide
            self.spanned += wide + more
            self.reaching.update(dict.fromkeys(range(first, len(row)), more))
        self._reached()
        return cell

    def _reached(self) -> None:
        """Add an empty cell for each that a cell above reaches into."""
        row = self.rows[-1]
        while len(row) < _MOST_COLUMNS and self.reaching.get(len(row)):
            self.reaching[len(row)] -= 1
            row.append(_NOTHING)

    def lines(self) -> list[RawLine]:
        """Return the lines of the table; all of them are text where it has but one column that is not empty."""
        used = sorted({at for row in self.rows for at, cell in enumerate(row) if cell})
        if len(used) <= 1:
            return [line for row in self.rows for cell in row for line in cell]
        rows = [[row[at] for at in takewhile(len(row).__gt__, used)] for row in self.rows]
        return lines_of_table(rows)


def _span(element: etree._Element, name: str) -> int:
    match = _SPAN.match(element.get(name) or "")
    return min(max(int(match[1]), 1), _WIDEST_SPAN) if match else 1
