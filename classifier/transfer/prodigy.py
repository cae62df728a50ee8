"""Prodigy: JSON lines for its choice interface, and what it writes of choices, single labels and categories."""

from collections.abc import Iterator, Sequence
from typing import Any

from classifier.messages import message
from classifier.settings import Settings
from classifier.transfer.anchor import anchor_text
from classifier.transfer.area_names import AreaNames
from classifier.transfer.json_labels import ANCHOR, ToolLabels, list_of, listed_areas, object_of, row_of_choice
from classifier.transfer.label_format import LabelFile, foreign_passage, written_row
from classifier.transfer.rows import WHOLE, Passage, ReadRow, WrittenRow

_ACCEPTED, _REJECTED = "accept", "reject"


class ProdigyLabels(ToolLabels):
    """One task for each row, with the areas as options; the model's tags are chosen beforehand."""

    @staticmethod
    def recognises(first: dict[str, Any]) -> bool:
        """Whether an object is a task with options, with categories, or with an answer."""
        has_answer = first.get("answer") in (_ACCEPTED, _REJECTED, "ignore")
        return "text" in first and (has_answer or isinstance(first.get("options"), list) or "cats" in first)

    def objects(self, rows: Sequence[WrittenRow], names: AreaNames) -> Iterator[dict[str, Any]]:
        """Yield the tasks."""
        options = [{"id": area, "text": name} for area, name in names.shown.items()]
        for row in rows:
            shown = {"document": row.passage.document, "line": row.passage.line, "why": row.why}
            yield {
                "text": row.text,
                "options": options,
                "accept": [area for area in row.areas if area in names.shown],
                "meta": {key: value for key, value in shown.items() if value},
                ANCHOR: anchor_text(row),
                **({} if row.by_model else {"answer": _ACCEPTED}),
            }

    def rows_of(self, value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
        """Yield the row of a task: a choice counts where it was accepted; of a rejected one nothing else is known."""
        written = written_row(value.get(ANCHOR), place, file)
        text, answer = value.get("text"), value.get("answer")
        if written is None and (not isinstance(text, str) or not text.strip()):
            file.faults.add(place, message("no text; each object needs a text and its labels"))
            return
        passage = foreign_passage(object_of(value.get("meta")), str(text))
        if isinstance(value.get("cats"), dict):
            yield self._of_categories(value["cats"], place, passage, file)
        elif isinstance(value.get("label"), str):
            yield self._of_label(value, place, passage, file)
        else:
            accepted = answer == _ACCEPTED
            areas = listed_areas(value.get("accept") or [], place, file)
            if not accepted:
                areas = list(written.areas) if written is not None else []  # labels stay as they were written
            areas = [area for area in areas if area in file.names.shown]
            row = row_of_choice(place, written, passage, areas, accepted)
            yield (
                row
                if written is not None or not list_of(value.get("options"))
                else self._among_options(row, value, file)
            )

    def _among_options(self, row: ReadRow, value: dict[str, Any], file: LabelFile) -> ReadRow:
        """Return a row with the options of its task as what there was to choose among."""
        ids = [object_of(option).get("id") for option in value["options"]]
        offered = listed_areas(ids, row.place, file)
        return ReadRow(row.place, row.passage, WHOLE, dict.fromkeys(offered) | dict(row.marks), None, row.checked)

    def _of_categories(self, cats: dict[str, Any], place: str, passage: Passage, file: LabelFile) -> ReadRow:
        areas = listed_areas(list(cats), place, file)
        values = [isinstance(v, int | float) and v >= Settings.threshold for v in cats.values()]
        marks: dict[str, bool | None] = dict(zip(areas, values, strict=False)) if len(areas) == len(values) else {}
        return ReadRow(place, passage, WHOLE, marks)

    def _of_label(self, value: dict[str, Any], place: str, passage: Passage, file: LabelFile) -> ReadRow:
        areas = listed_areas(value["label"], place, file)
        known = {_ACCEPTED: True, _REJECTED: False}.get(str(value.get("answer")))
        return ReadRow(place, passage, WHOLE, dict.fromkeys(areas, known))
