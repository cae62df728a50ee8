"""One JSON object for each paragraph; the record that other programs rely on."""

import json
from collections.abc import Sequence
from typing import Any, TextIO

from classifier.output.writer import View
from classifier.records import Document, Prediction


class JsonlWriter:
    """Writes JSON lines, in UTF-8 with Chinese left as it is."""

    def __init__(self, stream: TextIO, view: View) -> None:
        """Write to a stream what a view shows."""
        self.stream, self.view = stream, view

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write one line for each paragraph."""
        for prediction in predictions:
            row = record(document.name, prediction, self.view)
            self.stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    def end(self) -> None:
        """Nothing follows the last record."""


def record(document: str, prediction: Prediction, view: View) -> dict[str, Any]:
    """Return the record of a paragraph; every key is always there."""
    paragraph = prediction.paragraph
    row: dict[str, Any] = {
        "document": document,
        "paragraph": paragraph.number,
        "line": paragraph.line,
        "kind": str(paragraph.kind),
        "heading": list(paragraph.heading),
        "text": paragraph.text,
        "areas": [{"id": a.id, "name": view.name(a.id), "score": a.score} for a in view.shown(prediction.areas)],
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "item": sentence.item,
                "areas": [{"id": a.id, "score": a.score} for a in view.shown(evidence)],
            }
            for sentence, evidence in zip(paragraph.sentences, prediction.evidence, strict=True)
        ],
    }
    if view.all_scores:
        row["scores"] = {a.id: a.score for a in view.shown(prediction.scores)}
    return row
