"""Find numbering, such as 一、 (一) 1. (1) 一是 第一, and how deep each kind of it stands."""

from enum import IntEnum
from typing import NamedTuple

from classifier.characters import NUMERALS, PAUSES_BEFORE_ITEMS
from classifier.patterns import lazy_pattern

NUMERAL = f"[{NUMERALS}]{{1,3}}"


class Level(IntEnum):
    """How deep a heading stands; a heading ends those of its own and of deeper levels."""

    CHAPTER = 0
    SECTION = 1
    SUBSECTION = 2
    NUMBER = 3
    ITEM_NUMBER = 4
    UNNUMBERED = 5
    ITEM = 6


_PATTERNS = {
    Level.CHAPTER: rf"第{NUMERAL}(?:章|节|部分|篇|编)",
    Level.SECTION: rf"{NUMERAL}、",
    Level.SUBSECTION: rf"\({NUMERAL}\)、?|[㈠-㈩]",
    Level.NUMBER: r"\d{1,2}[.、](?!\d)|[⒈-⒛]",
    Level.ITEM_NUMBER: r"\(\d{1,2}\)|[①-⑳⑴-⒇]|\d{1,2}\)",
    Level.ITEM: rf"{NUMERAL}(?:是|要)|第{NUMERAL}[,、:]",
}
_LEVELS = tuple(_PATTERNS)
_FIRST_CHARACTERS = frozenset(f"{NUMERALS}第(㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩").union(map(chr, range(ord("①"), ord("⒛") + 1)))
# One pattern with a group for each level, as most lines have no numbering, and one search tells so.
_NUMBERING = lazy_pattern("|".join(f"({pattern})" for pattern in _PATTERNS.values()))
_WORD = rf"(?P<word>{NUMERAL}(?:是|要)(?!{NUMERAL}[,、。])|第{NUMERAL}(?=[,、:]))"
_NUMBER = r"(?P<number>\(\d{1,2}\)|[①-⑳⑴-⒇])"
_HEADING = rf"(?P<heading>\({NUMERAL}\)|\d{{1,2}}[.、](?!\d)|[⒈-⒛㈠-㈩]|\d{{1,2}}\))"
_FIRST = lazy_pattern(rf"[第(]?(?:一|1)(?![{NUMERALS}\d])|[㈠⒈①⑴]")
_FIRST_ITEM = lazy_pattern(rf"\s*(?:{_WORD}|{_NUMBER})")
# The numbering is only looked ahead at, as its end may be the pause before the next one, (1)一是; and first for its
# first character, as few pauses are followed by one of these.
_LATER_ITEM = lazy_pattern(
    rf"[{PAUSES_BEFORE_ITEMS}](?=[\s\d{NUMERALS}第(①-⑳⑴-⒇⒈-⒛㈠-㈩])" rf"\s*(?={_WORD}|{_NUMBER}|{_HEADING})"
)
# Inside a line an item may start after any pause, a numbered one only after a full stop or a colon.
_NOT_AFTER = {"word": "", "number": "、", "heading": ",、"}


class Numbering(NamedTuple):
    """What a line or an item begins with, and the level of its kind."""

    level: Level
    text: str


def numbering_of(folded: str) -> Numbering | None:
    """Return the numbering that a folded line starts with, else None.

    >>> numbering_of("(二)实施项目建设行动")
    Numbering(level=<Level.SUBSECTION: 2>, text='(二)')
    """
    first = folded[:1]
    if first not in _FIRST_CHARACTERS and not first.isdecimal():
        return None
    match = _NUMBERING.match(folded)
    return Numbering(_LEVELS[match.lastindex - 1], match[0]) if match and match.lastindex else None


def is_first(own: Numbering) -> bool:
    """Whether numbering is the first of its kind, such as 一、 (1) or ①.

    >>> is_first(Numbering(Level.SECTION, "一、")), is_first(Numbering(Level.SECTION, "十一、"))
    (True, False)
    """
    return _FIRST.match(own.text) is not None


def item_starts(folded: str) -> list[tuple[int, str]]:
    """Return where each enumerated item of a folded line starts, and its numbering.

    >>> item_starts("抓好三件事:一是修路,二是办学。")
    [(6, '一是'), (11, '二是')]
    """
    found = []
    if first := _FIRST_ITEM.match(folded):
        group = first.lastgroup or "word"
        found.append((first.start(group), first[group]))
    inline: Level | None = None  # level of the first item that is numbered as headings are
    for match in _LATER_ITEM.finditer(folded):
        group = match.lastgroup or "word"
        if match[0][0] in _NOT_AFTER[group]:
            continue
        found.append((match.end(), match[group]))
        if group == "heading" and inline is None and (own := numbering_of(match[group])):
            inline = own.level
    if inline is not None and (opening := numbering_of(folded)) and opening.level == inline:
        found.insert(0, (0, opening.text))
    return found
