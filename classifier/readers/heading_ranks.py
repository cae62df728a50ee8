"""The levels of headings as web pages and Markdown give them, to those of a report: its title, then 1, 2, …"""

import re
from collections import Counter
from collections.abc import Sequence

from classifier.readers.lines import Place, RawLine

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_SECTION = re.compile(rf"\s*(?:第{_NUMERAL}(?:章|部分|篇|编)|{_NUMERAL}、)")
_SUBSECTION = re.compile(rf"\s*[(（]{_NUMERAL}[)）]")
_LONGEST_HEADING = 60  # characters
_MARKED = re.compile(rf"\s*(?:第{_NUMERAL}(?:章|节|部分|篇|编)|{_NUMERAL}、|[(（]{_NUMERAL}[)）]|[㈠-㈩])")
_FIRST_LINES = {1: 12, 2: 1}  # in which a heading of that level is the title


def ranked_headings(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return lines with the level 0 for the title and levels from 1 on for headings, whatever level they begin with.

    A heading whose own mark, such as 一、 or （一）, says its level has none from its format.
    """
    levels = Counter(line.level for line in lines if line.level)
    has_title = any(line.level == 0 for line in lines)
    if not levels:
        return list(lines)
    highest = min(levels)
    title = None
    if not has_title and levels[highest] == 1:
        at = next(i for i, line in enumerate(lines) if line.level == highest)
        if (
            at < _FIRST_LINES.get(highest, 0)
            and not _MARKED.match(lines[at].text)
            and not any(line.level for line in lines[:at])
        ):
            title = at
            highest = min((level for level in levels if level > highest), default=highest)
    plain = [line.text for line in lines if line.level is None and len(line.text) <= _LONGEST_HEADING]
    # Below sections that only their marks show there are no headings of the first level.
    above = sum(any(map(mark.match, plain)) for mark in (_SECTION, _SUBSECTION))
    return [line._replace(level=0) if i == title else _ranked(line, highest - above) for i, line in enumerate(lines)]


def _ranked(line: RawLine, highest: int) -> RawLine:
    if not line.level:
        return line
    marked = _MARKED.match(line.text) or line.place is not Place.BODY
    return line._replace(level=None if marked else max(1, line.level - highest + 1))
