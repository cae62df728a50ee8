"""Read the rows of a CSV file; its beginning tells the encoding."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import Any

from classifier.errors import DocumentError
from classifier.readers.encoding import BOMS, CANDIDATES, MENDABLE, SAMPLE_BYTES, decode
from classifier.readers.raw import ID_COLUMN, LONGEST_FIELD, Row, Source, TableColumns, no_column

_ESCAPED = "surrogateescape"  # keeps a broken byte apart from a replacement character that was there before
_BROKEN = "not readable in the encoding of the file; save the file as CSV in UTF-8"


@cache
def _csv_with_limit(longest_field: int) -> Any:
    """Return the standard library's compiled csv module with a limit of its own.

    `csv.field_size_limit` would set the limit of all threads of the process.
    """
    spec = find_spec("_csv")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.field_size_limit(longest_field)
    return module


def csv_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield each row with the bytes that were read for it. Raises DocumentError where the rest cannot be read."""
    assert source.path is not None
    encoding, bom_length = _encoding(source.path, source.place)
    csv = _csv_with_limit(LONGEST_FIELD)
    with source.path.open("rb") as data:
        data.seek(bom_length)
        reader = csv.reader(TextIOWrapper(data, encoding, _ESCAPED, newline=""))
        try:
            header: list[str] = next(reader, [])
            text_index, id_index = _column_indices(source, columns, header)
            before = bom_length
            for number in count(1):
                if (fields := _next_row(reader)) is None:
                    return
                now = data.tell()
                yield _row(source, number, reader.line_num, fields, text_index, id_index, len(header)), now - before
                before = now
        except csv.Error as error:
            raise DocumentError(
                f"{source.place}: line {reader.line_num}: {error}; close the quotation mark before it"
            ) from error
        except UnicodeDecodeError as error:  # half a character of UTF-16 cannot be escaped
            raise DocumentError(f"{source.place}: line {reader.line_num + 1}: {_BROKEN}") from error


def _next_row(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row that is not blank."""
    return next((fields for fields in reader if fields), None)


def _column_indices(source: Source, columns: TableColumns, header: list[str]) -> tuple[int, int | None]:
    """Return where in a row the text is, and the id, if there is one."""
    if columns.text not in header:
        raise DocumentError(no_column(source.place, columns.text, "--text-column", header))
    id_column = columns.id or ID_COLUMN
    if columns.id is not None and id_column not in header:
        raise DocumentError(no_column(source.place, id_column, "--id-column", header))
    return header.index(columns.text), header.index(id_column) if id_column in header else None


def _row(
    source: Source, number: int, line: int, fields: list[str], text_index: int, id_index: int | None, width: int
) -> Row:
    """Return a row with its broken characters replaced, or with the reason why it cannot be read."""

    def unreadable(why: str) -> Row:
        return Row(number, fault=f"{source.place}: row {number} (line {line}): {why}")

    if len(fields) != width:
        return unreadable(f"has {len(fields)} fields, and the first line {width}; put its text in quotation marks")
    text = fields[text_index]
    if not text.isascii() and not _is_whole(text):
        broken = sum("\ud800" <= c <= "\udfff" for c in text)
        if broken > MENDABLE * len(text):
            return unreadable(_BROKEN)
        text = _mended(text)
    return Row(number, text, None if id_index is None else _mended(fields[id_index]))


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
    """Return a text with U+FFFD for each escaped byte."""
    return text if text.isascii() else text.encode("utf_8", "surrogatepass").decode("utf_8", "replace")


def _encoding(path: Path, place: str) -> tuple[str, int]:
    """Return the encoding of a file, by its first part that is not all ASCII, and its byte order mark's length."""
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
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    in_utf8 = [line for line in lines if _is_utf8(line)]
    if 2 * len(in_utf8) > len(lines):  # a few broken lines are no other encoding
        decode(b"\n".join(in_utf8), place)
        return "utf_8", 0
    text, _ = decode(sample, place)
    for encoding in ("utf_8", *CANDIDATES):
        if sample.decode(encoding, "replace") == text:
            return encoding, 0
    # Another file with a byte order mark of its own was put behind the first.
    raise DocumentError(f"{place}: of several encodings; save the file as CSV in UTF-8")
