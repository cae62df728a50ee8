"""The values of a table's cells: as JSON knows them, as names, and without the mark that keeps formulas away."""

import re
from math import isfinite
from typing import Any

from classifier.paths import escaped

# What a spreadsheet program takes for a formula; plain numbers are none.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_HALF = re.compile("[\ud800-\udfff]")
_LARGEST = 1 << 64  # from which on whole numbers are text in JSON
_DEEPEST = 20  # levels of lists and objects in a value


def unguarded(text: str) -> str:
    """Return a cell's text without the quotation mark that stands before what would else be a formula.

    >>> unguarded("'=SUM(A1)"), unguarded("'quoted'")
    ('=SUM(A1)', "'quoted'")
    """
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def value_for_json(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON knows it: dates and whatever JSON has no form for as text, NaN as None.

    >>> value_for_json([1.5, float("nan"), 1 << 80, b"a"])
    [1.5, None, '1208925819614629174706176', 'a']
    """
    known = value
    if isinstance(value, str):
        known = whole_text(value)
    elif isinstance(value, float):
        known = value if isfinite(value) else None
    elif depth < _DEEPEST and isinstance(value, dict):
        known = {whole_text(str(name)): value_for_json(v, depth + 1) for name, v in value.items()}
    elif depth < _DEEPEST and isinstance(value, list | tuple):
        known = [value_for_json(v, depth + 1) for v in value]
    elif isinstance(value, bytes):
        known = value.decode("utf-8", "replace")
    elif value is not None and not (isinstance(value, int) and -(_LARGEST >> 1) <= value < _LARGEST):
        known = str(value)
    return known


def name_of(value: object) -> str:
    """Return an id as it stands in the name of a document, escaped; whole numbers without a decimal point.

    >>> name_of(1.0), name_of("a\\nb")
    ('1', 'a\\\\nb')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return text if text.isprintable() else escaped(whole_text(text))  # most are, and need no longer look


def whole_text(text: str) -> str:
    """Return a text with U+FFFD for each half of a character, as JSON's escapes and broken bytes leave them."""
    return text if text.isascii() or is_whole_number(text) else _HALF.sub("\ufffd", text)


def is_whole_number(text: str) -> bool:
    """Whether a text has no halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def halves(text: str) -> int:
    """Return how many halves of characters a text has."""
    return len(_HALF.findall(text))
