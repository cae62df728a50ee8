"""Label files that are JSON: a list of objects, or an object on each line."""

import json
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from classifier.errors import LabelError
from classifier.messages import message, system_reason
from classifier.paths import printable
from classifier.readers.cells import halves
from classifier.storage.atomic import atomic_file
from classifier.transfer.area_names import AreaNames
from classifier.transfer.label_format import LabelFile, LabelFormat
from classifier.transfer.rows import WHOLE, Passage, ReadRow, WrittenRow

ANCHOR = "classify"  # the key of the anchor, in whatever place a format keeps what it does not know
Objects = Iterator[tuple[str, dict[str, Any]]]


class JsonLabels(LabelFormat):
    """A format whose objects are rows. as_list: whether they are written as one list, else on lines of their own."""

    as_list: ClassVar[bool] = False

    @staticmethod
    @abstractmethod
    def recognises(first: dict[str, Any]) -> bool:
        """Whether the first object of a file is one of this format."""

    @abstractmethod
    def objects(self, rows: Sequence[WrittenRow], names: AreaNames) -> Iterator[dict[str, Any]]:
        """Yield what is written of the rows."""

    @abstractmethod
    def rows_of(self, value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
        """Yield what an object says."""

    def write(self, rows: Sequence[WrittenRow], names: AreaNames, out: Path) -> tuple[Path, ...]:
        """Write the objects of the rows."""
        lines = [json.dumps(value, ensure_ascii=False) for value in self.objects(rows, names)]
        text = "[\n" + ",\n".join(lines) + "\n]\n" if self.as_list else "".join(line + "\n" for line in lines)
        with atomic_file(out) as stream:
            stream.write(text.encode())
        return ()

    def read(self, file: LabelFile) -> Iterator[ReadRow]:
        """Yield what the objects of a file say."""
        for place, value in json_objects(file.path, file):
            yield from self.rows_of(value, place, file)


def json_objects(path: Path, file: LabelFile | None = None) -> Objects:
    """Yield the objects of a file, each with its place. file: where faults of single lines go; else they are raised.

    Raises LabelError where the file cannot be read.
    """
    text = _text_of(path)
    shown = printable(path)
    if text.lstrip().startswith("["):
        values = _loaded(text, shown)
        numbered = [(message("{place}: record {n}", place=shown, n=n), v) for n, v in enumerate(values, start=1)]
    else:
        numbered = []
        for n, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                place = message("{place}: line {n}", place=shown, n=n)
                try:
                    numbered.append((place, _loaded(line, place)))
                except LabelError as error:
                    if file is None:
                        raise
                    file.faults.lines.append(str(error))
    may_be_half = r"\ud" in text.casefold()
    for place, value in numbered:
        if isinstance(value, dict) and not (may_be_half and halves(json.dumps(value, ensure_ascii=False))):
            yield place, value
        elif file is not None and isinstance(value, dict):
            file.faults.add(place, message("half a character (a lone surrogate) in a text; mend it"))
        elif file is not None:
            file.faults.add(place, message("not a JSON object; write one object on the line"))


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = system_reason(error)
        raise LabelError(
            message("{place}: cannot be opened ({why}); check the path", place=printable(path), why=why)
        ) from error
    except UnicodeDecodeError as error:
        raise LabelError(
            message("{place}: not UTF-8 at byte {n}; save it as UTF-8", place=printable(path), n=error.start)
        ) from error


def _loaded(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else "-"
        raise LabelError(
            message("{place}: broken JSON at {where}; export the file again", place=place, where=where)
        ) from error


def object_of(value: object) -> dict[str, Any]:
    """Return a value that should be an object; an empty one where it is another."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """Return a value that should be a list; an empty one where it is another."""
    return value if isinstance(value, list) else []


def listed_areas(value: object, place: str, file: LabelFile) -> list[str]:
    """Return the ids of the areas that a list, or a single text, names; unknown ones are faults."""
    found = []
    for name in value if isinstance(value, list) else [] if value is None else [value]:
        area = file.names.find(name) if isinstance(name, str) else None
        if area is not None:
            found.append(area)
        else:
            file.faults.unknown_area(place, name, file.names.ids)
    return found


class ToolLabels(JsonLabels):
    """The files of a labelling tool, in which areas are chosen and what there was to choose among may not be said."""

    def read(self, file: LabelFile) -> Iterator[ReadRow]:
        """Yield what the objects of a file say; of areas that are nowhere chosen in it, nothing is known."""
        rows = list(super().read(file))
        chosen = {area for row in rows if row.by_choice for area in row.marks}
        offered = file.offered or tuple(area for area in file.names.ids if area in chosen)
        for row in rows:
            yield replace(row, marks=dict.fromkeys(offered) | dict(row.marks)) if row.by_choice else row


def row_of_choice(
    place: str, written: WrittenRow | None, passage: Passage, areas: Sequence[str], checked: bool
) -> ReadRow:
    """Return the row of a text for which areas were chosen, in the place that its anchor names, if it has one."""
    chosen: dict[str, bool | None] = dict.fromkeys(areas, True)
    if written is None:
        return ReadRow(place, passage, WHOLE, chosen, None, checked, by_choice=True)
    # A label that was written and is left as it was says no more than before, even where a tool counts it as done.
    checked = checked and written.by_model
    marks: dict[str, bool | None] = dict.fromkeys(written.offered or tuple(written.values))
    return ReadRow(place, written.passage, written.sentence, marks | chosen, written, checked)
