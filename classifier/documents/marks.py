"""The marks that order a report: 一、 (一) 1. (1) 一是 第一, and how deep each of them stands."""

import re
from dataclasses import dataclass
from enum import IntEnum

NUMERAL = "[一二三四五六七八九十]{1,3}"


class Level(IntEnum):
    """How deep a heading stands; a heading ends those of its own and of deeper levels."""

    CHAPTER = 0
    SECTION = 1
    SUBSECTION = 2
    NUMBER = 3
    ITEM_NUMBER = 4
    UNMARKED = 5
    ITEM = 6


_HEADING_MARKS = (
    (Level.CHAPTER, re.compile(rf"第{NUMERAL}(?:章|节|部分|篇|编)")),
    (Level.SECTION, re.compile(rf"{NUMERAL}、")),
    (Level.SUBSECTION, re.compile(rf"\({NUMERAL}\)、?|[㈠-㈩]")),
    (Level.NUMBER, re.compile(r"\d{1,2}[.、](?!\d)|[⒈-⒛]")),
    (Level.ITEM_NUMBER, re.compile(r"\(\d{1,2}\)|[①-⑳⑴-⒇]|\d{1,2}\)")),
    (Level.ITEM, re.compile(rf"{NUMERAL}(?:是|要)|第{NUMERAL}[,、:]")),
)
# Inside a line an item may start after any pause, a numbered one only after a full stop or a colon.
ITEM = re.compile(
    rf"(?:(?:^|(?<=[。;!?:,、”)]))\s*(?P<word>{NUMERAL}(?:是|要)(?!{NUMERAL}[,、。])|第{NUMERAL}(?=[,、:])))"
    rf"|(?:(?:^|(?<=[。;!?:,”)]))\s*(?P<number>\(\d{{1,2}}\)|[①-⑳⑴-⒇]))"
    rf"|(?:(?<=[。;!?:”)])\s*(?P<heading>\({NUMERAL}\)|\d{{1,2}}[.、](?!\d)|[⒈-⒛㈠-㈩]|\d{{1,2}}\)))"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark at the beginning of a line."""

    level: Level
    text: str


def mark_of(folded: str) -> Mark | None:
    """Return the mark that a line starts with.

    >>> mark_of("(二)实施项目建设行动")
    Mark(level=<Level.SUBSECTION: 2>, text='(二)')
    """
    for level, pattern in _HEADING_MARKS:
        if match := pattern.match(folded):
            return Mark(level, match[0])
    return None


def items(folded: str) -> list[tuple[int, str]]:
    """Return where each enumerated item of a line starts, and its mark.

    >>> items("抓好三件事:一是修路,二是办学。")
    [(6, '一是'), (11, '二是')]
    """
    found = []
    inline: Level | None = None  # of the first item marked as headings are
    for match in ITEM.finditer(folded):
        group = match.lastgroup or "word"
        found.append((match.start(group), match[group]))
        if group == "heading" and inline is None and (mark := mark_of(match[group])):
            inline = mark.level
    opening = mark_of(folded)
    if opening and opening.level == inline:
        found.insert(0, (0, opening.text))
    return found
