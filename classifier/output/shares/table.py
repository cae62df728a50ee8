"""Shares of areas for reading in a terminal: one group with its intervals, or several groups side by side."""

from collections.abc import Sequence
from typing import TextIO

from rich.cells import cell_len, set_cell_size

from classifier.analysis.area_shares import UNKNOWN_VALUE, AreaShares, GroupShares, ShareRow
from classifier.analysis.measures import MeasuredIn
from classifier.output.language import LEVELS, ShareWords
from classifier.output.terminal import CONTROLS, show_lines, width

_GAP = "  "
_LONGEST_NAME = 30  # cells of an area's name beside several groups
_LEAST_BAR, _BAR = 6, 16  # cells of the longest bar, where there is room
_LEAST_COLUMN, _LONGEST_COLUMN = 9, 20  # cells of a group's column


def print_shares(found: AreaShares, coverage: bool, lang: str, stream: TextIO) -> None:
    """Write the shares, or the coverage, of each group; percent, with half the width of the interval."""
    words = ShareWords(lang)
    names = [*(area.name(lang) for area in found.areas), words.none]
    lines = [(_title(found, coverage, words), "bold")]
    if len(found.groups) == 1:
        lines += _one(found, found.groups[0], names, coverage, words, width(stream))
    else:
        lines += _several(found, names, coverage, words, width(stream))
    notes = [words.covered if coverage else words.divided]
    if any(group.estimate.sampled for group in found.groups):
        notes.append(words.sampled)
    if not all(group.estimate.sampled for group in found.groups):
        notes.append(words.of_these)
    if found.measure is MeasuredIn.PARAGRAPHS or any(group.estimate.reports == 1 for group in found.groups):
        notes.append(words.not_nearer)
    show_lines(stream, [*lines, *((note, "dim") for note in notes)])


def _title(found: AreaShares, coverage: bool, words: ShareWords) -> str:
    figure = words.coverage if coverage else words.share
    return words.title.format(figure=figure, measure=words[found.measure.value])


def _one(
    found: AreaShares, group: GroupShares, names: Sequence[str], coverage: bool, words: ShareWords, cells: int
) -> list[tuple[str, str]]:
    """Return the lines of a group: corrected figure, interval, raw figure and a bar."""
    rows = [_figures(row, coverage) for row in found.rows_of(group)]
    largest = max(1e-9, *(value for value, *_ in rows))
    room = max(cell_len(name) for name in names)
    heads = (words.corrected, words.interval, words.raw)
    widths = [max(cell_len(head), least) for head, least in zip(heads, (5, 13, 5), strict=True)]
    bar = min(_BAR, cells - room - sum(widths) - 4 * len(_GAP))
    name = _fitted(_shown(group.values, words), room) if found.by else ""
    lines = [(_GAP.join([set_cell_size(name, room), *map(_right, heads, widths)]), "bold")]
    for label, (value, low, high, raw) in zip(names, rows, strict=True):
        interval = "-" if low is None or high is None else f"{100 * low:.1f} – {100 * high:.1f}"
        figures = map(_right, (f"{100 * value:.1f}", interval, f"{100 * raw:.1f}"), widths)
        lines.append(
            (
                _GAP.join(
                    [
                        set_cell_size(label, room),
                        *figures,
                        "█" * round(bar * value / largest if bar >= _LEAST_BAR else 0),
                    ]
                ),
                "",
            )
        )
    return lines


def _several(
    found: AreaShares, names: Sequence[str], coverage: bool, words: ShareWords, cells: int
) -> list[tuple[str, str]]:
    """Return the lines of several groups, as many side by side as there is room for."""
    room = min(max(cell_len(name) for name in names), _LONGEST_NAME)
    shown = [_shown(group.values, words) for group in found.groups]
    column = min(max(_LEAST_COLUMN, *map(cell_len, shown)), _LONGEST_COLUMN)
    beside = max(1, (cells - room) // (column + len(_GAP)))
    lines: list[tuple[str, str]] = []
    pairs = list(zip(found.groups, shown, strict=True))
    for groups in (pairs[i : i + beside] for i in range(0, len(pairs), beside)):
        heads = [_right(_fitted(head, column), column) for _, head in groups]
        counts = [_right(words.documents.format(n=group.estimate.reports), column) for group, _ in groups]
        lines += [(_GAP.join([" " * room, *heads]), "bold"), (_GAP.join([" " * room, *counts]), "dim")]
        figures = [[_figures(row, coverage) for row in found.rows_of(group)] for group, _ in groups]
        for i, label in enumerate(names):
            row = [_right(_with_interval(*own[i]), column) for own in figures]
            cut = label if cell_len(label) <= room else set_cell_size(label, room - 1) + "…"
            lines.append((_GAP.join([set_cell_size(cut, room), *row]), ""))
        lines.append(("", ""))
    return lines


def _figures(row: ShareRow, coverage: bool) -> tuple[float, float | None, float | None, float]:
    if coverage:
        return row.coverage, row.coverage_low, row.coverage_high, row.raw_coverage
    return row.share, row.low, row.high, row.raw


def _with_interval(value: float, low: float | None, high: float | None, _raw: float) -> str:
    """Return a figure with half the width of its interval, or with its upper end where the lower one is 0."""
    if low is None or high is None:
        return f"{100 * value:.1f}"
    return f"{100 * value:.1f} " + (f"≤{100 * high:.1f}" if low <= 0 else f"±{50 * (high - low):.1f}")


def _shown(values: Sequence[str], words: ShareWords) -> str:
    """Return the name of a group for people: levels by their words, and no character that steers a terminal."""
    told = [words[value] if value in LEVELS else value for value in values]
    return " ".join(words.unknown if value == UNKNOWN_VALUE else value for value in told).translate(CONTROLS)


def _fitted(text: str, cells: int) -> str:
    """Return a text cut to so many cells; the end of a name tells more than its beginning."""
    while cell_len(text) > cells:
        text = "…" + text[2:]
    return text


def _right(text: str, cells: int) -> str:
    return " " * (cells - cell_len(text)) + text
