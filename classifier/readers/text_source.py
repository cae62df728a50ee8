"""The lines of a text as its file has them, with their numbers, indents and the empty lines between."""

import re
from typing import NamedTuple

_RARE_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_RARE_LINE_END = re.compile(f"[{_RARE_LINE_ENDS}]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff \xa0"
_EM = {"\u3000": 1.0, "\u2003": 1.0, "\t": 2.0}  # widths of blanks in Chinese characters; all others are half as wide


class SourceLine(NamedTuple):
    """A line that has text, without blanks at its ends.

    number: from 1, as an editor counts. indent: in Chinese characters. after_gap: whether an empty line is before it.
    before_blank: whether a blank stood at its end.
    """

    text: str
    number: int
    indent: float
    after_gap: bool
    before_blank: bool = False


def source_lines(text: str) -> list[SourceLine]:
    """Return the lines of a text that have characters other than blanks and invisible ones.

    \\n, \\r\\n and \\r end a line and are counted. VT, FF, NEL, U+2028 and U+2029 end a line too, but most editors show
    them within a line, so that the next has the same number.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\ufeff" in text:  # as a file has at its beginning that was put behind another
        text = text.replace("\n\ufeff", "\n")
    every = text.split("\n")
    if any(end in text for end in _RARE_LINE_ENDS):
        pieces = [(piece, n) for n, line in enumerate(every, start=1) for piece in _RARE_LINE_END.split(line)]
    else:
        pieces = [(line, n) for n, line in enumerate(every, start=1)]
    found = []
    after_gap = False
    for raw, number in pieces:
        stripped = raw.strip()
        if stripped.strip(_INVISIBLE):
            indent = 0.0 if raw[0] == stripped[0] else _width_of_blanks(raw[: len(raw) - len(raw.lstrip())])
            found.append(SourceLine(stripped, number, indent, after_gap, raw[-1] != stripped[-1]))
        after_gap = not stripped
    return found


def _width_of_blanks(blanks: str) -> float:
    return sum(_EM.get(blank, 0.5) for blank in blanks)
