"""Argilla: records with a text field, the model's tags as suggestions, and the responses of a multi-label question."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from classifier.messages import message
from classifier.transfer.anchor import anchor_text
from classifier.transfer.area_names import AreaNames
from classifier.transfer.json_labels import ANCHOR, ToolLabels, list_of, listed_areas, object_of, row_of_choice
from classifier.transfer.label_format import LabelFile, foreign_passage, written_row
from classifier.transfer.rows import ReadRow, WrittenRow

_QUESTION = "areas"
_NOT_DONE = ("draft", "discarded", "pending")


class ArgillaLabels(ToolLabels):
    """One record for each row. Labels go as suggestions too, as a response needs a user that Argilla knows."""

    as_list: ClassVar[bool] = True

    @staticmethod
    def recognises(first: dict[str, Any]) -> bool:
        """Whether an object is a record."""
        return isinstance(first.get("fields"), dict) and bool({"responses", "suggestions"} & set(first))

    def objects(self, rows: Sequence[WrittenRow], names: AreaNames) -> Iterator[dict[str, Any]]:
        """Yield the records."""
        for row in rows:
            areas = [area for area in row.areas if area in names.shown]
            suggestion: dict[str, Any] = {"value": [names.shown[area] for area in areas]}
            suggestion["agent"] = "classify" if row.by_model else "labels"
            if row.scores:
                suggestion["score"] = [row.scores.get(area) for area in areas]
            about = {"document": row.passage.document, "line": row.passage.line, "why": row.why}
            yield {
                "id": f"{row.passage.id}-{row.sentence}",
                "fields": {"text": row.text},
                "metadata": {**{key: value for key, value in about.items() if value}, ANCHOR: anchor_text(row)},
                "suggestions": {_QUESTION: suggestion} if areas else {},
                "responses": {},
            }

    def rows_of(self, value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
        """Yield a row for each response that was submitted; one without a label for a record that has none."""
        metadata, fields = object_of(value.get("metadata")), object_of(value.get("fields"))
        written = written_row(metadata.get(ANCHOR), place, file)
        texts = [v for v in (fields.get("text"), *fields.values()) if isinstance(v, str)]
        text = texts[0] if isinstance(fields.get("text"), str) else max(texts, key=len, default="")
        if written is None and not text.strip():
            file.faults.add(place, message("no text; each record needs a field with a text"))
            return
        passage = foreign_passage(metadata, text)
        answers = list(_answers(value.get("responses"), foreign=written is None))
        for answer in answers:
            yield row_of_choice(place, written, passage, listed_areas(answer, place, file), checked=True)
        if not answers:
            tags = written.areas if written is not None else ()
            yield row_of_choice(place, written, passage, tags, checked=False)


def _answers(responses: object, foreign: bool) -> Iterator[list[Any]]:
    """Yield the areas of responses: by question, as now, or by user with their questions, as in older versions.

    foreign: whether the record was not exported by this program, so that its only question may have another name.
    """
    for value in _values(responses, foreign):
        if isinstance(value, list):  # a rating or a text answers another question
            yield value


def _values(responses: object, foreign: bool) -> Iterator[Any]:
    if isinstance(responses, dict):
        for name, own in responses.items():
            done = [r for r in map(object_of, list_of(own)) if r and r.get("status") not in _NOT_DONE]
            if name == _QUESTION or (foreign and len(responses) == 1):
                yield from (r.get("value") for r in done)
    elif isinstance(responses, list):
        for response in responses:
            values = object_of(object_of(response).get("values"))
            only = next(iter(values.values())) if foreign and len(values) == 1 else None
            own = values.get(_QUESTION, only)
            if isinstance(own, dict) and response.get("status") not in _NOT_DONE:
                yield own.get("value")
