"""Joins the lines of a document into paragraphs, over columns and pages, by where each line begins and ends."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

import numpy as np

from classifier.readers.page_edges import SAME_EDGE
from classifier.readers.page_lines import OPENING_MARKS, PageLine
from classifier.readers.text_counting import BEGINS_ANEW

FIRST_INDENT = 1.2  # letters: a line that begins so far in begins a paragraph
FAR_IN = 5.0  # letters: further in stand signatures and dates
TOLERANCE = 0.4  # letters: how exactly a line is full
CENTERED_DIFFERENCE = 0.7  # letters: how much the margins of a centred line differ
CENTERED_MARGIN = 2.6  # letters: the margins of a centred line at least
SAME_TEXT_SIZE = 0.08
WIDE_LEADING = 1.3  # times the usual distance of lines: a gap between paragraphs
LEADING_SLACK = 0.25  # letters: and so much more in any case
FEWEST_GAPS = 5  # behind lines that end early, that show how wide gaps are
USUAL_LEADING = 1.6  # letters, where the document has no two lines to measure
COMMA_ROOM = 3.0  # letters that may stay free behind a comma within a paragraph
UNBROKEN_ROOM = 8.0  # letters that may stay free before what a program does not break

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_HEADING_MARK = re.compile(  # begins a line of its own; 一是 and ① stand in mid-paragraph as well
    rf"第{_NUMERAL}[章节条篇编部]|{_NUMERAL}、|[(（]\s?(?:{_NUMERAL}|\d{{1,2}})\s?[)）]|\d{{1,2}}[.、．](?!\d)|[㈠-㈩⒈-⒛⑴-⒇]"
)
_LIST_MARK = re.compile(rf"{_HEADING_MARK.pattern}|[①-⑳]|{_NUMERAL}(?:是|要)|第{_NUMERAL}[,，、：:]|[●■◆•·▪◇○—]")
_CONTENTS_ENTRY = re.compile(r"(?:…{2}|[.．]{4}|[·•]{4}|(?:[.．·] ){4})[….．·• ]*[(（]?\d{1,4}[)）]?$")
_SENTENCE_END = re.compile(r"[。！？!?；;：:…”’）)》]$")
_FULL_STOP = re.compile(r"[。！？!?；;：:…][”’）)》]*$")
NEVER_FIRST = "，。、；：？！）》〉」』】〕］”’％"


@dataclass(slots=True)
class LineGroup:
    """Lines that are one paragraph, one row of a table, or one note."""

    lines: list[PageLine]
    indent: float
    is_centered: bool

    @property
    def text(self) -> str:
        """The text of the lines, put together as they were before they were broken."""
        text = self.lines[0].row if self.lines[0].is_row else self.lines[0].text
        for line in self.lines[1:]:
            text = _glued(text, line.text)
        return text


def _glued(before: str, after: str) -> str:
    """Put two lines together: a blank between words of Latin letters, none in Chinese or inside a figure."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if last == "-" and before[-2:-1].isascii() and before[-2:-1].isalpha() and first.isascii() and first.islower():
        return before[:-1] + after
    is_latin = last.isascii() and first.isascii() and last != "-"
    return before + (" " if is_latin and not (last.isdigit() and first.isdigit()) else "") + after


def group_lines(lines: Sequence[PageLine]) -> list[LineGroup]:
    """Return the paragraphs, rows and notes of a document whose lines are in reading order and have their edges.

    Notes and what stands on its own come after the paragraph that they interrupt.
    """
    habits = _Habits(lines)
    groups: list[LineGroup] = []
    open_group: LineGroup | None = None
    waiting: list[LineGroup] = []
    hung: LineGroup | None = None  # the last paragraph whose lines hang
    for line, following in zip_longest(lines, lines[1:]):
        if line.is_note:
            if waiting and waiting[-1].lines[0].is_note and not _starts_note(line, waiting[-1].lines[-1]):
                waiting[-1].lines.append(line)
            else:
                waiting.append(_new_group(line))
            continue
        if open_group is not None and habits.continues(open_group, line, following, hung):
            open_group.lines.append(line)
            hung = open_group if _is_hanging(open_group.lines) else hung
            continue
        groups += waiting
        waiting = []
        open_group = _new_group(line)
        groups.append(open_group)
    return groups + waiting


_NOTE_MARK = re.compile(r"(?:[\[〔【(（]?\d{1,3}[\]〕】)）.、]?|[①-⑳*＊]|注)[:：\s]?")


def _starts_note(line: PageLine, before: PageLine) -> bool:
    return _NOTE_MARK.match(line.text) is not None or before.page != line.page


def _new_group(line: PageLine) -> LineGroup:
    return LineGroup([line], max(line.x0 - line.left, 0.0) / max(line.size, 1.0), is_centered(line))


def is_centered(line: PageLine) -> bool:
    """Whether both margins of a line are alike and wide."""
    return min(line.x0 - line.left, line.right - line.x1) >= CENTERED_MARGIN * line.size and _is_even(line)


def _is_even(line: PageLine) -> bool:
    return abs((line.x0 - line.left) - (line.right - line.x1)) <= CENTERED_DIFFERENCE * line.size


def mark_notes(lines: list[PageLine], body_size: float) -> None:
    """Mark the footnotes at the end of a column: smaller lines, the first of which begins with a mark."""
    start = len(lines)
    while start and lines[start - 1].size <= 0.92 * body_size and not lines[start - 1].is_row:
        start -= 1
    while start < len(lines) and not _NOTE_MARK.match(lines[start].text):
        start += 1
    if start and lines[start:] and lines[start].y > 0.4 * lines[start].height:
        for line in lines[start:]:
            line.is_note = True


def body_size_of(sizes: Iterable[tuple[float, int]]) -> float:
    """Return the size of most letters, from (size, how many letters)."""
    amounts: Counter[float] = Counter()
    for size, amount in sizes:
        amounts[round(size * 2) / 2] += amount
    return amounts.most_common(1)[0][0] if amounts else 12.0


class _Habits:
    """How a document sets its paragraphs, and with that whether a line goes on with the one before."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self.leading = self._usual_leading(lines)
        self.apart = self._apart_from(lines)
        self.indents_first_lines = self._indents(lines)
        self.hangs = self._hangs(lines)

    @staticmethod
    def _usual_leading(lines: Sequence[PageLine]) -> float:
        """The usual distance of two baselines within a paragraph, in letters."""
        found = [
            (below.y - above.y) / above.size
            for above, below in pairwise(lines)
            if _are_neighbours(above, below) and _is_full(above, below) and abs(below.x0 - below.left) < below.size
        ]
        return float(np.median(found)) if found else USUAL_LEADING

    def _apart_from(self, lines: Sequence[PageLine]) -> float:
        """The distance of two baselines, in letters, from which on a gap parts paragraphs.

        Where the gaps behind lines that end early show how wide gaps are, it is half way to them.
        """
        gaps = [
            (below.y - above.y) / above.size
            for above, below in pairwise(lines)
            if _are_neighbours(above, below) and not _is_full(above, below) and not is_centered(above)
        ]
        usual = max(WIDE_LEADING * self.leading, self.leading + LEADING_SLACK)
        if len(gaps) < FEWEST_GAPS:
            return usual
        least, middle = np.quantile(gaps, (0.25, 0.5))
        return min(usual, float(self.leading + middle) / 2) if least > self.leading + LEADING_SLACK else usual

    @staticmethod
    def _indents(lines: Sequence[PageLine]) -> bool:
        """Whether first lines begin further in: more full lines that do go on at the edge than as far in."""
        votes = 0
        for above, below in pairwise(lines):
            if above.column == below.column and _is_full(above, below) and _indent(above) >= FIRST_INDENT:
                at_edge = _indent(below) < FIRST_INDENT
                votes += 1 if at_edge else -1 if abs(_indent(above) - _indent(below)) < SAME_EDGE else 0
        return votes > 0

    @staticmethod
    def _hangs(lines: Sequence[PageLine]) -> bool:
        """Whether all paragraphs have their first lines at the edge, and the others further in."""
        votes = 0
        for first, second, third in zip(lines, lines[1:], lines[2:], strict=False):
            if first.column == second.column == third.column and _is_full(first, second) and _is_full(second, third):
                places = tuple(_indent(line) >= FIRST_INDENT for line in (first, second, third))
                votes += 1 if places == (False, True, True) else -1 if places != (True, True, True) else 0
        return votes > 0

    def continues(self, group: LineGroup, line: PageLine, following: PageLine | None, hung: LineGroup | None) -> bool:
        """Whether `line` belongs to the paragraph whose lines so far are `group`.

        following: the next line. hung: the last paragraph whose lines hang below the text behind its mark.
        """
        above = group.lines[-1]
        if above.is_row or line.is_row or above.is_note:
            return False
        larger = max(above.size, line.size)
        if abs(above.size - line.size) > SAME_TEXT_SIZE * larger or self._changes_weight(group, line):
            return False
        if self._is_apart(above, line) or not (_is_full(above, line) or self._goes_on_at_edge(group, line)):
            return False
        if group.is_centered or is_centered(line):
            return _is_even(group.lines[0]) and is_centered(line) and not _LIST_MARK.match(line.text)
        hangs = _hangs_below(above, line, following) or (hung is not None and _hangs_alike(hung.lines, above, line))
        return self._begins_within(group, line, hangs)

    def _changes_weight(self, group: LineGroup, line: PageLine) -> bool:
        """Whether bold begins or ends between two lines, and one side of it is bold or not as a whole."""
        above = group.lines[-1]
        if above.bold_ends[1] == line.bold_ends[0]:
            return False
        if line.is_bold:
            return True
        ends_by_chance = self.indents_first_lines and group.indent >= FIRST_INDENT > _indent(line)
        return all(other.is_bold for other in group.lines) and not ends_by_chance

    def _goes_on_at_edge(self, group: LineGroup, line: PageLine) -> bool:
        """Whether a line at the edge goes on with a sentence though some room was left, where first lines are set in.

        Programs differ in what they do not break, such as several figures with a comma between.
        """
        above = group.lines[-1]
        at_edge = self.indents_first_lines and group.indent >= FIRST_INDENT and _indent(line) < SAME_EDGE
        room = above.right - above.x1
        return at_edge and room < UNBROKEN_ROOM * above.size and not _SENTENCE_END.search(above.text)

    def _is_apart(self, above: PageLine, line: PageLine) -> bool:
        if above.page != line.page or above.column != line.column or line.y <= above.y:
            return False
        return line.y - above.y > self.apart * max(above.size, line.size)

    def _begins_within(self, group: LineGroup, line: PageLine, hangs: bool) -> bool:
        """Whether a line after a full line begins where the next line of the paragraph would."""
        above, indent = group.lines[-1], _indent(line)
        step = indent - _indent(above)
        if indent >= FAR_IN and step > FIRST_INDENT:
            return False
        at_edge = indent < FIRST_INDENT
        if self.hangs:
            return not at_edge
        if len(group.lines) > 1:
            goes_on = step < FIRST_INDENT and not (_is_hanging(group.lines) and step < -SAME_EDGE)
        elif at_edge:
            goes_on = True
        elif hangs:
            return True
        else:
            goes_on = not self.indents_first_lines and abs(step) < SAME_EDGE
        if goes_on and not (self.indents_first_lines and at_edge):
            if _HEADING_MARK.match(line.text):
                return not _SENTENCE_END.search(above.text)
            return not (BEGINS_ANEW.match(line.text) and _FULL_STOP.search(above.text))
        return goes_on


def _is_hanging(lines: list[PageLine]) -> bool:
    """Whether the lines after the first of a paragraph begin further in."""
    return lines[1].column == lines[0].column and _indent(lines[1]) - _indent(lines[0]) > SAME_EDGE


def _hangs_alike(hung: list[PageLine], above: PageLine, line: PageLine) -> bool:
    """Whether two lines begin where those of an item before did."""
    if not _LIST_MARK.match(above.text):
        return False
    same = abs(_indent(hung[0]) - _indent(above)) < SAME_EDGE
    return same and abs(_indent(hung[1]) - _indent(line)) < SAME_EDGE


def _hangs_below(above: PageLine, line: PageLine, following: PageLine | None) -> bool:
    """Whether a line hangs below the text after the mark of the line above, as the line after it shows."""
    step = _indent(line) - _indent(above)
    if following is None or not _LIST_MARK.match(above.text) or not SAME_EDGE < step < FAR_IN:
        return False
    goes_on = abs(following.x0 - line.x0) < SAME_EDGE * line.size and _is_full(line, following)
    next_item = abs(following.x0 - above.x0) < SAME_EDGE * line.size and _LIST_MARK.match(following.text) is not None
    return goes_on or next_item


def _are_neighbours(above: PageLine, below: PageLine) -> bool:
    same = above.page == below.page and above.column == below.column and not (above.is_row or below.is_row)
    return same and below.y > above.y and abs(above.size - below.size) <= SAME_TEXT_SIZE * above.size


def _indent(line: PageLine) -> float:
    return (line.x0 - line.left) / max(line.size, 1.0)


def _is_full(line: PageLine, below: PageLine) -> bool:
    """Whether the first unbreakable part of the line below would not have fitted behind this line.

    Between a comma, a bracket or quote that opens and what follows, and before a mark that closes, nothing ends.
    """
    if _CONTENTS_ENTRY.search(line.text):
        return False
    room = line.right - line.x1
    if below.text[:1] in NEVER_FIRST or line.text[-1:] in OPENING_MARKS:
        return True
    if line.text[-1:] in "，、" and room < COMMA_ROOM * line.size:
        return True
    if is_centered(line) or is_centered(below):
        room += line.x0 - line.left
    return room < below.first_width + TOLERANCE * line.size
