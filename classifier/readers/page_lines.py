"""Runs of a page to lines: runs on one baseline, with what is raised or lowered beside them, as text with cells."""

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from classifier.readers.page_runs import PageRun, UprightText

SMALL_SIZE = 0.8  # of the letters beside: raised and lowered letters are not larger
SAME_LINE = 0.3  # of the size: how far baselines of one line lie apart
CELL_GAP = 1.3  # of the size: what parts cells
HAN_GAP = 0.6  # a gap between Chinese characters that is a blank
LATIN_GAP = 0.2  # the same between letters or digits
WRITTEN_GAP = 0.05  # the same where a blank is written
DOUBLED = 0.4  # of a letter's width: two that are the same and so near are one, struck twice
_RAISED_MARK = re.compile(r"[\[〔【(（]?(\d{1,3})[\]〕】)）]?|([①-⑳])")
CLOSING_MARKS = "，。、；：？！）》〉」』】〕］”’％．…—·,.;:?!)%"
OPENING_MARKS = "（《〈「『【〔［“‘("
LONGEST_UNIT = 30  # letters of a word that is looked at
_PART = rf"[{re.escape(OPENING_MARKS)}]*(?:[!-~]+|——|……|.)[{re.escape(CLOSING_MARKS)}]*"
_QUOTES = "”’“‘\"'"  # nothing is broken at either side of one
_UNBREAKABLE = re.compile(
    rf"{_PART}(?:(?:(?<=[{_QUOTES}])|(?=[{_QUOTES}])|(?<=\d．)(?=\d)|(?<=[%％]、)(?=\d)){_PART})*"
)
_SPACED_HAN = re.compile(r"(?<![^\s])([\u3400-\u9fff])(?:\s+([\u3400-\u9fff])(?![^\s]))+")


class PageCell(NamedTuple):
    """A part of a line with a wide gap on both sides."""

    x0: float
    x1: float
    text: str


@dataclass(slots=True)
class PageLine:
    """One line of a page; `cells` are its parts where it may be the row of a table.

    left, right: the edges of its column. column: which of how many columns it stands in, (0, 1) for the only one.
    """

    page: int
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool
    cells: list[PageCell]
    height: float  # of the page
    column: tuple[int, int] = (0, 1)
    left: float = 0.0
    right: float = 0.0
    is_row: bool = False
    is_note: bool = False
    first_width: float = 0.0  # of its first part that cannot be broken
    bold_ends: tuple[bool, bool] = (False, False)  # whether its first letters are bold, and its last
    text: str = ""

    def __post_init__(self) -> None:
        """Put the text together; the letters of a title that is set wide stand together again."""
        whole = " ".join(cell.text for cell in self.cells)
        self.text = _SPACED_HAN.sub(lambda found: re.sub(r"\s+", "", found[0]), whole) if " " in whole else whole

    @property
    def row(self) -> str:
        """The line as the row of a table."""
        return "\t".join(cell.text for cell in self.cells)


def lines_of(text: UprightText, runs: list[PageRun], page: int, column: tuple[int, int]) -> tuple[list[PageLine], int]:
    """Return the lines of a column from the top down, and how many letters were struck twice."""
    groups = _baselines(runs)
    lines: list[PageLine] = []
    doubled = 0
    for group in groups:
        line, twice = _line(text, group, page, column)
        lines.append(line)
        doubled += twice
    return lines, doubled


def _baselines(runs: list[PageRun]) -> list[list[PageRun]]:
    """Group runs by baseline from the top down; small ones that are raised or lowered go with their neighbour."""
    groups: list[list[PageRun]] = []
    small: list[PageRun] = []
    sizes = sorted(run.size for run in runs for _ in range(min(len(run.text), 20)))
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for run in sorted(runs, key=lambda run: run.y):
        if run.size < SMALL_SIZE * usual:
            small.append(run)
        elif groups and abs(run.y - groups[-1][0].y) <= SAME_LINE * min(run.size, groups[-1][0].size):
            groups[-1].append(run)
        else:
            groups.append([run])
    rest = [run for run in small if not _attached(run, groups)]
    if rest:
        groups.extend(_baselines(rest))
        groups.sort(key=lambda group: group[0].y)
    return groups


def _attached(run: PageRun, groups: list[list[PageRun]]) -> bool:
    """Put a small run into the line that it touches, if there is one."""
    for group in groups:
        for main in group:
            beside = min(abs(run.x0 - main.x1), abs(main.x0 - run.x1)) <= 0.5 * main.size
            within = main.y - 1.0 * main.size <= run.y <= main.y + 0.4 * main.size
            if beside and within and run.size < SMALL_SIZE * main.size:
                group.append(run)
                return True
    return False


def _line(text: UprightText, group: list[PageRun], page: int, column: tuple[int, int]) -> tuple[PageLine, int]:
    main = max(group, key=lambda run: len(run.text) * (run.size >= SMALL_SIZE * group[0].size))
    numbers = np.concatenate([np.arange(run.start, run.end) for run in group])
    raised_at = {i for run in group if run.y < main.y - 0.12 * main.size for i in range(run.start, run.end)}
    raised_at = {i for i in raised_at if text.sizes[i] < SMALL_SIZE * main.size}
    order = numbers[np.argsort(text.x0[numbers], kind="stable")]
    letters = _Letters(main.size)
    for i in order.tolist():
        letters.add(
            chr(int(text.codes[i])), float(text.x0[i]), float(text.x1[i]), bool(text.after_blank[i]), i in raised_at
        )
    cells = letters.close()
    bold = all(run.is_bold for run in group)
    line = PageLine(page, cells[0].x0, cells[-1].x1, main.y, main.size, bold, cells, text.height, column)
    line.first_width = letters.first_width()
    line.bold_ends = min(group, key=lambda run: run.x0).is_bold, max(group, key=lambda run: run.x1).is_bold
    return line, letters.doubled


class _Letters:
    """Builds the text of a line letter by letter: blanks where gaps are, cells where they are wide."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.cells: list[PageCell] = []
        self.doubled = 0
        self.written: list[str] = []
        self.raised: list[str] = []
        self.first: list[tuple[str, float]] = []  # the first letters with their ends
        self.last = ""
        self.cell_x0 = self.last_x0 = self.last_x1 = 0.0

    def add(self, letter: str, x0: float, x1: float, after_blank: bool, is_raised: bool) -> None:
        """Put the next letter of the line."""
        if letter == self.last and abs(x0 - self.last_x0) < DOUBLED * max(x1 - x0, 0.1):
            self.doubled += 1
            return
        if self.raised and not is_raised:
            self._lower()
        if self.last:
            self._gap(x0 - self.last_x1, letter, after_blank)
        else:
            self.cell_x0 = x0
        (self.raised if is_raised else self.written).append(letter)
        if len(self.first) < LONGEST_UNIT:
            self.first.append((letter, max(x1, x0)))
        self.last, self.last_x0, self.last_x1 = letter, x0, max(x1, x0)

    def first_width(self) -> float:
        """How wide the first part is that cannot be broken: a word, a figure, or a character, with its marks."""
        found = _UNBREAKABLE.match("".join(letter for letter, _ in self.first))
        return self.first[found.end() - 1][1] - self.cells[0].x0 if found and found.end() else 0.0

    def close(self) -> list[PageCell]:
        """Return the cells of the line."""
        self._end_cell()
        return self.cells

    def _gap(self, gap: float, letter: str, after_blank: bool) -> None:
        if gap >= CELL_GAP * self.size:
            x0 = gap + self.last_x1
            self._end_cell()
            self.cell_x0 = x0
            return
        latin = letter < "\u2e80" and self.last < "\u2e80"
        least = HAN_GAP if not latin else WRITTEN_GAP if after_blank else LATIN_GAP
        if gap >= least * self.size:
            (self.raised or self.written).append(" ")

    def _lower(self) -> None:
        """End raised letters: a number after Chinese is a footnote's mark, other ones are units and powers."""
        raised = "".join(self.raised).strip()
        self.raised.clear()
        found = _RAISED_MARK.fullmatch(raised)
        before = self.written[-1] if self.written else ""
        if found and before and not (before.isascii() and before.isalnum()):
            number = found[1] or str(ord(found[2]) - ord("①") + 1)
            raised = f"【{number}】"
        self.written.append(raised)

    def _end_cell(self) -> None:
        if self.raised:
            self._lower()
        self.cells.append(PageCell(self.cell_x0, self.last_x1, "".join(self.written).strip()))
        self.written = []
