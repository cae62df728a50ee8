"""The figures of an evaluation as tables for the terminal."""

from typing import TextIO

import numpy as np

from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import area_figures, macro, micro
from classifier.evaluation.report import EvaluationReport
from classifier.output.language import EvaluationWords
from classifier.output.reports.numbers import figure
from classifier.output.reports.sections import baselines_section, comparison_section
from classifier.output.terminal import console, plain_table, show
from classifier.records import Area


def print_figures(predictions: EvaluatedPredictions, areas: tuple[Area, ...], lang: str, stream: TextIO) -> None:
    """Print precision, recall, F1 and support of each area, then core, macro and micro averages."""
    words, truth, predicted = EvaluationWords(lang), predictions.truth, predictions.predicted
    figures = area_figures(truth, predicted)
    table = plain_table()
    table.add_column(words.area, no_wrap=True)
    for column in (words.precision, words.recall, words.f1, words.support):
        table.add_column(column, justify="right", no_wrap=True)
    for i, area in enumerate(areas):
        values = (figures.precision[i], figures.recall[i], figures.f1[i])
        table.add_row(area.name(lang), *map(figure, values), str(figures.support[i]))
    core = np.array([a.core for a in areas])
    averages = [(words.core, macro(figures, core))] if core.any() else []
    averages += [(words.macro, macro(figures)), (words.micro, micro(truth, predicted))]
    for name, mean in averages:
        values = (mean.precision, mean.recall, mean.f1)
        table.add_row(name, *map(figure, values), str(len(truth)), style="bold")
    show(console(stream), table)


def print_comparison(report: EvaluationReport, lang: str, stream: TextIO) -> None:
    """Print the baselines, and the comparison with another model or other settings, if there are any."""
    words = EvaluationWords(lang)
    parts = [baselines_section(report, words)] if report.baselines else []
    parts += [comparison_section(report, words)] if report.compared else []
    for part in parts:
        table = plain_table(part.title)
        for i, head in enumerate(part.head):
            table.add_column(head, justify="right" if i else "left", no_wrap=bool(i))
        for row in part.rows:
            table.add_row(*row)
        show(console(stream), "", table)
