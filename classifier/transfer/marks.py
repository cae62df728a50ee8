"""What people write into the cells of a sheet: whether an area is there, and whether a row was checked."""

_YES = frozenset({"1", "1.0", "是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "真"})
_NO = frozenset({"0", "0.0", "否", "无", "不", "错", "×", "✗", "✘", "n", "no", "false", "f", "假"})
_EMPTY = frozenset({"", "none", "null", "nan"})


def mark_of(cell: object) -> bool | None:
    """Return whether a cell says yes or no; None where it is empty. Raises ValueError where it says neither.

    >>> mark_of("√"), mark_of(0.0), mark_of(" ")
    (True, False, None)
    """
    text = "" if cell is None else str(cell).strip().casefold()
    if text in _EMPTY:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise ValueError(text)


def is_checked(cell: object) -> bool:
    """Whether a cell says that somebody looked at the row; a name does.

    >>> is_checked("李"), is_checked("否"), is_checked(None)
    (True, False, False)
    """
    try:
        return mark_of(cell) is True
    except ValueError:
        return True
