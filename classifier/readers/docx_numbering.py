"""Word's automatic numbers: which list and level a paragraph has, and the number that Word shows before it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from classifier.readers.docx_numerals import numeral
from classifier.readers.docx_xml import WORD_VAL, element_at, is_on, val_at, whole_number, word_name

LIST_LEVELS = 9  # of a list
LONGEST_LIST_NUMBER = 100  # characters of the number before a paragraph; what is beyond is cut

_NUM_ID, _ILVL, _START = word_name("w:numId"), word_name("w:ilvl"), word_name("w:start")
_ABSTRACT_ID, _ABSTRACT = word_name("w:abstractNumId"), word_name("w:abstractNum")
_NUM, _LVL, _OVERRIDE = word_name("w:num"), word_name("w:lvl"), word_name("w:lvlOverride")
_NUM_FMT, _LVL_TEXT, _IND = word_name("w:numFmt"), word_name("w:lvlText"), word_name("w:ind")
_RPR, _PPR, _VANISH, _IS_LGL = word_name("w:rPr"), word_name("w:pPr"), word_name("w:vanish"), word_name("w:isLgl")
_CHOICE, _FALLBACK = word_name("mc:Choice"), word_name("mc:Fallback")
_PLACEHOLDER = re.compile("%([1-9])")


class ListLevel(NamedTuple):
    """One level of a list: how its numbers are counted and written.

    text: such as 第%1章, where %1 is the number of the first level. restart: None where each level above restarts it,
    0 where none does, else the level (from 1) down to which the levels above restart it.
    style: the paragraph style that belongs to it. indent: its `w:ind`.
    """

    start: int
    number_format: str
    text: str
    restart: int | None
    legal: bool
    hidden: bool
    suffix: str
    style: str | None
    indent: etree._Element | None


class NumberedList(NamedTuple):
    """A `w:num`: the levels it shows, the list whose counters it shares, and where it starts anew."""

    shared: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]

    def level_of_style(self, style: str) -> int | None:
        """Return the level that a paragraph style belongs to."""
        return next((number for number, level in self.levels.items() if level.style == style), None)


def numbered_lists(root: etree._Element | None) -> dict[str, NumberedList]:
    """Return the lists of the numbering part by their ids."""
    if root is None:
        return {}
    abstracts = {str(a.get(_ABSTRACT_ID)): a for a in root.iterfind(_ABSTRACT)}
    numbers = {str(n.get(_NUM_ID)): n for n in root.iterfind(_NUM)}
    by_style = {style: id for id, a in abstracts.items() if (style := val_at(a, word_name("w:styleLink")))}
    levels_of: dict[str, dict[int, ListLevel]] = {}  # read once, as many lists share them
    found = {}
    for number, num in numbers.items():
        shared = val_at(num, _ABSTRACT_ID)
        abstract = abstracts.get(shared or "")
        if shared is None or abstract is None:
            continue
        # A list that is made from a list style has its levels in the list of that style.
        linked = by_style.get(val_at(abstract, word_name("w:numStyleLink")) or "")
        if linked is not None:
            shared, abstract = linked, abstracts[linked]
        if shared not in levels_of:
            levels_of[shared] = dict(_levels(abstract))
        levels = levels_of[shared].copy()
        starts = {}
        for override in num.iterfind(_OVERRIDE):
            at = whole_number(override.get(_ILVL))
            if at is None or not 0 <= at < LIST_LEVELS:
                continue
            levels.update((at, level) for _, level in _levels(override))
            start = whole_number(val_at(override, word_name("w:startOverride")))
            if start is not None:
                starts[at] = start
        found[number] = NumberedList(shared, levels, starts)
    return found


def _levels(parent: etree._Element) -> Iterator[tuple[int, ListLevel]]:
    for lvl in parent.iterfind(_LVL):
        at = whole_number(lvl.get(_ILVL)) or 0
        if 0 <= at < LIST_LEVELS:
            yield at, _level(lvl)


def _level(lvl: etree._Element) -> ListLevel:
    text = element_at(lvl, _LVL_TEXT)
    return ListLevel(
        start=whole_number(val_at(lvl, _START)) or 0,
        number_format=_format(lvl),
        text="" if text is None else (text.get(WORD_VAL) or "")[:LONGEST_LIST_NUMBER],
        restart=whole_number(val_at(lvl, word_name("w:lvlRestart"))),
        legal=bool(is_on(lvl, _IS_LGL)),
        hidden=bool(is_on(element_at(lvl, _RPR), _VANISH)),
        suffix=val_at(lvl, word_name("w:suff")) or "tab",
        style=val_at(lvl, word_name("w:pStyle")),
        indent=element_at(lvl, _PPR, _IND),
    )


def _format(lvl: etree._Element) -> str:
    """Return the number format of a level; one of its own is written 001, 002, … and means that many digits."""
    found = element_at(lvl, _NUM_FMT)
    if found is None:
        for branch in (_CHOICE, _FALLBACK):
            found = element_at(lvl, word_name("mc:AlternateContent"), branch, _NUM_FMT)
            if found is not None and (own := re.match(r"(0*1),", found.get(word_name("w:format")) or "")):
                return f"zeros{len(own[1])}"
    name = "decimal" if found is None else found.get(WORD_VAL) or "decimal"
    return "decimal" if name == "custom" else name


class NumberCounters:
    """Counts the numbered paragraphs of a text in order, as Word does."""

    def __init__(self, lists: dict[str, NumberedList]) -> None:
        """Begin to count in the lists of a document."""
        self.lists = lists
        self.counters: dict[str, dict[int, int]] = {}  # of each list that shares them, by level
        self.started: set[tuple[str, int]] = set()  # lists and levels whose new start has been used

    def number(self, id: str, at: int) -> str:
        """Count a paragraph of a list's level and return its number as Word shows it; "" for bullets and none."""
        one = self.lists[id]
        counters = self.counters.setdefault(one.shared, {})
        level = one.levels.get(at)
        if level is None:
            return ""
        for above in range(at):
            # A level that is left out counts as begun.
            if above not in counters and above in one.levels:
                counters[above] = one.starts.get(above, one.levels[above].start)
        if at in one.starts and (id, at) not in self.started:
            self.started.add((id, at))
            counters[at] = one.starts[at]
        elif at in counters:
            counters[at] += 1
        else:
            counters[at] = one.starts.get(at, level.start)
        for below in [n for n in counters if n > at and _restarts(one.levels.get(n), at)]:
            del counters[below]
        return "" if level.hidden else _shown(one, level, at, counters)


def _restarts(level: ListLevel | None, at: int) -> bool:
    """Whether a paragraph of level `at` makes a deeper level begin anew."""
    restart = None if level is None else level.restart
    return restart is None or at < restart


def _shown(one: NumberedList, level: ListLevel, at: int, counters: dict[int, int]) -> str:
    if level.number_format == "bullet":
        return ""

    def written(match: re.Match[str]) -> str:
        number = int(match[1]) - 1
        its = one.levels.get(number)
        if number > at or its is None or number not in counters:
            return ""
        how = its.number_format
        if how.startswith("zeros"):
            return f"{counters[number]:0{int(how.removeprefix('zeros'))}d}"
        if level.legal and how not in ("none", "bullet", "decimalZero"):
            how = "decimal"
        return numeral(counters[number], how)

    return _PLACEHOLDER.sub(written, level.text)[:LONGEST_LIST_NUMBER]
