"""Puts sentences together that links and subscripts broke into lines."""

import re
from collections.abc import Sequence

from classifier.readers.lines import RawLine

_CLOSING = frozenset("，。；：、？！》）”’」』】〕％,;%)")
_OPENING = frozenset("《（“‘「『【〔(")
_PAIRS = tuple(zip("《（“‘「『【〔(", "》）”’」』】〕)", strict=True))
_CLOSING_AFTER_FRAGMENT = frozenset("》）”’」』】〕)")
_STOPS = frozenset("。！？；：!?;:")
_LONGEST_FRAGMENT = 40  # characters of a line in the middle of a sentence
_LOOKED_BACK = 200  # characters before a line
_REST_OF_FIGURE = re.compile(
    r"[.．]\d|[%％‰]|[万亿]?(?:元|吨|亩|户|人|个|家|公里|千米|千瓦|公顷|平方|立方|美元|斤|张|座|项|名|件|所|套|辆)|[万亿][^\s]"
)


def join_fragments(lines: Sequence[RawLine]) -> list[RawLine] | None:
    """Return lines with the fragments of a sentence put together; None where there are none.

    A line continues the one before where it begins with closing punctuation, where that one ends in an opening mark or
    in the middle of a figure, or where it is short and itself continued so.

    >>> join_fragments([RawLine("出台《", 1), RawLine("云溪县促进办法", 2), RawLine("》，落实到位。", 3)])[0].text
    '出台《云溪县促进办法》，落实到位。'
    """
    if not any(line.text[0] in _CLOSING or line.text[-1] in _OPENING or _in_figure(line.text) for line in lines):
        return None
    found: list[list[RawLine]] = []
    before = ""  # the end of what is put together
    for i, line in enumerate(lines):
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        if found and _continues(before, line.text, following):
            found[-1].append(line)
            before = (before + line.text)[-_LOOKED_BACK:]
        else:
            found.append([line])
            before = line.text
    if len(found) == len(lines):
        return None
    return [part[0] if len(part) == 1 else part[0]._replace(text="".join(line.text for line in part)) for part in found]


def _continues(before: str, text: str, following: str) -> bool:
    if before[-1] in _OPENING or text[0] in _CLOSING_AFTER_FRAGMENT:
        return True
    if before[-1] in _STOPS:
        return False
    if text[0] in _CLOSING:
        return True
    if _in_figure(before) and _REST_OF_FIGURE.match(text):
        return True
    return len(text) <= _LONGEST_FRAGMENT and following[:1] in _CLOSING_AFTER_FRAGMENT and _is_open(before)


def _is_open(text: str) -> bool:
    """Whether a quotation or a bracket that a line opens near its end is not closed in it."""
    tail = text[-_LONGEST_FRAGMENT:]
    return any(
        tail.rfind(opening) > tail.rfind(closing)
        for opening, closing in zip("《（“‘「『【〔(", "》）”’」』】〕)", strict=True)
    )


def _in_figure(text: str) -> bool:
    """Whether a line of a sentence ends in a figure."""
    return text[-1].isdigit() and "，" in text
