"""Break lines at a number of cells, in which a Chinese character is two wide."""

from collections.abc import Iterable

from rich.cells import cell_len


def wrapped(pieces: Iterable[str], cells: int) -> list[str]:
    """Return pieces joined to lines of at most so many cells; a piece is never broken.

    >>> wrapped(["one ", "two ", "three"], 8)
    ['one two', 'three']
    """
    lines, used = [""], 0
    for piece in pieces:
        size = cell_len(piece.rstrip())
        if used + size > cells and lines[-1]:
            lines.append("")
            used = 0
        lines[-1] += piece
        used += cell_len(piece)
    return [line.rstrip() for line in lines]
