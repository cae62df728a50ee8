"""The agreement of two readings as a table, with the units on which they differ."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from classifier.labelling.agreement import Agreement, AnnotatedUnit
from classifier.output.language import AgreementWords
from classifier.output.reports.numbers import figure
from classifier.output.terminal import console, plain_table, show


def print_agreement(found: Agreement, names: Mapping[str, str], lang: str, stream: TextIO) -> None:
    """Print kappa and F1 of each area, overall figures and alpha."""
    words = AgreementWords(lang)
    table = plain_table()
    table.add_column(words.area, no_wrap=True)
    for column in (words.kappa, words.f1, words.units):
        table.add_column(column, justify="right", no_wrap=True)
    for i, area in enumerate(found.areas):
        table.add_row(names.get(area, area), figure(found.kappa[i]), figure(found.f1[i]), str(found.support[i]))
    table.add_row(words.overall, figure(found.overall), figure(found.macro_f1), str(found.units), style="bold")
    below = (
        f"{words.alpha}{words.colon}{figure(found.alpha)}",
        f"{words.exact}{words.colon}{figure(found.exact)}",
    )
    show(console(stream), table, *below)


def print_disagreements(
    rows: Sequence[tuple[AnnotatedUnit, frozenset[str], frozenset[str]]], lang: str, stream: TextIO
) -> None:
    """Print the units on which two readings differ: id, sentence, areas of the first and of the second."""
    stream.write(f"\n{AgreementWords(lang).disagreements} ({len(rows)})\n")
    for (identity, number), one, other in rows:
        place = f"{identity}/{number}" if number else identity
        stream.write(f"{place}\t{','.join(sorted(one)) or '-'}\t{','.join(sorted(other)) or '-'}\n")
