"""Read the rows of a file of JSON lines, and make rows of JSON objects."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from math import isnan
from typing import Any

import orjson

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.cells import halves, is_whole_number, value_for_json, whole_text
from classifier.readers.headers import columns_called
from classifier.readers.lines import CountKind
from classifier.readers.opening import opened
from classifier.readers.raw import ID_COLUMN, LONGEST_FIELD, Row, Source, TableColumns, no_column

UTF8_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n\0\x1a"  # with what fills up a file that was not closed, and the mark of its end in old programs
_EXACT = 2.0**53  # from which on orjson may read a whole number as another one


def jsonl_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield the row of each line that is not blank, numbered as the line, with the bytes of the line.

    Raises DocumentError where a line is too long to go on.
    """
    before = 0
    with opened(source) as file:
        for number in count(1):
            if not (line := file.stream.readline(LONGEST_FIELD + 1)):
                return
            if len(line) > LONGEST_FIELD:
                raise DocumentError(
                    message(
                        "{place}: line {line}: longer than {n} MB; give each object a line of its own",
                        place=source.place,
                        line=number,
                        n=LONGEST_FIELD >> 20,
                    )
                )
            if number == 1:
                line = without_bom(line)
            if line.strip(_BLANK):
                now = file.position() if source.gzipped else before + len(line)
                yield _row(source, number, line, columns), now - before
                before = now


def without_bom(line: bytes) -> bytes:
    """Return the first line of a file without byte order marks of UTF-8; some programs write two."""
    while line.startswith(UTF8_BOM):
        line = line.removeprefix(UTF8_BOM)
    return line


def loads_leniently(line: bytes) -> Any:
    """Return the value of a line of JSON, in which NaN, halves of characters and a comma at the end may stand.

    Raises ValueError or RecursionError where it is no JSON, in the words of orjson where that has some.
    """
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            return json.loads(line.decode().strip().removesuffix(","))
        except (ValueError, RecursionError):
            raise error from None
    if isinstance(value, dict) and any(type(v) is float and abs(v) >= _EXACT for v in value.values()):
        return json.loads(line)
    return value


def object_row(value: Any, columns: TableColumns, number: int, place: Callable[[], str]) -> Row:
    """Return the row of a JSON value, which must be an object. place: returns what the row is called in messages."""
    if not isinstance(value, dict):
        return Row(
            number,
            fault=message(
                "{place}: no JSON object; each line needs one, with a key {name!r}", place=place(), name=columns.text
            ),
        )
    text_key = _key(value, columns.text)
    id_key = _key(value, columns.id or ID_COLUMN)
    document_key = None if columns.document is None else _key(value, columns.document)
    for name, key, option in (
        (columns.text, text_key, "--text-column"),
        (columns.id, id_key, "--id-column"),
        (columns.document, document_key, "--document-column"),
    ):
        if name is not None and key is None:
            return Row(number, fault=no_column(place(), name, option, list(value)))
    assert text_key is not None
    text, counts = value[text_key], dict[str, int]()
    if isinstance(text, float) and isnan(text):  # NaN, as pandas writes an empty cell
        text = None
    if isinstance(text, str) and not text.isascii() and not is_whole_number(text):
        counts[CountKind.BROKEN_CHARACTERS] = halves(text)
        text = whole_text(text)
    if isinstance(text, str) and "\0" in text:
        counts[CountKind.NUL_CHARACTERS] = text.count("\0")
        text = text.replace("\0", "")
    return Row(
        number,
        text,
        _missing_as_none(value.get(id_key)),
        document=_missing_as_none(value.get(document_key)),
        columns=_travelling(value, text_key, columns) if columns.travelling != () else None,
        counts=counts or None,
    )


def _row(source: Source, number: int, line: bytes, columns: TableColumns) -> Row:
    def place() -> str:
        return message("{place}: line {line}", place=source.place, line=number)

    try:
        value = loads_leniently(line)
    except (ValueError, RecursionError) as error:
        return Row(number, fault=_why(place(), line, error))
    return object_row(value, columns, number, place)


def _key(value: dict[str, Any], wanted: str) -> str | None:
    """Return the key of a name, where need be with other blanks, widths or case."""
    if wanted in value:
        return wanted
    keys = list(value)
    found = columns_called(wanted, keys)
    return keys[found[0]] if len(found) == 1 else None


def _travelling(value: dict[str, Any], text_key: str, columns: TableColumns) -> dict[str, Any]:
    if columns.travelling is None:
        return {whole_text(name): value_for_json(v) for name, v in value.items() if name != text_key}
    found: dict[str, Any] = {}
    for name in columns.travelling:
        key = _key(value, name)
        found[name] = None if key is None else value_for_json(value[key])
    return found


def _missing_as_none(value: Any) -> Any:
    return None if isinstance(value, float) and isnan(value) else value


def _why(place: str, line: bytes, error: Exception) -> str:
    try:
        line.decode()
    except UnicodeDecodeError:
        return message("{place}: not UTF-8; save the file in UTF-8", place=place)
    return message("{place}: no whole JSON object ({error}); mend or remove the line", place=place, error=error)
