"""CSV: one row for each paragraph, for spreadsheets and statistics programs.

A text that a spreadsheet program would take for a formula gets a quotation mark before it; the reader of CSV files
takes it off again.
"""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable
from io import StringIO
from typing import Any, ClassVar

from classifier.analysis.units import Unit
from classifier.output.cells import guarded, json_text
from classifier.output.predictions.output_format import OutputFormat
from classifier.output.predictions.wide import BETWEEN_HEADINGS, wide_columns, wide_row
from classifier.paths import escaped
from classifier.records import Prediction

COLUMNS = ("document", "paragraph", "line", "page", "kind", "heading", "areas", "names", "text")
BETWEEN_AREAS = ";"
UNIT_COLUMN = "unit"  # the number of an item or sentence in its paragraph


class CsvFormat(OutputFormat):
    """CSV in UTF-8; with all scores, each area has a column of its own, and so has each column that travels.

    Wide CSV has the columns of workbooks instead.
    """

    has_meta_file: ClassVar[bool] = True

    def head(self, in_file: bool) -> bytes:
        """Return the names of the columns; spreadsheet programs read UTF-8 only in files with a byte order mark."""
        return (BOM_UTF8 if in_file else b"") + _encoded([self._names()])

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one row for each paragraph; names without characters that could forge a row."""
        score_columns = self._score_columns()
        if self.options.wide:
            return _encoded(self._with_others(self._wide_row(*row), row[1]) for row in rows)
        return _encoded(self._with_others(self._row(*row, score_columns), row[1]) for row in rows)

    @property
    def _by_part(self) -> bool:
        return self.options.unit != Unit.PARAGRAPH

    def _wide_row(self, document: str, prediction: Prediction) -> list[object]:
        row = wide_row(escaped(document), prediction, self.options)
        return [guarded(value) if isinstance(value, str) else value for value in row]

    def _with_others(self, row: list[object], prediction: Prediction) -> list[object]:
        """Return a row with the number of its part, unless it is wide and has it, and with the values that travel."""
        if self._by_part and not self.options.wide:
            row.append("" if prediction.part is None else prediction.part.number)
        if columns := self.options.columns:
            values = prediction.paragraph.columns or {}
            row += [_cell(values.get(name)) for name in columns]
        return row

    def _names(self) -> list[object]:
        """Return the names of all columns; one that travels gets `_table` behind it where its name is taken."""
        names = wide_columns(self.options) if self.options.wide else [*COLUMNS, *self._score_columns()]
        names += [UNIT_COLUMN] * (self._by_part and not self.options.wide)
        for column in self.options.columns:
            name = column
            while name in names:
                name += "_table"
            names.append(name)
        return [guarded(name) for name in names]

    def _score_columns(self) -> list[str]:
        return list(self.options.names) if self.options.all_scores else []

    def _row(self, document: str, prediction: Prediction, score_columns: list[str]) -> list[object]:
        paragraph, names = prediction.paragraph, self.options.names
        areas = [a.id for a in prediction.areas if a.id in names]
        row: list[object] = [
            guarded(escaped(document)),
            paragraph.number,
            paragraph.line,
            "" if paragraph.page is None else paragraph.page,
            paragraph.kind.value,
            guarded(BETWEEN_HEADINGS.join(paragraph.heading)),
            BETWEEN_AREAS.join(areas),
            BETWEEN_AREAS.join([names[a] for a in areas]),
            guarded(paragraph.text),
        ]
        if score_columns:
            scores = dict(prediction.scores)
            row += [scores[a] for a in score_columns]
        return row


def _cell(value: Any) -> object:
    """Return a value of a table as it stands in CSV: empty for none, numbers as they are, all else as text."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return guarded(value if isinstance(value, str) else json_text(value))


def _encoded(rows: Iterable[list[object]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8")
