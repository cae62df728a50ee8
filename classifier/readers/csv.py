"""The rows of a CSV file, in the encoding that its beginning shows."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import count
from pathlib import Path

from classifier.errors import DocumentError
from classifier.readers.encoding import BOMS, CANDIDATES, MENDABLE, SAMPLE_BYTES, decode
from classifier.readers.raw import ID_COLUMN, LONGEST_FIELD, Row, Source, TableColumns, no_column

ESCAPED = "surrogateescape"  # keeps a broken byte apart from a replacement character that was there before

_BROKEN = "not readable in the encoding of the file; save the file as CSV in UTF-8"


def csv_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield each row with the bytes that were read for it. Raises DocumentError where the rest cannot be read."""
    assert source.path is not None
    encoding, mark = _encoding(source.path, source.place)
    csv.field_size_limit(LONGEST_FIELD)
    with source.path.open("rb") as data:
        data.seek(mark)
        reader = csv.reader(TextIOWrapper(data, encoding, ESCAPED, newline=""))
        try:
            head = next(reader, [])
            text, identity = _places(source, columns, head)
            before = mark
            for number in count(1):
                if (fields := _fields(reader)) is None:
                    return
                now = data.tell()
                yield _row(source, number, reader.line_num, fields, text, identity, len(head)), now - before
                before = now
        except csv.Error as error:
            raise DocumentError(
                f"{source.place}: line {reader.line_num}: {error}; close the quotation mark before it"
            ) from error
        except UnicodeDecodeError as error:  # half a character of UTF-16 cannot be escaped
            raise DocumentError(f"{source.place}: line {reader.line_num + 1}: {_BROKEN}") from error


def _fields(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row that is not blank."""
    return next((fields for fields in reader if fields), None)


def _places(source: Source, columns: TableColumns, head: list[str]) -> tuple[int, int | None]:
    if columns.text not in head:
        raise DocumentError(no_column(source.place, columns.text, "--text-column", head))
    wanted = columns.id or ID_COLUMN
    if columns.id is not None and wanted not in head:
        raise DocumentError(no_column(source.place, wanted, "--id-column", head))
    return head.index(columns.text), head.index(wanted) if wanted in head else None


def _row(source: Source, number: int, line: int, fields: list[str], text: int, identity: int | None, width: int) -> Row:
    if len(fields) != width:
        fault = f"has {len(fields)} fields, and the first line {width}; put its text in quotation marks"
        return Row(number, fault=f"{source.place}: row {number} (line {line}): {fault}")
    found = fields[text]
    if not found.isascii() and not _is_whole(found):
        broken = sum("\ud800" <= c <= "\udfff" for c in found)
        if broken > MENDABLE * len(found):
            return Row(number, fault=f"{source.place}: row {number} (line {line}): {_BROKEN}")
        found = _mended(found)
    return Row(number, found, None if identity is None else _mended(fields[identity]))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mended(text: str) -> str:
    return text if text.isascii() else text.encode("utf_8", "surrogatepass").decode("utf_8", "replace")


def _encoding(path: Path, place: str) -> tuple[str, int]:
    """Return the encoding of a file and the length of its byte order mark, by the first part that is not all ASCII."""
    with path.open("rb") as data:
        sample = data.read(SAMPLE_BYTES)
        if not sample.strip():
            raise DocumentError(f"{place}: the file is empty; check that it was saved whole")
        for bom, encoding in BOMS:
            if sample.startswith(bom):
                return encoding, len(bom)
        while (more := data.read(SAMPLE_BYTES)) and sample.isascii():
            sample = more
    if more:  # the sample may end inside a character; whole lines do not
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    telling = [line for line in sample.split(b"\n") if not line.isascii()]
    whole = [line for line in telling if _is_utf8(line)]
    if 2 * len(whole) > len(telling):  # a few broken lines are no other encoding
        decode(b"\n".join(whole), place)
        return "utf_8", 0
    text, _ = decode(sample, place)
    for encoding in ("utf_8", *CANDIDATES):
        if sample.decode(encoding, "replace") == text:
            return encoding, 0
    # Another file with a byte order mark of its own was put behind the first.
    raise DocumentError(f"{place}: of several encodings; save the file as CSV in UTF-8")
