"""doccano: JSON lines with a text and its labels, for projects of text classification."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from classifier.messages import message
from classifier.output.predictions.wide import BETWEEN_HEADINGS
from classifier.transfer.anchor import anchor_text
from classifier.transfer.area_names import AreaNames
from classifier.transfer.json_labels import ANCHOR, ToolLabels, listed_areas, row_of_choice
from classifier.transfer.label_format import LabelFile, foreign_passage, written_row
from classifier.transfer.rows import ReadRow, WrittenRow

_LABELS = ("label", "labels")


class DoccanoLabels(ToolLabels):
    """One object for each row. doccano keeps keys that it does not know as metadata, and exports them again."""

    @staticmethod
    def recognises(first: dict[str, Any]) -> bool:
        """Whether an object has a text and a list of labels."""
        return ("text" in first or "data" in first) and any(isinstance(first.get(key), list) for key in _LABELS)

    def objects(self, rows: Sequence[WrittenRow], names: AreaNames) -> Iterator[dict[str, Any]]:
        """Yield the objects."""
        for row in rows:
            yield {
                "text": row.text,
                "label": [names.shown[area] for area in row.areas if area in names.shown],
                "document": row.passage.document,
                "line": row.passage.line,
                "heading": BETWEEN_HEADINGS.join(row.passage.heading),
                ANCHOR: anchor_text(row),
                **({"why": row.why} if row.why else {}),
            }

    def rows_of(self, value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
        """Yield the row of an object. doccano does not say which texts nobody looked at: those without any label."""
        meta = _meta(value)
        written = written_row(meta.get(ANCHOR), place, file)
        text = value.get("text", value.get("data"))
        if written is None and (not isinstance(text, str) or not text.strip()):
            file.faults.add(place, message("no text; each object needs a text and its labels"))
            return
        labels: Any = next((value[key] for key in _LABELS if value.get(key) is not None), [])
        names = [label[2] if _is_span(label) else label for label in labels] if isinstance(labels, list) else labels
        passage = foreign_passage({**meta, "heading": None}, str(text))
        yield row_of_choice(place, written, passage, listed_areas(names, place, file), checked=False)


def _meta(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object with its metadata, which some versions keep under a key of their own."""
    meta = value.get("meta")
    if isinstance(meta, str):
        try:
            meta = json.loads(meta)
        except ValueError:
            meta = None
    return {**meta, **value} if isinstance(meta, dict) else value


def _is_span(label: object) -> bool:
    """Whether a label is of a part of the text: [start, end, label]."""
    return isinstance(label, list) and len(label) == 3
