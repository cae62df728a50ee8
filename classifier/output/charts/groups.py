"""Charts of groups: two of them side by side, or many as a heat map."""

from collections.abc import Sequence
from textwrap import fill as wrapped_lines
from typing import TYPE_CHECKING

import numpy as np

from classifier.arrays import Floats
from classifier.output.answer_language import ChartWords
from classifier.output.charts.drawing import LINES, blank, percent
from classifier.records import Area

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LONGEST_LEGEND = 60  # characters of a line above a chart


def two_groups(shares: Floats, intervals: Floats, areas: Sequence[Area], names: tuple[str, str], lang: str) -> "Figure":
    """Draw the share of each area in two groups as two marks with a line between, the largest change first.

    shares: shape (areas, 2). intervals: shape (areas, 2, 2), low and high of each.
    """
    words = ChartWords(lang)
    order = np.argsort(np.abs(shares[:, 1] - shares[:, 0]), kind="stable")
    chart = blank(7.0, 0.42 * len(areas) + 1.3)
    axes = chart.subplots()
    for y, i in enumerate(order.tolist()):
        axes.plot(shares[i], (y, y), color=areas[i].color, linewidth=3, alpha=0.45, solid_capstyle="butt")
        for j, (mark, shift) in enumerate((("o", 0.12), ("D", -0.12))):
            axes.plot(intervals[i, j], (y + shift, y + shift), color=LINES, linewidth=1)
            fill = "white" if j == 0 else areas[i].color
            axes.plot(shares[i, j], y + shift, mark, color=areas[i].color, markerfacecolor=fill, markersize=6)
    axes.set_yticks(range(len(areas)), [areas[i].name(lang) for i in order])
    axes.xaxis.set_major_formatter(percent)
    axes.set_xlim(left=0)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(words.share)
    axes.set_title(wrapped_lines(f"○ {names[0]}   ◆ {names[1]}", LONGEST_LEGEND), loc="left", fontsize=9)
    return chart


def groups_by_areas(names: Sequence[str], shares: Floats, areas: Sequence[Area], lang: str) -> "Figure":
    """Draw a table of groups and areas, darker for a larger share. shares: shape (groups, areas)."""
    words = ChartWords(lang)
    chart = blank(2.2 + 0.62 * len(areas), 1.9 + 0.3 * len(names))
    axes = chart.subplots()
    largest = max(float(np.nanmax(shares)) if shares.size else 0.0, 1e-9)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=largest, aspect="auto")
    for (i, j), share in np.ndenumerate(shares):
        if not np.isnan(share):
            color = "white" if share > largest * 0.6 else LINES
            axes.text(j, i, f"{share:.0%}", ha="center", va="center", fontsize=7, color=color)
    axes.set_xticks(range(len(areas)), [a.name(lang) for a in areas], rotation=40, ha="right", fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.grid(visible=False)
    axes.set_title(words.share, loc="left")
    return chart
