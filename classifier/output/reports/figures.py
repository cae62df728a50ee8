"""The figures of an evaluation as tables for the terminal."""

from typing import TextIO

import numpy as np

from classifier.arrays import Bools
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import area_figures, macro, micro
from classifier.evaluation.report import EvaluationReport
from classifier.output.language import EvaluationWords
from classifier.output.reports.numbers import figure
from classifier.output.reports.sections import baselines_section, comparison_sections
from classifier.output.terminal import console, plain_table, show
from classifier.records import Area


def print_figures(predictions: EvaluatedPredictions, areas: tuple[Area, ...], lang: str, stream: TextIO) -> None:
    """Print precision, recall, F1 and support of each area, then core, macro and micro averages.

    Where sentences have areas of their own, their figures stand beside those of paragraphs.
    """
    words, core = EvaluationWords(lang), np.array([a.core for a in areas])
    table = plain_table()
    parts = [_cells(predictions, core)]
    heads = [words.precision, words.recall, words.f1, words.support]
    if predictions.sentences is not None:
        parts.insert(0, _cells(predictions.sentences, core))
        heads = words.sentence_columns.split() + words.paragraph_columns.split()
    table.add_column(words.area, no_wrap=predictions.sentences is None)
    for head in heads:
        table.add_column(head.replace("_", "\n"), justify="right", no_wrap=True)
    names = [(area.name(lang), "") for area in areas]
    names += [(words.core, "bold")] if core.any() else []
    names += [(words.macro, "bold"), (words.micro, "bold")]
    for (name, style), *cells in zip(names, *parts, strict=True):
        table.add_row(name, *(cell for own in cells for cell in own), style=style)
    show(console(stream), table)


def _cells(predictions: EvaluatedPredictions, core: Bools) -> list[list[str]]:
    """Return precision, recall, F1 and support of each area, then of each average; core has shape (areas,)."""
    truth, predicted = predictions.truth, predictions.predicted
    found = area_figures(truth, predicted)
    rows = zip(found.precision, found.recall, found.f1, found.support, strict=True)
    cells = [[figure(p), figure(r), figure(f1), str(n)] for p, r, f1, n in rows]
    averages = [macro(found, core)] if core.any() else []
    averages += [macro(found), micro(truth, predicted)]
    return cells + [[figure(a.precision), figure(a.recall), figure(a.f1), str(len(truth))] for a in averages]


def print_comparison(report: EvaluationReport, lang: str, stream: TextIO) -> None:
    """Print the baselines, and the comparison with another model or other settings, if there are any."""
    words = EvaluationWords(lang)
    parts = [baselines_section(report, words)] if report.baselines else []
    parts += list(comparison_sections(report, words))
    for part in parts:
        table = plain_table(part.title)
        for i, head in enumerate(part.head):
            table.add_column(head, justify="right" if i else "left", no_wrap=bool(i))
        for row in part.rows:
            table.add_row(*row)
        show(console(stream), "", table)
