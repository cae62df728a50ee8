"""Finds what pages leave between the lines of a text: page numbers and running heads."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from classifier.readers.text_source import SourceLine

_NUMBER = r"\d{1,4}"
_PAGE_NUMBER = re.compile(
    rf"[-—–―─·•~ 　]{{0,8}}第?[ 　]{{0,4}}{_NUMBER}[ 　]{{0,4}}页?[-—–―─·•~ 　]{{0,8}}"
    rf"(?:(?:[/／,，][ 　]{{0,4}})?共?[ 　]{{0,4}}{_NUMBER}[ 　]{{0,4}}页?[-—–―─·•~ 　]{{0,8}})?"
    rf"|Page[ ]{{0,4}}{_NUMBER}(?: of {_NUMBER})?",
    re.IGNORECASE,
)
_LONGEST_PAGE_NUMBER = 24
_DIGITS = re.compile(r"\d+")
_NUMBERING = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十]{1,3}[章节部]|\d{1,2}[.、．]"
)
_ENDS_SENTENCE = "。！？；：，、”）)!?;:,"
_LONGEST_HEAD = 40
_LEAST_HEADS = 2  # that stand beside a page number
_LEAST_UNNUMBERED_HEADS = 3  # in a text without page numbers
_LEAST_PAGE = 6  # lines from one bare number to the next, in the median
_TITLE_LINES = 3  # at the top, where a running head may be the title itself


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but the number of a page, such as — 3 —, 第3页 or 3/20.

    >>> is_page_number("— 3 —"), is_page_number("2024年")
    (True, False)
    """
    return len(text) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(text) is not None


def page_furniture(lines: Sequence[SourceLine], is_full: Sequence[bool]) -> tuple[set[int], set[int]]:
    """Return where page numbers stand in the lines of a hard-wrapped text, and where running heads do.

    is_full: for each line whether it is so long that the next may continue it.
    """
    numbers = {i for i, line in enumerate(lines) if is_page_number(line.text)}
    bare = sorted(i for i in numbers if lines[i].text.isdigit())
    if len(bare) > 1 and sorted(b - a for a, b in pairwise(bare))[(len(bare) - 1) // 2] < _LEAST_PAGE:
        numbers -= set(bare)  # they count the rows of a table
    places = defaultdict(list)
    for i, line in enumerate(lines):
        if i not in numbers and _may_be_head(line.text):
            places[_DIGITS.sub("0", line.text)].append(i)
    heads: set[int] = set()
    for found in places.values():
        if numbers:
            beside = [i for i in found if i - 1 in numbers or i + 1 in numbers]
            if len(beside) >= _LEAST_HEADS:
                heads.update(beside)
        elif any(is_full[i] for i in found):
            continue  # they are of the text
        elif len(found) >= _LEAST_UNNUMBERED_HEADS and any(_breaks_in(lines, is_full, i) for i in found):
            heads.update(i for i in found if i >= _TITLE_LINES)
    return numbers, heads


def _may_be_head(text: str) -> bool:
    short = len(text) <= _LONGEST_HEAD and "，" not in text
    return short and text[-1] not in _ENDS_SENTENCE and not _NUMBERING.match(text)


def _breaks_in(lines: Sequence[SourceLine], is_full: Sequence[bool], i: int) -> bool:
    """Whether a line stands in mid-sentence."""
    return i > 0 and is_full[i - 1] and lines[i - 1].text[-1] not in _ENDS_SENTENCE
