"""Read the rows of a JSON file, whatever its ending: JSON lines, a list of objects, or an object with such a list."""

from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.headers import columns_called
from classifier.readers.json_stream import JsonStream
from classifier.readers.jsonl import jsonl_rows, loads_leniently, object_row, without_bom
from classifier.readers.opening import opened, refuse_workbook
from classifier.readers.raw import Row, Source, TableColumns, no_column

_BEGINNING = 512  # bytes
_LONGEST_FIRST = 8 << 20  # bytes of a first line that may be a row; a longer one holds a list


def json_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield the row of each object, with the bytes that were read for it; in a list, numbered from 1.

    Raises DocumentError where the rest cannot be read, or where the file has no list of objects or two.
    """
    with opened(source) as file:
        lines = _are_lines(file.stream, source, columns)
    if lines:
        yield from jsonl_rows(source, columns)
        return
    with opened(source) as file:
        before = 0
        for number, value in enumerate(_objects(JsonStream(file.stream, source.place), columns), start=1):
            now = file.position()
            place = partial(message, "{place}: row {row}", place=source.place, row=number)
            yield object_row(value, columns, number, place), now - before
            before = now


def _are_lines(stream: BinaryIO, source: Source, columns: TableColumns) -> bool:
    """Whether each line of a file is an object of its own."""
    beginning = stream.read(_BEGINNING)
    refuse_workbook(source, beginning)
    beginning = without_bom(beginning).lstrip()
    if not beginning.startswith(b"{"):
        return not beginning.startswith(b"[")
    stream.seek(0)
    first, second = (without_bom(_next_line(stream)) for _ in range(2))
    if len(first) > _LONGEST_FIRST:
        return False
    try:
        value = loads_leniently(first)
    except (ValueError, RecursionError):  # one object over several lines, or a first line that is broken
        return not first.endswith((b"[", b",")) and (second.startswith(b"{") or not second)
    return bool(second) or bool(columns_called(columns.text, list(value)))


def _next_line(stream: BinaryIO) -> bytes:
    """Return the next line that is not blank, as far as its length is of use here; an empty one at the end."""
    while line := stream.readline(_LONGEST_FIRST + 1):
        if stripped := line.rstrip():
            return stripped
    return b""


def _objects(json: JsonStream, columns: TableColumns) -> Iterator[Any]:
    """Yield the objects of the one list of a file, or objects that stand one after another."""
    if json.peek() == "[":
        yield from _elements(json)
        if json.peek():
            raise DocumentError(message("{place}: text after the end of the list; take it out", place=json.place))
        return
    while json.peek():
        yield from _table_or_object(json, columns)


def _elements(json: JsonStream) -> Iterator[Any]:
    json.skip("[")
    while json.peek() != "]":
        yield json.value()
        if json.peek() != "]":
            json.skip(",")
    json.skip("]")


def _table_or_object(json: JsonStream, columns: TableColumns) -> Iterator[Any]:
    """Yield the elements of the list in an object whose first one has the text, or else the object itself."""
    members: dict[str, Any] = {}
    keys: list[str] | None = None  # of the first object in a list that is no table
    table = False
    json.skip("{")
    while json.peek() != "}":
        name = json.value()
        json.skip(":")
        first = json.first_of_list() if json.peek() == "[" else None
        if isinstance(first, dict) and columns_called(columns.text, list(first)):
            if table:
                raise DocumentError(
                    message("{place}: two lists of objects; give each a file of its own", place=json.place)
                )
            table = True
            yield from _elements(json)
        else:
            keys = list(first) if isinstance(first, dict) else keys
            members[str(name)] = json.value()
        if json.peek() != "}":
            json.skip(",")
    json.skip("}")
    if table:
        return
    if keys is not None and not columns_called(columns.text, list(members)):
        raise DocumentError(no_column(json.place, columns.text, "--text-column", keys))
    yield members
