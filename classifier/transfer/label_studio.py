"""Label Studio: tasks with choices, model's tags as predictions and labels as annotations; JSON and JSON-MIN."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar
from xml.sax.saxutils import quoteattr

from classifier.messages import message
from classifier.output.predictions.wide import BETWEEN_HEADINGS
from classifier.storage.atomic import atomic_file
from classifier.transfer.anchor import anchor_text
from classifier.transfer.area_names import AreaNames
from classifier.transfer.json_labels import ANCHOR, ToolLabels, list_of, listed_areas, object_of, row_of_choice
from classifier.transfer.label_format import LabelFile, foreign_passage, written_row
from classifier.transfer.rows import ReadRow, WrittenRow

_CONTROL, _OBJECT = "areas", "text"  # the names of the choices and of the text in the labelling interface
_FLAT = ("annotation_id", "annotator", "lead_time")  # keys of JSON-MIN


class LabelStudioLabels(ToolLabels):
    """One task for each row; beside the file, the labelling interface to paste into the settings of the project."""

    as_list: ClassVar[bool] = True

    @staticmethod
    def recognises(first: dict[str, Any]) -> bool:
        """Whether an object is a task, or a flat one."""
        is_task = isinstance(first.get("data"), dict) and {"annotations", "predictions", "completions"} & set(first)
        return bool(is_task) or sum(key in first for key in _FLAT) > 1

    def objects(self, rows: Sequence[WrittenRow], names: AreaNames) -> Iterator[dict[str, Any]]:
        """Yield the tasks."""
        for row in rows:
            passage = row.passage
            data = {
                "text": row.text,
                "document": passage.document,
                "line": passage.line,
                "heading": BETWEEN_HEADINGS.join(passage.heading),
                ANCHOR: anchor_text(row),
                **({"why": row.why} if row.why else {}),
            }
            choices = [names.shown[area] for area in row.areas if area in names.shown]
            value = {
                "id": _CONTROL,
                "from_name": _CONTROL,
                "to_name": _OBJECT,
                "type": "choices",
                "value": {"choices": choices},
            }
            result = {"result": [value] if choices else []}
            if row.by_model:
                yield {"data": data, "predictions": [{"model_version": "classify", "score": row.margin, **result}]}
            else:
                yield {"data": data, "annotations": [result]}

    def write(self, rows: Sequence[WrittenRow], names: AreaNames, out: Path) -> tuple[Path, ...]:
        """Write the tasks, and the labelling interface beside them."""
        interface = out.with_suffix(".interface.xml")
        choices = "".join(f"    <Choice value={quoteattr(name)}/>\n" for name in names.shown.values())
        with atomic_file(interface) as stream:
            stream.write(
                f'<View>\n  <Text name="{_OBJECT}" value="$text"/>\n'
                f'  <Choices name="{_CONTROL}" toName="{_OBJECT}" choice="multiple" showInline="true">\n'
                f"{choices}  </Choices>\n</View>\n".encode()
            )
        super().write(rows, names, out)
        return (interface,)

    def rows_of(self, value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
        """Yield a row for each annotation that was not skipped; one without a label for a task that has none."""
        data = object_of(value.get("data", value))
        text = _text(data)
        written = written_row(data.get(ANCHOR), place, file)
        if written is None and text is None:
            file.faults.add(place, message("no text; a task needs data with a text"))
            return
        passage = foreign_passage({**data, "heading": None}, text or "")
        if "data" not in value:
            yield row_of_choice(place, written, passage, listed_areas(_flat(value), place, file), checked=True)
            return
        annotations = [a for key in ("annotations", "completions") for a in list_of(value.get(key))]
        done = [a for a in map(object_of, annotations) if a and not a.get("was_cancelled")]
        for annotation in done:
            yield row_of_choice(place, written, passage, _chosen(annotation, place, file), checked=True)
        if not done:
            tags = written.areas if written is not None else ()
            yield row_of_choice(place, written, passage, tags, checked=False)


def _text(data: dict[str, Any]) -> str | None:
    """Return the text of a task, under whatever key: the longest of its texts where none is called so."""
    if isinstance(data.get("text"), str):
        return str(data["text"])
    texts = [v for key, v in data.items() if isinstance(v, str) and key not in (ANCHOR, _CONTROL, "created_at")]
    return max(texts, key=len, default=None)


def _flat(value: dict[str, Any]) -> Any:
    """Return the choices of a flat object: those of our interface, else of the one key that has choices."""
    found = value.get(_CONTROL)
    if found is None:
        found = next((v for v in value.values() if isinstance(v, dict) and "choices" in v), None)
    return found.get("choices") if isinstance(found, dict) else found


def _chosen(annotation: dict[str, Any], place: str, file: LabelFile) -> list[str]:
    values = [object_of(object_of(result).get("value")) for result in list_of(annotation.get("result"))]
    return [area for value in values for area in listed_areas(value.get("choices"), place, file)]
