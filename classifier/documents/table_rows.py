"""Tell rows of tables in plain text: short cells with tabs or blanks between, and figures among them."""

from classifier.documents import numbering
from classifier.patterns import lazy_pattern

_LONGEST_ROW, _LONGEST_CELL = 300, 30  # characters
_FEWEST_CELLS = 3  # of a row by itself; next to another row two are enough
TABLE_RULES = ("|", "│", "┃", "║")  # that stand between cells
_RULE = lazy_pattern("[|│┃║]")
_FEWEST_RULES = 3  # of a row between rules
_FIGURE = lazy_pattern(r"[-+]?\d[\d,.]*[%‰]?|[-—/]+")
_PROSE = lazy_pattern(r"[。;!?:]|,(?!\d)|、(?=.)")
_DATE_WORD = lazy_pattern(r"[年月日号]")


def row_cells(folded: str) -> list[str]:
    """Return the cells of a folded line that may be a row of a table, else an empty list.

    >>> row_cells("粮食产量\\t万吨\\t31"), row_cells("全年粮食产量达到31万吨。")
    (['粮食产量', '万吨', '31'], [])
    """
    if len(folded) > _LONGEST_ROW or "。" in folded:
        return []
    if _is_ruled(folded):
        return [cell for cell in _RULE.split(folded) if cell.strip()]
    cells = (
        [" ".join(cell.split()) for cell in folded.split("\t") if cell.strip()] if "\t" in folded else folded.split()
    )
    short = len(cells) > 1 and all(len(cell) <= _LONGEST_CELL and not _PROSE.search(cell) for cell in cells)
    own = numbering.numbering_of(cells[0]) if short else None
    return cells if short and not (len(cells) == 2 and own and own.text == cells[0]) else []


def is_row(folded: str, before: int, following: str) -> bool:
    """Whether a folded line is a row of a table.

    before: how many cells the line before has, if that is a row, else 0. following: the next line with text, folded.
    """
    cells = row_cells(folded)
    if not cells:
        return False
    if _is_ruled(folded):
        return True
    if before and (len(cells) == before or _FIGURE.fullmatch(cells[-1])):
        return True
    return _stands_alone(folded, cells) or _is_header(folded, cells, following)


def _is_ruled(folded: str) -> bool:
    """Whether a line is a row between rules, as Markdown and old programs write them: | 粮食 | 万吨 |"""
    text = folded.strip()
    between = text.startswith(TABLE_RULES) and text.endswith(TABLE_RULES)
    return between and len(_RULE.findall(text)) >= _FEWEST_RULES


def _stands_alone(folded: str, cells: list[str]) -> bool:
    if "\t" in folded:
        return len(cells) >= _FEWEST_CELLS or any(map(_FIGURE.fullmatch, cells))
    if len(cells) < _FEWEST_CELLS or numbering.numbering_of(folded) or not _has_words(cells):
        return False
    figures = [_FIGURE.fullmatch(cell) is not None for cell in cells]
    if any(figure and _DATE_WORD.match(next_cell) for figure, next_cell in zip(figures, cells[1:], strict=False)):
        return False
    return figures[-1] or (figures[0] and len(cells) > _FEWEST_CELLS and any(figures[1:]))


def _is_header(folded: str, cells: list[str], following: str) -> bool:
    """Whether the next line is a row with as many cells as this one, which has no figures."""
    below = row_cells(following)
    if len(below) != len(cells) or ("\t" in folded) != ("\t" in following):
        return False
    return _has_words(cells) and numbering.numbering_of(folded) is None and _stands_alone(following, below)


def _has_words(cells: list[str]) -> bool:
    """Whether a cell is longer than a character, as none is where a tool has set letters apart by blanks."""
    return any(len(cell) > 1 and _FIGURE.fullmatch(cell) is None for cell in cells)
