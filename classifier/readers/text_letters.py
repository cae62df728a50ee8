"""Mends lines whose letters are set apart by blanks, or stand twice because bold was struck twice."""

import re
from collections import Counter

_LEAST_BLANKS = 0.15  # share of the characters of a text from which its letters may be set apart
_HAN = "\u3400-\u9fff"
_APART = re.compile(rf"(?<=[{_HAN}])[ \u3000](?=[{_HAN}])")
_TOGETHER = re.compile(rf"[{_HAN}](?=[{_HAN}])")
_EVERY_LETTER = re.compile(r"\S(?: {1,3}\S){3,}")
_IN_CHINESE = re.compile(rf"(?<=[{_HAN}，。；：、（）《》“”—％%]) (?=\S)|(?<=\S) (?=[{_HAN}，。；：、（）《》“”—％%])")
_TWICE = re.compile(r"(?:(\S)\1){5,}")
_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_LEAST_TWICE = 4  # different Chinese characters that stand twice


def mend_letters(text: str, counts: Counter[str]) -> str:
    """Return a text without blanks between its letters, if most stand apart, and with each letter once.

    counts: `lines_set_apart`, `lines_struck_twice`.
    """
    if text.count(" ") > _LEAST_BLANKS * len(text) and len(_APART.findall(text)) > len(_TOGETHER.findall(text)):
        text = _LINE.sub(lambda line: _together(line[0], counts), text)
    return text


def _together(line: str, counts: Counter[str]) -> str:
    stripped = line.strip()
    if _EVERY_LETTER.fullmatch(stripped):
        mended = re.sub(r" ( {2})?", lambda blanks: " " if blanks[1] else "", stripped)
    else:
        mended = _IN_CHINESE.sub("", stripped)
    counts["lines_set_apart"] += mended != stripped
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
