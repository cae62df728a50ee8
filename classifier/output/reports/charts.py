"""The charts of an evaluation report, as SVG and PNG; in Chinese where a font has it."""

from collections.abc import Callable
from math import isnan
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from classifier.evaluation.report import EvaluationReport
from classifier.output.charts.drawing import FAINT, LINES, blank, chart_style
from classifier.output.language import EvaluationWords
from classifier.output.reports.fonts import chinese_font

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHARTS_IN_A_ROW = 4  # of small ones
WIDTH = 26  # characters of the title of a small chart
ACCENT = "#34618f"


def draw_all(report: EvaluationReport, folder: Path, lang: str) -> dict[str, str]:
    """Draw every chart into a folder as NAME.svg and NAME.png; returns the SVG texts by name.

    Names are Chinese only where a font can show them; otherwise English, never empty boxes.
    """
    import matplotlib

    font = chinese_font()
    words = EvaluationWords(lang if font else "en")
    drawn: dict[str, str] = {}
    with matplotlib.rc_context(chart_style(font)):
        for name, draw in CHARTS.items():
            chart = draw(report, words)
            if chart is None:
                continue
            chart.savefig(folder / f"{name}.svg", metadata={"Date": None})
            chart.savefig(folder / f"{name}.png", dpi=200)
            drawn[name] = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return drawn


def draw_areas(report: EvaluationReport, words: EvaluationWords) -> "Figure":
    """Draw F1 of each area with its interval, and precision and recall as marks."""
    areas = report.areas[::-1]
    chart = blank(6.3, 0.32 * len(areas) + 1.2)
    axes = chart.subplots()
    for y, area in enumerate(areas):
        axes.barh(y, 0 if isnan(area.f1) else area.f1, color=area.color, alpha=0.75, height=0.62)
        if not isnan(area.interval.low):
            ends = (area.interval.low, area.interval.high)
            axes.plot(ends, (y, y), color=LINES, linewidth=1.4, solid_capstyle="butt")
        for value, mark in ((area.precision, ">"), (area.recall, "<")):
            if not isnan(value):
                axes.plot(value, y, mark, color=LINES, markersize=3.5, fillstyle="none")
    axes.set_yticks(range(len(areas)), [a.name(words.lang) for a in areas])
    axes.set_xlim(0, 1)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"F1 (—)   {words.precision} (>)   {words.recall} (<)")
    axes.set_title(words.area_chart, loc="left")
    return chart


def draw_precision_recall(report: EvaluationReport, words: EvaluationWords) -> "Figure":
    """Draw precision against recall: a small chart for each area."""
    rows = -(-len(report.areas) // CHARTS_IN_A_ROW)
    chart = blank(7.2, 1.75 * rows + 0.4)
    grid = list(chart.subplots(rows, CHARTS_IN_A_ROW, sharex=True, sharey=True, squeeze=False).flat)
    for axes, area in zip(grid, report.areas, strict=False):
        points = area.precision_recall
        axes.plot([r for r, _ in points], [p for _, p in points], color=area.color, linewidth=1.3)
        if not isnan(area.precision + area.recall):
            axes.plot(area.recall, area.precision, "o", color=LINES, markersize=3)
        axes.set_title("\n".join(wrap(area.name(words.lang), WIDTH)), fontsize=7, loc="left")
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 1.05)
    for axes in grid[len(report.areas) :]:
        axes.set_visible(False)
    chart.supxlabel(words.recall, fontsize=9)
    chart.supylabel(words.precision, fontsize=9)
    return chart


def draw_reliability(report: EvaluationReport, words: EvaluationWords) -> "Figure":
    """Draw the share that came true against the predicted probability, with the number of decisions."""
    bins = [b for b in report.calibration.bins if b.count]
    chart = blank(4.2, 4.0)
    axes = chart.subplots()
    axes.plot([0, 1], [0, 1], color=FAINT, linewidth=1.2)
    axes.plot([b.predicted for b in bins], [b.true for b in bins], "o-", color=ACCENT, linewidth=1.3, markersize=4)
    for b in bins:
        axes.annotate(str(b.count), (b.predicted, b.true), (4, -9), textcoords="offset points", fontsize=6)
    axes.set_xlabel(words.predicted_probability)
    axes.set_ylabel(words.true_share)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_title(words.reliability_chart, loc="left")
    return chart


def draw_learning_curve(report: EvaluationReport, words: EvaluationWords) -> "Figure | None":
    """Draw macro-F1 of paragraphs and of sentences over the number of sentences; None where no curve was computed."""
    curve = report.learning_curve
    if curve is None:
        return None
    chart = blank(4.8, 3.2)
    axes = chart.subplots()
    axes.plot(
        curve.sentences, curve.macro_f1, "o-", color=ACCENT, linewidth=1.3, markersize=4, label=words.of_paragraphs
    )
    if not any(map(isnan, curve.sentence_f1)):
        label = words.of_sentences
        axes.plot(curve.sentences, curve.sentence_f1, "s--", color=LINES, linewidth=1.1, markersize=3.5, label=label)
        axes.legend(frameon=False, fontsize=8)
    axes.set_xscale("log")
    axes.set_xticks(curve.sentences, [str(n) for n in curve.sentences])
    axes.minorticks_off()
    axes.set_xlabel(words.sentences)
    axes.set_ylabel(f"{words.macro} F1")
    axes.set_title(words.learning_curve, loc="left")
    return chart


def draw_confusion(report: EvaluationReport, words: EvaluationWords) -> "Figure":
    """Draw which area is tagged instead of a missed one."""
    names, table = [a.name(words.lang) for a in report.areas], report.confusion.instead
    largest = max(1, *(n for row in table for n in row))
    chart = blank(6.9, 6.2)
    axes = chart.subplots()
    axes.imshow(table, cmap="Blues", vmin=0, vmax=largest)
    for i, row in enumerate(table):
        for j, n in enumerate(row):
            if n:
                axes.text(
                    j, i, str(n), ha="center", va="center", fontsize=7, color="white" if n > largest / 2 else LINES
                )
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.grid(visible=False)
    axes.set_title(words.confusion, loc="left")
    return chart


CHARTS: dict[str, Callable[[EvaluationReport, EvaluationWords], "Figure | None"]] = {
    "areas": draw_areas,
    "precision_recall": draw_precision_recall,
    "reliability": draw_reliability,
    "learning_curve": draw_learning_curve,
    "confusion": draw_confusion,
}
