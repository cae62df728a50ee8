"""The agreement of two readings as a table, with the units on which they differ."""

import math
from collections.abc import Mapping, Sequence
from typing import TextIO

from classifier.labelling.agreement import Agreement, AnnotatedUnit
from classifier.output.terminal import console, plain_table, show

AGREEMENT_WORDS = {
    "zh": ("领域", "Kappa", "F1", "单元数", "总体", "Krippendorff alpha（MASI 距离）", "完全一致", "分歧"),
    "en": ("Area", "Kappa", "F1", "Units", "Overall", "Krippendorff's alpha (MASI)", "Exactly alike", "Disagreements"),
}


def print_agreement(found: Agreement, names: Mapping[str, str], lang: str, stream: TextIO) -> None:
    """Print kappa and F1 of each area, overall figures and alpha."""
    area, kappa, f1, units, overall, alpha, exact, _ = AGREEMENT_WORDS[lang]
    table = plain_table()
    table.add_column(area, no_wrap=True)
    for column in (kappa, f1, units):
        table.add_column(column, justify="right", no_wrap=True)
    for i, name in enumerate(found.areas):
        table.add_row(names.get(name, name), _figure(found.kappa[i]), _figure(found.f1[i]), str(found.support[i]))
    table.add_row(overall, _figure(found.overall), _figure(found.macro_f1), str(found.units), style="bold")
    show(console(stream), table, f"{alpha}: {_figure(found.alpha)}", f"{exact}: {_figure(found.exact)}")


def print_disagreements(
    rows: Sequence[tuple[AnnotatedUnit, frozenset[str], frozenset[str]]], lang: str, stream: TextIO
) -> None:
    """Print the units on which two readings differ: id, sentence, areas of one and of the other."""
    stream.write(f"\n{AGREEMENT_WORDS[lang][-1]} ({len(rows)})\n")
    for (identity, number), one, other in rows:
        place = f"{identity}/{number}" if number else identity
        stream.write(f"{place}\t{','.join(sorted(one)) or '-'}\t{','.join(sorted(other)) or '-'}\n")


def _figure(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:.3f}"
