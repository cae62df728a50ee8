"""How many labelled paragraphs there are, of what kind, and in which areas, as tables."""

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.table import Table

from classifier.evaluation.slices import years_of
from classifier.output.language import SummaryWords
from classifier.output.terminal import console, plain_table, show
from classifier.training.training_set import TrainingSet


def print_summary(training: TrainingSet, lang: str, stream: TextIO) -> None:
    """Print reports, paragraphs and sentences by part, then paragraphs by level, years and shape, sentences by area."""
    words, target = SummaryWords(lang), console(stream)
    show(target, _parts(training, words), "")
    examples = training.labelled.examples
    about = [(e.level, e.year, e.shape) for e in examples]
    about += [(p.level, p.year, p.shape) for named in training.extracts for p in named.extract.paragraphs]
    for name, values in (
        (words.level, (level for level, _, _ in about)),
        (words.year, (years_of(year) for _, year, _ in about)),
        (words.shape, (shape for _, _, shape in about)),
    ):
        show(target, _paragraphs_by(name, values, words), "")
    _sentences_by_area(training, words, target)


def _parts(training: TrainingSet, words: SummaryWords) -> Table:
    """Return a table with a row for the labelled texts and one for each extract."""
    table = plain_table()
    table.add_column(words.part)
    for column in (words.reports, words.paragraphs, words.sentences):
        table.add_column(column, justify="right")
    examples = training.labelled.examples
    sentences = sum(len(e.sentences) for e in examples)
    table.add_row(words.written, str(len({e.report for e in examples})), str(len(examples)), str(sentences))
    for named in training.extracts:
        counts = named.extract.labelled_counts
        sizes = (len(set(counts.reports)), len(named.extract.paragraphs), counts.sentence_counts.rows)
        table.add_row(words.extract, *map(str, sizes))
    return table


def _paragraphs_by(name: str, values: Iterable[str | None], words: SummaryWords) -> Table:
    """Return a table of how many paragraphs have each value."""
    table = plain_table()
    table.add_column(name)
    table.add_column(words.paragraphs, justify="right")
    for value, n in sorted(Counter(v or words.none for v in values).items()):
        table.add_row(value, str(n))
    return table


def _sentences_by_area(training: TrainingSet, words: SummaryWords, target: Console) -> None:
    areas = training.labelled.taxonomy.areas
    written = Counter(a for e in training.labelled.examples for s in e.sentence_areas or (e.areas,) for a in s or ())
    columns = [(words.written, [written[a.id] for a in areas])]
    for named in training.extracts:
        counts = (named.extract.labelled_counts.labels == 1).sum(axis=0)
        columns += [(words.extract, counts.tolist())]
    table = plain_table()
    table.add_column(words.area, no_wrap=True)
    for part, _ in columns:
        table.add_column(f"{part}{words.colon}{words.sentences}", justify="right")
    for i, area in enumerate(areas):
        table.add_row(area.name(words.lang), *(str(column[i]) for _, column in columns))
    show(target, table)
