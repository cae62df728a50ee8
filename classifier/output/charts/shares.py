"""Charts of shares: over years, of two groups, and of places or other groups by areas.

Colours alone tell nothing: every area has its name beside it, and neighbours in a stack differ by hatching, too.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from classifier.analysis.area_shares import UNKNOWN_VALUE, AreaShares, GroupShares
from classifier.arrays import Floats
from classifier.output.answer_language import ChartWords
from classifier.output.charts.drawing import FAINT, LINES, blank
from classifier.records import Area

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HATCHES = ("", "////", "", "....", "", "xxxx")
LEAST_LABEL = 0.012  # a thinner layer has no room for its name


def shares_chart(found: AreaShares, lang: str) -> "Figure":
    """Draw the shares of groups: over years where these are the groups, else two side by side, else as a table.

    Groups whose value is not known are left out, unless there are no others.
    """
    groups = [g for g in found.groups if UNKNOWN_VALUE not in g.values] or list(found.groups)
    shares, areas = np.array([g.estimate.value[: len(found.areas)] for g in groups]), found.areas
    names = [g.name for g in groups]
    if found.by == ("year",) and len(groups) > 1 and all(name.isdecimal() for name in names):
        return shares_over_years([int(name) for name in names], shares, areas, lang)
    if len(groups) == 2:
        return two_groups(shares.T, _intervals(groups, len(areas)), areas, (names[0], names[1]), lang)
    return places_by_areas(names, shares, areas, lang)


def _intervals(groups: Sequence[GroupShares], areas: int) -> Floats:
    """Return low and high of each area in each group, shape (areas, groups, 2); the share itself where not known."""
    ends = [(g.estimate.value[:areas], g.estimate.low[:areas], g.estimate.high[:areas]) for g in groups]
    known = [[np.where(np.isnan(end), value, end) for end in (low, high)] for value, low, high in ends]
    return np.array(known).transpose(2, 0, 1)


def shares_over_years(
    years: Sequence[int], shares: Floats, areas: Sequence[Area], lang: str, title: str = ""
) -> "Figure":
    """Draw stacked shares over years; a year without figures is a gap.

    years: ascending, each once. shares: shape (years, areas), parts of one; what is missing to one is no area.
    """
    words, chart = ChartWords(lang), blank(9.5, 5.2)
    axes = chart.subplots()
    for run in _runs(years):
        x = np.array([years[i] for i in run], dtype=np.float64)
        edges = np.repeat(x, 2) + np.tile([-0.5, 0.5], len(x))
        bottom = np.zeros(len(edges))
        for i, area in enumerate(areas):
            top = bottom + np.repeat(shares[run, i], 2)
            hatch = HATCHES[i % len(HATCHES)]
            axes.fill_between(
                edges, bottom, top, facecolor=area.color, edgecolor="white", linewidth=0.4, hatch=hatch, step=None
            )
            bottom = top
        axes.fill_between(edges, bottom, 1, facecolor=FAINT, linewidth=0)
    _label_layers(axes, shares[-1], [a.name(lang) for a in areas], words.none, years[-1] + 0.7)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(_percent)
    axes.grid(visible=False)
    axes.set_ylabel(words.share)
    if title:
        axes.set_title(title, loc="left")
    return chart


def _runs(years: Sequence[int]) -> list[list[int]]:
    """Return the places of years that follow each other without a gap."""
    return [[i for i, _ in group] for _, group in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]


def _label_layers(axes: object, last: Floats, names: Sequence[str], none: str, x: float) -> None:
    """Write the name of each layer beside the last year, none over another."""
    heights = [*last.tolist(), max(0.0, 1 - float(last.sum()))]
    middles, lowest = np.cumsum(heights) - np.array(heights) / 2, -1.0
    for middle, height, name in zip(middles.tolist(), heights, [*names, none], strict=True):
        y = max(middle, lowest + 0.042)
        lowest = y
        if height >= LEAST_LABEL:
            axes.annotate(  # type: ignore[attr-defined]
                name,
                (x - 0.2, middle),
                (x + 1.2, y),
                fontsize=8,
                va="center",
                annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.6},
            )


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
    axes.xaxis.set_major_formatter(_percent)
    axes.set_xlim(left=0)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"{words.share}   ○ {names[0]}   ◆ {names[1]}")
    return chart


def places_by_areas(places: Sequence[str], shares: Floats, areas: Sequence[Area], lang: str) -> "Figure":
    """Draw a table of places and areas, darker for a larger share. shares: shape (places, areas)."""
    words = ChartWords(lang)
    chart = blank(2.2 + 0.62 * len(areas), 1.9 + 0.3 * len(places))
    axes = chart.subplots()
    largest = max(float(np.nanmax(shares)) if shares.size else 0.0, 1e-9)
    axes.imshow(shares, cmap="cividis_r", vmin=0, vmax=largest, aspect="auto")
    for (i, j), share in np.ndenumerate(shares):
        if not np.isnan(share):
            color = "white" if share > largest * 0.55 else LINES
            axes.text(j, i, f"{share:.0%}", ha="center", va="center", fontsize=7, color=color)
    axes.set_xticks(range(len(areas)), [a.name(lang) for a in areas], rotation=40, ha="right", fontsize=8)
    axes.set_yticks(range(len(places)), places, fontsize=8)
    axes.grid(visible=False)
    axes.set_title(words.share, loc="left")
    return chart


def _percent(value: float, _: float) -> str:
    return f"{value:.0%}"
