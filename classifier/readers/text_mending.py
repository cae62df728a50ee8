"""Mends what was done to lines: sentences broken at links and subscripts, letters set apart by blanks or doubled."""

import re
from collections import Counter
from collections.abc import Sequence

from classifier.readers.lines import CountKind, RawLine

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
_LEAST_BLANKS = 0.15  # share of the characters of a text from which its letters may be set apart
_HAN = "\u3400-\u9fff"
_APART = re.compile(rf"(?<=[{_HAN}])[ \u3000](?=[{_HAN}])")
_TOGETHER = re.compile(rf"[{_HAN}](?=[{_HAN}])")
_EVERY_LETTER = re.compile(r"\S(?: {1,3}\S){3,}")
_IN_CHINESE = re.compile(rf"(?<=[{_HAN}，。；：、（）《》“”—％%]) (?=\S)|(?<=\S) (?=[{_HAN}，。；：、（）《》“”—％%])")
_TWICE = re.compile(r"(?:(\S)\1){5,}")
_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_LEAST_TWICE = 4  # different Chinese characters that stand twice


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


def mend_letters(text: str, counts: Counter[CountKind]) -> str:
    """Return a text without blanks between its letters, if most stand apart, and with each letter once.

    counts: `lines_set_apart`, `lines_struck_twice`.
    """
    if text.count(" ") > _LEAST_BLANKS * len(text) and len(_APART.findall(text)) > len(_TOGETHER.findall(text)):
        text = _LINE.sub(lambda line: _together(line[0], counts), text)
    return text


def _together(line: str, counts: Counter[CountKind]) -> str:
    stripped = line.strip()
    if _EVERY_LETTER.fullmatch(stripped):
        mended = re.sub(r" ( {2})?", lambda blanks: " " if blanks[1] else "", stripped)
    else:
        mended = _IN_CHINESE.sub("", stripped)
    counts[CountKind.LINES_SET_APART] += mended != stripped
    return line.replace(stripped, mended) if stripped else line


def struck_once(line: str) -> str:
    """Return a line without the second of letters that all stand twice at its beginning.

    >>> struck_once("政政府府工工作作报报告告")
    '政府工作报告'
    """
    if len(line) < 10 or line[0] != line[1] or line[2] != line[3]:
        return line
    twice = _TWICE.match(line)
    if twice is None or len({c for c in twice[0] if "\u3400" <= c <= "\u9fff"}) < _LEAST_TWICE:
        return line
    return twice[0][::2] + line[twice.end() :]
