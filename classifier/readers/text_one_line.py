"""Cuts a report that stands in one line, or in a few, at the numbering of its headings and at the salutation."""

from collections.abc import Sequence
from itertools import pairwise

from classifier.patterns import lazy_pattern
from classifier.readers.lines import RawLine

_LEAST_LENGTH = 200  # characters of a line that is cut
_LEAST_AVERAGE = 200  # characters a line
_LEAST_MARKS = 3  # of headings, within a line

_N = "[一二三四五六七八九十]"
_SECTION = rf"(?:{_N}{{1,3}}、(?!{_N}{{1,3}}[、，产])|第{_N}{{1,3}}(?:部分|章|编)(?![，。、的]))"
_SUBSECTION = rf"[(（]{_N}{{1,3}}[)）]"
_STOP = "[。．｡！？!?]"
_SALUTATION = lazy_pattern(
    r"(?:(?:尊敬的)?主席团、?)?(?:尊敬的)?各位(?:代表|委员|领导)"
    r"(?:[，、 ]?(?:各位[^，。：:]{1,8}|同志们|朋友们))*[：:!！]"
)
_HEADING = lazy_pattern(rf"(?:(?<={_STOP})|(?<={_STOP}[”’）)]))[ \u3000]*(?P<mark>{_SECTION}|{_SUBSECTION})")
_SUBSECTION_BELOW = lazy_pattern(rf"{_SECTION}[^。，；：]{{2,40}}?(?=[(（]一[)）])")
# What ends most headings of sections, in front of text.
_SECTION_NAME = lazy_pattern(
    rf"{_SECTION}[^。，；：、（）]{{2,30}}?(?:回顾|总体要求|总体思路|主要目标|奋斗目标|重点工作|主要任务|工作安排|主要工作|自身建设)"
    rf"(?=[\u4e00-\u9fff\d])(?![和与及暨的任安方目情部以上、，])"
)
_MEETING = lazy_pattern(
    r"(?:[—―–-]{1,2} ?|[(（])?(?:\d{4}|[〇○零一二三四五六七八九十]{4})年[^，。：；]{2,12}日?在?"
    r"[^，。：；]{4,50}(?:会议|大会)上[)）]?"
)
# Where blanks stand for line ends, one follows the heading of a section.
_BEFORE_BLANK = lazy_pattern(rf"{_SECTION}[^。；：\s]{{2,40}}(?=[ \u3000]+\S)")
_NUMBERED = lazy_pattern(rf"(?:(?<={_STOP})|(?<={_STOP}[”’）)]))[ \u3000]*\d{{1,2}}[.．、](?=[\u4e00-\u9fff])")
_LONGEST_FRONT = 300  # characters before the salutation


def cut_at_headings(lines: Sequence[RawLine]) -> list[RawLine] | None:
    """Return the paragraphs of a report of a few lines that are too long, or None where they are not.

    A paragraph begins with 一、 （一） 第一部分 behind a full stop, with （一） behind the heading of a section, and
    with the salutation.
    """
    if sum(len(line.text) for line in lines) < _LEAST_AVERAGE * len(lines):
        return None
    found: list[RawLine] = []
    for line in lines:
        found += (line._replace(text=text) for text in _cut(line.text))
    return found if len(found) > len(lines) else None


def _cut(text: str) -> list[str]:
    if len(text) < _LEAST_LENGTH:
        return [text]
    cuts = {match.start("mark") for match in _HEADING.finditer(text)}
    below = {match.end() for match in _SUBSECTION_BELOW.finditer(text)}
    front = _front_cuts(text)
    if cuts and front:  # a whole report, in which 1. begins a paragraph and no item of one
        cuts |= {match.start() for match in _NUMBERED.finditer(text)}
    if len(cuts | below) < _LEAST_MARKS:
        return [text]
    names = {
        match.end()
        for pattern in (_SECTION_NAME, _BEFORE_BLANK)
        for match in pattern.finditer(text)
        if match.start() == 0 or match.start() in cuts
    }
    places = sorted({0, len(text)} | cuts | below | names | front)
    return [piece for start, end in pairwise(places) if (piece := text[start:end].strip())]


def _front_cuts(text: str) -> set[int]:
    """Return where the parts of the title lines and the salutation begin and end."""
    salutation = _SALUTATION.search(text, 0, _LONGEST_FRONT)
    end = salutation.start() if salutation else 0
    cuts = {salutation.start(), salutation.end()} if salutation else set()
    if meeting := _MEETING.search(text, 0, end):
        cuts |= {meeting.start(), meeting.end()}
    return cuts
