"""One row for each paragraph, for spreadsheets and statistics programs."""

import csv
from collections.abc import Sequence
from typing import TextIO

from classifier.output.writer import View
from classifier.records import Document, Prediction

COLUMNS = ("document", "paragraph", "line", "kind", "heading", "areas", "names", "text")
BETWEEN_AREAS = ";"
BETWEEN_HEADINGS = " / "


class CsvWriter:
    """Writes CSV; with all scores, each area has a column of its own."""

    def __init__(self, stream: TextIO, view: View) -> None:
        """Write to a stream what a view shows; the first row names the columns."""
        self.view = view
        self.rows = csv.writer(stream, lineterminator="\n")
        scores = [a.id for a in view.areas] if view.all_scores else []
        self.rows.writerow([*COLUMNS, *scores])

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write one row for each paragraph."""
        for prediction in predictions:
            paragraph = prediction.paragraph
            areas = [a.id for a in self.view.shown(prediction.areas)]
            scores = {a.id: a.score for a in prediction.scores} if self.view.all_scores else {}
            self.rows.writerow(
                [
                    document.name,
                    paragraph.number,
                    paragraph.line,
                    str(paragraph.kind),
                    BETWEEN_HEADINGS.join(paragraph.heading),
                    BETWEEN_AREAS.join(areas),
                    BETWEEN_AREAS.join(self.view.name(a) for a in areas),
                    paragraph.text,
                    *(scores[a.id] for a in self.view.areas if scores),
                ]
            )

    def end(self) -> None:
        """Nothing follows the last row."""
