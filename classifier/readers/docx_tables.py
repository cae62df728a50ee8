"""The cells of a Word table to lines: a row of figures or names is one line, prose in a cell stays paragraphs."""

from collections.abc import Sequence

from classifier.readers.lines import Place, RawLine

SHORTEST_CELL_PROSE = 30  # characters of a paragraph with a full stop that makes its cell prose

CellLines = Sequence[RawLine]


def lines_of_table(rows: Sequence[Sequence[CellLines]]) -> list[RawLine]:
    """Return the lines of a table, of which each cell is given as its lines.

    In a table of one column that has prose, as one that only draws a frame, every cell is prose.
    """
    frame = all(len(row) == 1 for row in rows) and any(_is_prose(row[0]) for row in rows)
    return [line for row in rows for line in _lines_of_row(row, frame)]


def _lines_of_row(row: Sequence[CellLines], frame: bool) -> list[RawLine]:
    """Return a row as one line with tabs between its cells, cut by the paragraphs of cells that are prose."""
    found: list[RawLine] = []
    short: list[CellLines] = []
    for cell in row:
        if frame or _is_prose(cell):
            found += _joined(short)
            found += cell
            short = []
        elif any(line.place is Place.TABLE for line in cell):  # a table within it
            found += _joined(short)
            found += (line._replace(place=Place.TABLE) for line in cell)
            short = []
        else:
            short.append(cell)
    return found + _joined(short)


def _is_prose(cell: CellLines) -> bool:
    return any(
        line.place is Place.BODY
        and (line.level is not None or (len(line.text) >= SHORTEST_CELL_PROSE and "。" in line.text))
        for line in cell
    )


def _joined(cells: Sequence[CellLines]) -> list[RawLine]:
    """Return the line of cells side by side, none where all are empty."""
    lines = [line for cell in cells for line in cell]
    if not lines:
        return []
    text = "\t".join(" ".join(line.text.replace("\t", " ") for line in cell) for cell in cells).strip()
    bold = all(line.bold for line in lines)
    return [RawLine(text, 0, Place.TABLE, lines[0].page, size=lines[0].size, bold=bold)]
