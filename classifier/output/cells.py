"""Cells of tables for spreadsheet programs, which would take some texts for formulas."""

import json
from typing import Any

from classifier.readers.cells import FORMULA, PLAIN_NUMBER


def guarded(text: str) -> str:
    """Return a text with a quotation mark before it where a spreadsheet program would take it for a formula.

    `classifier.readers.cells.unguarded` takes the mark off again, so that a text which has such marks gets one more.

    >>> guarded("=1+1"), guarded("-2.5"), guarded("text")
    ("'=1+1", '-2.5', 'text')
    """
    return f"'{text}" if FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text) else text


def json_text(value: Any) -> str:
    """Return a value that is no text as JSON writes it.

    >>> json_text([1, "text"]), json_text(True)
    ('[1, "text"]', 'true')
    """
    return json.dumps(value, ensure_ascii=False)
