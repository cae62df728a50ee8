"""The figures of an evaluation as a table."""

import math
from typing import Any, TextIO

import numpy as np
from rich.table import Table

from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import Average, area_figures, macro, micro
from classifier.output.reports.sections import sections
from classifier.output.terminal import console, plain_table, show
from classifier.records import Area

FIGURE_WORDS = {
    "zh": ("领域", "精确率", "召回率", "F1", "段落数", "核心领域宏平均", "宏平均", "微平均"),
    "en": ("Area", "Precision", "Recall", "F1", "Support", "Core macro", "Macro", "Micro"),
}


def print_figures(run: EvaluatedPredictions, areas: tuple[Area, ...], lang: str, stream: TextIO) -> None:
    """Print precision, recall, F1 and support of each area, then core, macro and micro averages."""
    figures = area_figures(run.truth, run.predicted)
    head, *columns, core, all_areas, decisions = FIGURE_WORDS[lang]
    table = plain_table()
    table.add_column(head, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    names = {a.id: a.name(lang) for a in areas}
    for i, area in enumerate(run.areas):
        values = (figures.precision[i], figures.recall[i], figures.f1[i])
        table.add_row(names[area], *map(_figure, values), str(figures.support[i]))
    marked = np.array([a.core for a in areas])
    if marked.any():
        _average(table, core, macro(figures, marked), run)
    _average(table, all_areas, macro(figures), run)
    _average(table, decisions, micro(run.truth, run.predicted), run)
    show(console(stream), table)


def _average(table: Table, name: str, average: Average, run: EvaluatedPredictions) -> None:
    values = (average.precision, average.recall, average.f1)
    table.add_row(name, *map(_figure, values), str(len(run.truth)), style="bold")


def _figure(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:.3f}"


def print_comparison(report: dict[str, Any], lang: str, stream: TextIO) -> None:
    """Print the baselines, and the comparison with another model or other settings, if there are any."""
    for part in sections(report, lang):
        if part.name in ("baselines", "compared") and len(part.rows) > (part.name == "baselines"):
            table = plain_table(part.title)
            for i, head in enumerate(part.head):
                table.add_column(head, justify="right" if i else "left", no_wrap=bool(i))
            for row in part.rows:
                table.add_row(*row)
            show(console(stream), "", table)
