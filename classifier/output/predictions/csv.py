"""One row for each paragraph, for spreadsheets and statistics programs."""

import csv
from collections.abc import Iterable
from io import StringIO

from classifier.output.options import OutputOptions
from classifier.records import Prediction

COLUMNS = ("document", "paragraph", "line", "kind", "heading", "areas", "names", "text")
BETWEEN_AREAS = ";"
BETWEEN_HEADINGS = " / "


class CsvEncoder:
    """Encodes CSV in UTF-8; with all scores, each area has a column of its own."""

    def __init__(self, view: OutputOptions) -> None:
        """Encode what a view shows."""
        self.view = view
        self.scores = [a.id for a in view.areas] if view.all_scores else []

    def head(self) -> bytes:
        """Return the row that names the columns."""
        return _encoded([[*COLUMNS, *self.scores]])

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one row for each paragraph."""
        return _encoded(self._row(document, prediction) for document, prediction in rows)

    def _row(self, document: str, prediction: Prediction) -> list[object]:
        paragraph, names = prediction.paragraph, self.view.names
        areas = [a.id for a in prediction.areas if a.id in names]
        row: list[object] = [
            document,
            paragraph.number,
            paragraph.line,
            paragraph.kind.value,
            BETWEEN_HEADINGS.join(paragraph.heading),
            BETWEEN_AREAS.join(areas),
            BETWEEN_AREAS.join([names[a] for a in areas]),
            paragraph.text,
        ]
        if self.scores:
            scores = {a.id: a.score for a in prediction.scores}
            row += [scores[a] for a in self.scores]
        return row


def _encoded(rows: Iterable[list[object]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8")
