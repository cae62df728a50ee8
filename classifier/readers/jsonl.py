"""Read the rows of a file of JSON lines."""

from collections.abc import Iterator
from itertools import count

import orjson

from classifier.errors import DocumentError
from classifier.readers.raw import ID_COLUMN, LONGEST_FIELD, Row, Source, TableColumns, no_column

_BOM = b"\xef\xbb\xbf"


def jsonl_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield the row of each line that is not blank, numbered as the line, with the bytes of the line.

    Raises DocumentError where a line is too long to go on.
    """
    assert source.path is not None
    with source.path.open("rb") as data:
        for number in count(1):
            if not (line := data.readline(LONGEST_FIELD + 1)):
                return
            if len(line) > LONGEST_FIELD:
                size = f"longer than {LONGEST_FIELD >> 20} MB"
                raise DocumentError(f"{source.place}: line {number}: {size}; give each object a line of its own")
            if number == 1:
                line = line.removeprefix(_BOM)
            if line.strip():
                yield _row(source, number, line, columns), len(line)


def _row(source: Source, number: int, line: bytes, columns: TableColumns) -> Row:
    place = f"{source.place}: line {number}"
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Row(number, fault=f"{place}: {_why(line, error)}")
    if not isinstance(row, dict):
        return Row(number, fault=f"{place}: no JSON object; each line needs one, with a key {columns.text!r}")
    if columns.text not in row:
        return Row(number, fault=no_column(place, columns.text, "--text-column", list(row)))
    if columns.id is not None and columns.id not in row:
        return Row(number, fault=no_column(place, columns.id, "--id-column", list(row)))
    return Row(number, row[columns.text], row.get(columns.id or ID_COLUMN))


def _why(line: bytes, error: Exception) -> str:
    try:
        line.decode()
    except UnicodeDecodeError:
        return "not UTF-8; save the file in UTF-8"
    return f"no whole JSON object ({error}); mend or remove the line"
