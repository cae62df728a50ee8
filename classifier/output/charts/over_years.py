"""Charts of shares over years: a line with its interval for each area, or all areas one upon the other.

Colours alone tell nothing: every area has its name beside it, and neighbours in a stack differ by hatching, too.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.output.answer_language import ChartWords
from classifier.output.charts.drawing import FAINT, LINES, blank, percent
from classifier.records import Area

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import Locator

HATCHES = ("", "////", "", "....", "", "xxxx")
LEAST_LABEL = 0.012  # a thinner layer has no room for its name
CHART_COLUMNS = 4  # of small charts
LONGEST_TITLE = 34  # characters of a line above one
OUTLIERS = 0.97  # the quantile of shares by which the height of a small chart is chosen; what is above is written


def lines_over_years(
    years: Ints, shares: Floats, low: Floats, high: Floats, areas: Sequence[Area], lang: str
) -> "Figure":
    """Draw a small chart for each area, and one for no area: its share over years, with the interval as a band.

    years: ascending, each once; years without figures are shaded. shares, low, high: shape (years, areas + 1), parts of
    one, low and high nan where the error is not known. Heights differ, so that small areas can be read, too.
    """
    words = ChartWords(lang)
    titles = [*(a.name(lang) for a in areas), words.none]
    colors = [*(a.color for a in areas), LINES]
    rows = -(-len(titles) // CHART_COLUMNS)
    chart = blank(10.5, 1.75 * rows + 0.5)
    axes = chart.subplots(rows, CHART_COLUMNS, sharex=True, squeeze=False).ravel()
    for i, (title, color) in enumerate(zip(titles, colors, strict=True)):
        _small_chart(axes[i], years, shares[:, i], low[:, i], high[:, i], color)
        weight = "bold" if i < len(areas) and areas[i].core else "normal"
        axes[i].set_title(fill(title, LONGEST_TITLE), loc="left", fontsize=8.5, fontweight=weight)
        if i + CHART_COLUMNS >= len(titles):
            axes[i].tick_params(labelbottom=True)
    for empty in axes[len(titles) :]:
        empty.set_axis_off()
    chart.supxlabel(words.lines_note, fontsize=8, x=0.01, ha="left")
    return chart


def _small_chart(axes: "Axes", years: Ints, share: Floats, low: Floats, high: Floats, color: str) -> None:
    top = 1.12 * max(float(np.nanquantile(np.where(np.isnan(high), share, high), OUTLIERS)), 0.02)
    runs = _runs(years)
    for run, following in pairwise(runs):
        axes.axvspan(years[run[-1]] + 0.5, years[following[0]] - 0.5, color="#eeeeee", linewidth=0, zorder=0)
    for run in runs:
        # A single year has the width of a year, or it would not be seen.
        x = years[run].astype(np.float64) if len(run) > 1 else years[run[0]] + np.array([-0.4, 0.4])
        below, above = (np.broadcast_to(end[run], x.shape) for end in (low, high))
        axes.fill_between(x, below, above, color=color, alpha=0.25, linewidth=0)
        axes.plot(x, np.broadcast_to(share[run], x.shape), color=color, linewidth=1.4, solid_capstyle="butt")
    for i in np.flatnonzero(share > top).tolist():
        axes.text(float(years[i]), 0.99 * top, f" ▲ {share[i]:.0%}", fontsize=7, ha="left", va="top")
    axes.set_ylim(0, top)
    axes.set_xlim(years[0] - 1, years[-1] + 1)
    axes.yaxis.set_major_formatter(percent)
    axes.yaxis.set_major_locator(_few_ticks())
    axes.xaxis.set_major_locator(_few_ticks(whole=True))
    axes.tick_params(labelsize=7.5, length=2)
    axes.grid(axis="x", visible=False)


def _few_ticks(whole: bool = False) -> "Locator":
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=4 if whole else 3, steps=[1, 2, 5, 10], integer=whole)


def stacked_over_years(years: Ints, shares: Floats, areas: Sequence[Area], lang: str) -> "Figure":
    """Draw shares one upon the other over years; a year without figures is a gap.

    years: ascending, each once. shares: shape (years, areas + 1), parts of one that sum to one, no area as the last.
    """
    words, chart = ChartWords(lang), blank(10.5, 5.2)
    axes = chart.subplots()
    colors = [*(area.color for area in areas), FAINT]
    for run in _runs(years):
        edges = np.repeat(years[run].astype(np.float64), 2) + np.tile([-0.5, 0.5], len(run))
        tops = np.repeat(np.cumsum(shares[run], axis=1), 2, axis=0)
        for i, color in enumerate(colors):
            bottom = tops[:, i - 1] if i else np.zeros(len(edges))
            hatch = HATCHES[i % len(HATCHES)] if i < len(areas) else ""
            axes.fill_between(edges, bottom, tops[:, i], facecolor=color, edgecolor="white", linewidth=0.4, hatch=hatch)
    _label_layers(axes, shares[-1], [*(a.name(lang) for a in areas), words.none], years[-1] + 0.7)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.set_ylim(0, 1)
    axes.yaxis.set_major_formatter(percent)
    axes.grid(visible=False)
    axes.set_ylabel(words.share)
    return chart


def _runs(years: Ints) -> list[list[int]]:
    """Return the places of years that follow each other without a gap."""
    return [[i for i, _ in group] for _, group in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]


def _label_layers(axes: "Axes", last: Floats, names: Sequence[str], x: float) -> None:
    """Write the name of each layer beside the last year, none over another."""
    middles, lowest = np.cumsum(last) - last / 2, -1.0
    for middle, height, name in zip(middles.tolist(), last.tolist(), names, strict=True):
        if height >= LEAST_LABEL:
            lowest = max(middle, lowest + 0.042)
            axes.annotate(
                name,
                (x - 0.2, middle),
                (x + 1.2, lowest),
                fontsize=8,
                va="center",
                annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.6},
            )
