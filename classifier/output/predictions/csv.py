"""CSV: one row for each paragraph, for spreadsheets and statistics programs."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable
from io import StringIO

from classifier.output.predictions.output_format import OutputFormat
from classifier.paths import escaped
from classifier.records import Prediction

COLUMNS = ("document", "paragraph", "line", "page", "kind", "heading", "areas", "names", "text")
BETWEEN_AREAS = ";"
BETWEEN_HEADINGS = " / "


class CsvFormat(OutputFormat):
    """CSV in UTF-8; with all scores, each area has a column of its own."""

    def head(self, in_file: bool) -> bytes:
        """Return the names of the columns; spreadsheet programs read UTF-8 only in files with a byte order mark."""
        return (BOM_UTF8 if in_file else b"") + _encoded([[*COLUMNS, *self._score_columns()]])

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one row for each paragraph; names without characters that could forge a row."""
        score_columns = self._score_columns()
        return _encoded(self._row(document, prediction, score_columns) for document, prediction in rows)

    def _score_columns(self) -> list[str]:
        return list(self.options.names) if self.options.all_scores else []

    def _row(self, document: str, prediction: Prediction, score_columns: list[str]) -> list[object]:
        paragraph, names = prediction.paragraph, self.options.names
        areas = [a.id for a in prediction.areas if a.id in names]
        row: list[object] = [
            escaped(document),
            paragraph.number,
            paragraph.line,
            "" if paragraph.page is None else paragraph.page,
            paragraph.kind.value,
            BETWEEN_HEADINGS.join(paragraph.heading),
            BETWEEN_AREAS.join(areas),
            BETWEEN_AREAS.join([names[a] for a in areas]),
            paragraph.text,
        ]
        if score_columns:
            scores = dict(prediction.scores)
            row += [scores[a] for a in score_columns]
        return row


def _encoded(rows: Iterable[list[object]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8")
