"""Word's automatic numbers: which list and level a paragraph has, and the number that Word shows before it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from classifier.readers.docx_numerals import numeral
from classifier.readers.docx_xml import VAL, child, integer, name_of, switch, value

LEVELS = 9  # of a list
LONGEST_NUMBER = 100  # characters of the number before a paragraph; what is beyond is cut

_NUM_ID, _ILVL, _START = name_of("w:numId"), name_of("w:ilvl"), name_of("w:start")
_ABSTRACT_ID, _ABSTRACT = name_of("w:abstractNumId"), name_of("w:abstractNum")
_NUM, _LVL, _OVERRIDE = name_of("w:num"), name_of("w:lvl"), name_of("w:lvlOverride")
_NUM_FMT, _LVL_TEXT, _IND = name_of("w:numFmt"), name_of("w:lvlText"), name_of("w:ind")
_RPR, _PPR, _VANISH, _IS_LGL = name_of("w:rPr"), name_of("w:pPr"), name_of("w:vanish"), name_of("w:isLgl")
_CHOICE, _FALLBACK = name_of("mc:Choice"), name_of("mc:Fallback")
_PLACEHOLDER = re.compile("%([1-9])")


class NumberLevel(NamedTuple):
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
    levels: dict[int, NumberLevel]
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
    by_style = {style: id for id, a in abstracts.items() if (style := value(a, name_of("w:styleLink")))}
    levels_of: dict[str, dict[int, NumberLevel]] = {}  # read once, as many lists share them
    found = {}
    for number, num in numbers.items():
        shared = value(num, _ABSTRACT_ID)
        abstract = abstracts.get(shared or "")
        if shared is None or abstract is None:
            continue
        # A list that is made from a list style has its levels in the list of that style.
        linked = by_style.get(value(abstract, name_of("w:numStyleLink")) or "")
        if linked is not None:
            shared, abstract = linked, abstracts[linked]
        if shared not in levels_of:
            levels_of[shared] = dict(_levels(abstract))
        levels = levels_of[shared].copy()
        starts = {}
        for override in num.iterfind(_OVERRIDE):
            at = integer(override.get(_ILVL))
            if at is None or not 0 <= at < LEVELS:
                continue
            levels.update((at, level) for _, level in _levels(override))
            start = integer(value(override, name_of("w:startOverride")))
            if start is not None:
                starts[at] = start
        found[number] = NumberedList(shared, levels, starts)
    return found


def _levels(parent: etree._Element) -> Iterator[tuple[int, NumberLevel]]:
    for lvl in parent.iterfind(_LVL):
        at = integer(lvl.get(_ILVL)) or 0
        if 0 <= at < LEVELS:
            yield at, _level(lvl)


def _level(lvl: etree._Element) -> NumberLevel:
    text = child(lvl, _LVL_TEXT)
    return NumberLevel(
        start=integer(value(lvl, _START)) or 0,
        number_format=_format(lvl),
        text="" if text is None else (text.get(VAL) or "")[:LONGEST_NUMBER],
        restart=integer(value(lvl, name_of("w:lvlRestart"))),
        legal=bool(switch(lvl, _IS_LGL)),
        hidden=bool(switch(child(lvl, _RPR), _VANISH)) if child(lvl, _RPR) is not None else False,
        suffix=value(lvl, name_of("w:suff")) or "tab",
        style=value(lvl, name_of("w:pStyle")),
        indent=child(lvl, _PPR, _IND),
    )


def _format(lvl: etree._Element) -> str:
    """Return the number format of a level; one of its own is written 001, 002, … and means that many digits."""
    found = child(lvl, _NUM_FMT)
    if found is None:
        for branch in (_CHOICE, _FALLBACK):
            found = child(lvl, name_of("mc:AlternateContent"), branch, _NUM_FMT)
            if found is not None and (own := re.match(r"(0*1),", found.get(name_of("w:format")) or "")):
                return f"zeros{len(own[1])}"
    name = "decimal" if found is None else found.get(VAL) or "decimal"
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


def _restarts(level: NumberLevel | None, at: int) -> bool:
    """Whether a paragraph of level `at` makes a deeper level begin anew."""
    restart = None if level is None else level.restart
    return restart is None or at < restart


def _shown(one: NumberedList, level: NumberLevel, at: int, counters: dict[int, int]) -> str:
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

    return _PLACEHOLDER.sub(written, level.text)[:LONGEST_NUMBER]
