"""Joins the lines of a hard-wrapped text to paragraphs."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from classifier.patterns import lazy_pattern
from classifier.readers.lines import RawLine
from classifier.readers.text_counting import BEGINS_ANEW, counted_lines
from classifier.readers.text_source import SourceLine

_LEAST_LINES = 6
_LONGEST_AVERAGE = 80  # characters a line; where lines are longer on average, each is a paragraph
_NARROWEST, _WIDEST = 12, 100  # characters of a full line
_LEAST_FULL = 0.3  # share of full lines
_LEAST_BROKEN = 0.5  # share of full lines that end in mid-sentence
_LEAST_BROKEN_LINES = 4
_LEAST_PAUSES = 0.5  # share of full lines with punctuation within, which the lines of a list have not
_MOST_LONGER = 0.04  # share of lines that are longer than full ones
_HANGING = 1.5  # characters that punctuation may hang over the edge
_WIDEST_PARAGRAPH_INDENT = 5.0  # further in stand centred lines and signatures
_LOST_INDENT = 2.0  # characters that the first line of a paragraph is shorter where blanks were taken off
_SHORT = 0.75  # of a full line: what is shorter ends a paragraph for certain
_MOST_HEADING_LINES = 2
_LONGEST_WORD = 24  # Latin characters that are not broken
_EVEN = 0.85  # share of broken lines of one width from which the text was wrapped by counting
_UNEVEN = 4.0  # characters that a full line may be shorter where it was not

_PAUSE = lazy_pattern("[，。；：、,;:].")
_STOPS = "。！？；：!?;:"
_CLOSING = "”’）)》」』】〕\"'"
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕”’％,.;:?!)%…")
_OPENING = frozenset("（《「『【〔“‘([")
_LATIN = lazy_pattern(r"[!-~]+")
_HALF_WIDE = lazy_pattern(r"[ -~\u2018\u2019\u00b7]")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HEADING_MARK = lazy_pattern(
    rf"第{_NUMERAL}(?:章|节|部分|篇|编)|{_NUMERAL}[、.．]|[(（]{_NUMERAL}[)）]|[(（]\d{{1,2}}[)）]|\d{{1,2}}[.、．](?!\d)"
    r"|[㈠-㈩⒈-⒛①-⑳⑴-⒇]"
)
_SECTION_MARK = lazy_pattern(rf"第{_NUMERAL}(?:章|部分|篇|编)|{_NUMERAL}、")  # stands at the edge in some texts
_PLACE_AND_DATE = lazy_pattern(
    r"[-—―–（( ]{0,4}(?:\d{4}|[〇○零一二三四五六七八九]{4})年[^。，；：]{4,60}(?:会议|大会|全会)上[）)]?"
)


class WrappedText(NamedTuple):
    """The paragraphs of a hard-wrapped text, and how many lines, page numbers and running heads are gone."""

    lines: list[RawLine]
    joined: int
    page_numbers: int
    running_heads: int


class _Measure(NamedTuple):
    """How a text was wrapped.

    widths: of its lines, with the indent. full: the width of a full line. slack: how much less is full as well.
    halves: whether Latin characters count half. splits: whether figures and words are broken.
    """

    widths: list[float]
    full: float
    slack: float
    halves: bool
    splits: bool

    def width(self, text: str) -> float:
        """Return the width of a text in Chinese characters."""
        return len(text) - len(_HALF_WIDE.findall(text)) / 2 if self.halves else len(text)


def join_wrapped(lines: Sequence[SourceLine]) -> WrappedText | None:
    """Return the paragraphs of a text whose lines are broken at a width; None where each line is a paragraph."""
    if len(lines) < _LEAST_LINES or sum(len(line.text) for line in lines) > _LONGEST_AVERAGE * len(lines):
        return None
    measure = _measured(lines)
    if measure is None:
        return None
    is_full = [width >= measure.full - measure.slack - 2 for width in measure.widths]
    from classifier.readers.text_furniture import page_furniture

    numbers, heads = page_furniture(lines, is_full)
    kept = [i for i in range(len(lines)) if i not in numbers and i not in heads]
    joiner = _Joiner([lines[i] for i in kept], measure._replace(widths=[measure.widths[i] for i in kept]))
    paragraphs = joiner.paragraphs()
    if len(paragraphs) == len(kept):
        return None
    return WrappedText(paragraphs, len(kept) - len(paragraphs), len(numbers), len(heads))


def _measured(lines: Sequence[SourceLine]) -> _Measure | None:
    """Return how a text was wrapped, or None if it was not: by characters, or by width, whichever is more even."""
    margin = min(line.indent for line in lines)
    broken = [i for i, line in enumerate(lines) if not _ends_sentence(line.text) and line.text[-1] not in "，、,"]
    if len(broken) < _LEAST_BROKEN_LINES:
        return None
    best, best_share = None, 0.0
    for halves in (False, True):
        measure = _Measure([], 0, 0, halves, False)
        widths = [line.indent - margin + measure.width(line.text + " " * line.before_blank) for line in lines]
        full = _usual_full_width([widths[i] for i in broken])
        # Lines of full width, or shorter by an indent that is gone.
        even = sum(full - 0.5 <= widths[i] + gone <= full for i in broken for gone in (0, _LOST_INDENT))
        share = even / max(1, sum(widths[i] >= _SHORT * full for i in broken))
        if share > best_share and _is_wrapped(lines, widths, full):
            slack = 0.0 if share >= _EVEN else 1.0
            best, best_share = _Measure(widths, full, slack, halves, False), share
    if best is None:
        return None
    splits = sum(
        line.text[-1].isdigit() and following.text[0].isdigit() and width >= best.full - 0.5
        for line, following, width in zip(lines, lines[1:], best.widths, strict=False)
    )
    return best._replace(splits=splits >= 2)


def _usual_full_width(widths: list[float]) -> float:
    """Return the width of full lines, of those that end in mid-sentence.

    It is the widest of those that many lines have; a few may be longer.
    """
    count = Counter(widths)
    most = max(count.values())
    return max(width for width, n in count.items() if n >= max(2, most / 4) or n == most)


def _is_wrapped(lines: Sequence[SourceLine], widths: list[float], full: float) -> bool:
    if not _NARROWEST <= full <= _WIDEST:
        return False
    longer = sum(width > full + _HANGING for width in widths)
    at_edge = [line.text for line, width in zip(lines, widths, strict=True) if abs(full - width) <= 3]
    broken = sum(not _ends_sentence(text) for text in at_edge)
    return (
        longer <= _MOST_LONGER * len(lines)
        and len(at_edge) >= _LEAST_FULL * len(lines)
        and sum(_PAUSE.search(text) is not None for text in at_edge) >= _LEAST_PAUSES * len(at_edge)
        and broken >= max(_LEAST_BROKEN_LINES, _LEAST_BROKEN * len(at_edge))
    )


def _ends_sentence(text: str) -> bool:
    return text[-1] in _STOPS or (text[-1] in _CLOSING and text.rstrip(_CLOSING)[-1:] in _STOPS)


class _Joiner:
    """Decides of each line whether it continues the one before."""

    def __init__(self, lines: list[SourceLine], measure: _Measure) -> None:
        self.lines = lines
        self.measure = measure
        self.margin = min((line.indent for line in lines), default=0.0)
        self.has_indents = self._has_indents()
        self.lost_indent = 0.0 if self.has_indents else self._lost_indent()
        self.gaps_part = self._gaps_part()
        self.blanks_end = 2 * sum(line.before_blank for line in self.lines) > len(self.lines)
        self.in_series = counted_lines([line.text for line in lines])

    def paragraphs(self) -> list[RawLine]:
        """Return the paragraphs, each with the number of its first line."""
        starts = [0]
        for i in range(1, len(self.lines)):
            if not self._continues(i, starts[-1]):
                starts.append(i)
        bounds = pairwise([*starts, len(self.lines)])
        return [RawLine(self._glued(start, end), self.lines[start].number) for start, end in bounds]

    def _glued(self, start: int, end: int) -> str:
        """Put lines together, with a blank where one stood between Latin letters or figures, or has to stand."""
        pieces = [self.lines[start].text]
        for i in range(start + 1, end):
            before, line = self.lines[i - 1], self.lines[i]
            last, first = before.text[-1], line.text[0]
            if last.isascii() or first.isascii():
                stood = (before.before_blank and not self.blanks_end) or 0 < line.indent - self.margin < 1
                # Text that is wrapped by counting is broken within words; where a blank is gone, the line is shorter.
                within = self.measure.splits and self.measure.widths[i - 1] in self._counted_widths(start, i - 1)
                words = last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
                if stood or (words and not within):
                    pieces.append(" ")
            pieces.append(line.text)
        return "".join(pieces)

    def _counted_widths(self, start: int, i: int) -> tuple[float, ...]:
        """Return how wide a line is that was cut by counting: the first may be shorter by an indent that is gone."""
        return (self.measure.full, self.measure.full - _LOST_INDENT) if i == start else (self.measure.full,)

    def _continues(self, i: int, begun: int) -> bool:
        """Whether line `i` continues the paragraph that begins with line `begun` and goes as far as the line before."""
        line = self.lines[i]
        if self.gaps_part and line.after_gap:
            return False
        if line.text[0] in _NEVER_FIRST:
            return True
        if not self._is_full(i - 1, self.lost_indent if i - 1 == begun else 0.0) and not self._may_be_full(i - 1):
            return False
        before = self._glued(begun, i) if i - begun <= _MOST_HEADING_LINES else ""
        if self.has_indents:
            heading = _SECTION_MARK.match(line.text) is not None and _ends_sentence(self.lines[i - 1].text)
            return not (self._is_indented(line) or heading or _PLACE_AND_DATE.fullmatch(before))
        return not self._begins_paragraph(i, before)

    def _begins_paragraph(self, i: int, before: str) -> bool:
        """Whether a line behind a full one begins a paragraph, in a text without indents.

        before: the paragraph so far, if it has so few lines that it may be a heading.
        """
        text = self.lines[i].text
        if i in self.in_series or _PLACE_AND_DATE.fullmatch(before):
            return True
        ended = _ends_sentence(self.lines[i - 1].text)
        if _HEADING_MARK.match(text):
            return ended or ("。" not in before and _HEADING_MARK.match(before) is not None)
        if not ended:
            return False
        return BEGINS_ANEW.match(text) is not None or (self.lost_indent > 0 and self._looks_like_first(i))

    def _is_full(self, i: int, shorter: float) -> bool:
        """Whether what the next line begins with had no room at the end of line `i`."""
        text = self.lines[i].text
        following = self.lines[i + 1].text
        room = self.measure.full - shorter - self.measure.widths[i] + self.measure.slack * (text[-1] in _NEVER_FIRST)
        slack = self.measure.slack
        return self._first_unbreakable(following) > room - slack

    def _may_be_full(self, i: int) -> bool:
        """Whether a line may be full where the widths of letters are not known, as on a web page."""
        if self.measure.slack == 0 and not self.has_indents:
            return False
        if _ends_sentence(self.lines[i].text):
            return self.has_indents and self.measure.widths[i] >= self.measure.full - _UNEVEN
        return self.measure.widths[i] >= _SHORT * self.measure.full

    def _first_unbreakable(self, text: str) -> float:
        """Return the width of what a line begins with and may not be broken: a word, a closing mark behind it."""
        end = 0
        while end < len(text) - 1 and text[end] in _OPENING:
            end += 1
        latin = None if self.measure.splits else _LATIN.match(text, end)
        end = latin.end() if latin and latin.end() - end <= _LONGEST_WORD else end + 1
        while end < len(text) and text[end] in _NEVER_FIRST and end < 16:
            end += 1
        return self.measure.width(text[:end])

    def _is_indented(self, line: SourceLine) -> bool:
        return line.indent - self.margin >= 1

    def _has_indents(self) -> bool:
        """Whether the first lines of paragraphs are set in."""
        after_short, after_broken = [], []
        for before, line, width in zip(self.lines, self.lines[1:], self.measure.widths, strict=False):
            if width < _SHORT * self.measure.full and _ends_sentence(before.text):
                after_short.append(self._is_indented(line))
            elif width >= self.measure.full - 1 and not _ends_sentence(before.text):
                after_broken.append(self._is_indented(line))
        return sum(after_short) > 0.7 * len(after_short) and sum(after_broken) <= 0.2 * len(after_broken)

    def _lost_indent(self) -> float:
        """Return how much shorter the first lines of paragraphs are because their indents are gone."""
        firsts = Counter(
            round(2 * (self.measure.full - self.measure.widths[i]))
            for i in range(1, len(self.lines) - 1)
            if self.measure.widths[i - 1] < _SHORT * self.measure.full and not _ends_sentence(self.lines[i].text)
        )
        lost = sum(firsts[n] for n in (4, 5, 6))
        return _LOST_INDENT if lost > sum(firsts[n] for n in (0, 1, 2)) else 0.0

    def _looks_like_first(self, i: int) -> bool:
        """Whether a full line is shorter by an indent that is gone."""
        width = self.measure.full - self.measure.widths[i]
        is_broken = not _ends_sentence(self.lines[i].text)
        return is_broken and self.lost_indent - 0.5 <= width <= self.lost_indent + 1

    def _gaps_part(self) -> bool:
        """Whether empty lines part paragraphs, and do not stand after each line or each page."""
        before_gaps = [
            _ends_sentence(before.text) or width < _SHORT * self.measure.full
            for before, line, width in zip(self.lines, self.lines[1:], self.measure.widths, strict=False)
            if line.after_gap
        ]
        return bool(before_gaps) and sum(before_gaps) > 0.8 * len(before_gaps)
