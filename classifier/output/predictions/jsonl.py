"""One JSON object for each paragraph; the record that other programs rely on."""

from collections.abc import Iterable
from typing import Any

import orjson

from classifier.output.options import OutputOptions
from classifier.records import Prediction


class JsonlEncoder:
    """Encodes JSON lines, in UTF-8 with Chinese left as it is."""

    def __init__(self, view: OutputOptions) -> None:
        """Encode what a view shows."""
        self.view = view

    def head(self) -> bytes:
        """Nothing stands before the first record."""
        return b""

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one line for each paragraph."""
        dumps, option, view = orjson.dumps, orjson.OPT_APPEND_NEWLINE, self.view
        return b"".join([dumps(prediction_record(name, prediction, view), option=option) for name, prediction in rows])


def prediction_record(document: str, prediction: Prediction, view: OutputOptions) -> dict[str, Any]:
    """Return the record of a paragraph; every key is always there."""
    paragraph, names = prediction.paragraph, view.names
    row: dict[str, Any] = {
        "document": document,
        "paragraph": paragraph.number,
        "line": paragraph.line,
        "kind": paragraph.kind.value,
        "heading": paragraph.heading,
        "text": paragraph.text,
        "areas": [{"id": a.id, "name": names[a.id], "score": a.score} for a in prediction.areas if a.id in names],
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "item": sentence.item,
                "areas": [{"id": a.id, "score": a.score} for a in evidence if a.id in names] if evidence else [],
            }
            for sentence, evidence in zip(paragraph.sentences, prediction.evidence, strict=True)
        ],
    }
    if view.all_scores:
        row["scores"] = {a.id: a.score for a in prediction.scores if a.id in names}
    return row
