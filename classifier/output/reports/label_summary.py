"""How many labelled paragraphs there are, of what kind, and in which areas."""

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.table import Table

from classifier.output.terminal import console, plain_table, show
from classifier.training.training_set import TrainingSet

SUMMARY_WORDS = {
    "zh": {
        "written": "文字",
        "extract": "摘录",
        "reports": "报告",
        "paragraphs": "段落",
        "sentences": "句子",
        "part": "部分",
        "level": "层级",
        "year": "年份",
        "shape": "文种",
        "area": "领域",
        "none": "无",
    },
    "en": {
        "written": "texts",
        "extract": "extracts",
        "reports": "reports",
        "paragraphs": "paragraphs",
        "sentences": "sentences",
        "part": "part",
        "level": "level",
        "year": "years",
        "shape": "shape",
        "area": "area",
        "none": "none",
    },
}
YEARS_COUNTED_TOGETHER = 5  # years that are counted together


def print_summary(training: TrainingSet, lang: str, stream: TextIO) -> None:
    """Print reports, paragraphs and sentences by part, then paragraphs by level, years and shape, sentences by area."""
    words = SUMMARY_WORDS[lang]
    examples, extracts = training.labelled.examples, [e.extract for e in training.extracts]
    target = console(stream)
    parts = plain_table()
    for column in ("part", "reports", "paragraphs", "sentences"):
        parts.add_column(words[column], justify="left" if column == "part" else "right")
    sizes = [len(e.sentences) for e in examples]
    parts.add_row(words["written"], str(len({e.report for e in examples})), str(len(examples)), str(sum(sizes)))
    for extract in extracts:
        reports, rows = len(set(extract.labelled_counts.reports)), extract.labelled_counts.sentence_counts.rows
        parts.add_row(words["extract"], str(reports), str(len(extract.paragraphs)), str(rows))
    show(target, parts, "")
    about = [(e.level, e.year, e.shape) for e in examples]
    about += [(p.level, p.year, p.shape) for extract in extracts for p in extract.paragraphs]
    for key, values in (
        ("level", (level for level, _, _ in about)),
        (
            "year",
            (
                None
                if y is None
                else f"{y - y % YEARS_COUNTED_TOGETHER}-{y - y % YEARS_COUNTED_TOGETHER + YEARS_COUNTED_TOGETHER - 1}"
                for _, y, _ in about
            ),
        ),
        ("shape", (shape for _, _, shape in about)),
    ):
        show(target, _counts(words[key], words["paragraphs"], values, words["none"]), "")
    _areas(training, lang, target)


def _counts(name: str, unit: str, values: Iterable[str | None], none: str) -> Table:
    table = plain_table()
    table.add_column(name)
    table.add_column(unit, justify="right")
    for value, n in sorted(Counter(v or none for v in values).items()):
        table.add_row(value, str(n))
    return table


def _areas(training: TrainingSet, lang: str, target: Console) -> None:
    words, areas = SUMMARY_WORDS[lang], training.labelled.taxonomy.areas
    written = Counter(a for e in training.labelled.examples for s in e.sentence_areas or (e.areas,) for a in s)
    tables = [(words["written"], [written[a.id] for a in areas])]
    for named in training.extracts:
        labels = named.extract.labelled_counts.labels
        tables.append((words["extract"], (labels == 1).sum(axis=0).tolist()))
    table = plain_table()
    table.add_column(words["area"], no_wrap=True)
    for name, _ in tables:
        table.add_column(f"{name}: {words['sentences']}", justify="right")
    for i, area in enumerate(areas):
        table.add_row(area.name(lang), *(str(column[i]) for _, column in tables))
    show(target, table)
