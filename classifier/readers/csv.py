"""Read the rows of a table in plain text, with commas, tabs or semicolons between the fields."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from io import TextIOWrapper
from itertools import chain, count, islice
from typing import Any

from classifier.errors import DocumentError
from classifier.messages import counted_message, message
from classifier.readers.cells import halves, is_whole_number, unguarded, whole_text
from classifier.readers.csv_dialect import dialect_of, doubled_quotes
from classifier.readers.csv_encoding import table_encoding
from classifier.readers.encoding import MENDABLE
from classifier.readers.headers import Header, header_of
from classifier.readers.lines import CountKind
from classifier.readers.opening import opened
from classifier.readers.raw import LONGEST_FIELD, Row, Source, TableColumns

_ESCAPED = "surrogateescape"  # keeps a broken byte apart from a replacement character that was there before
_FEW_BROKEN, _FEW_SHARE = 2, 0.2  # so few characters, and no larger a share, are mended in short texts too
_END_OF_FILE = "\x1a"  # as old programs mark it
_FIRST_LINES, _FIRST_CHARACTERS = 64, 1 << 18  # of the file, by which its dialect is told


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
    """Yield each row with the bytes that were read for it; it is numbered from the header on.

    Counts of the receipt: title_rows, nul_characters, broken_characters.
    Raises DocumentError where the rest cannot be read.
    """
    encoding, bom_length = table_encoding(source)
    csv = _csv_with_limit(LONGEST_FIELD)
    with opened(source) as file:
        file.stream.read(bom_length)
        lines = _Lines(file.stream, encoding, LONGEST_FIELD)
        reader = csv.reader(lines)  # until the dialect is known
        told = False
        try:
            first = _first_lines(lines)
            dialect = dialect_of(first, columns, source.suffix, csv)
            lines.escaped, told = dialect.escaped, dialect.told
            if dialect.escaped:
                first = [doubled_quotes(line) for line in first]
            reader = csv.reader(chain(first[told:], lines), delimiter=dialect.delimiter)
            header = header_of(dialect.names, columns, source.place)
            for _ in range((dialect.header or 0) + 1):
                _next_row(reader)
            rows = _Rows(source, header, dialect.header or 0, lines)
            before = bom_length
            for number in count(1):
                if (fields := _next_row(reader)) is None:
                    return
                now = file.position()
                yield rows.row(number, reader.line_num + told, fields), now - before
                before = now
        except csv.Error as error:
            raise DocumentError(
                message(
                    "{place}: line {line}: {error}; close the quotation mark before it",
                    place=source.place,
                    line=reader.line_num + told or lines.number,
                    error=error,
                )
            ) from error


def csv_cells(source: Source, columns: TableColumns, encoding: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the fields of each row that is not blank, with its number from 1 as a spreadsheet program shows it.

    columns: by which the delimiter is told. encoding: of a file without a byte order mark; None to tell it by the
    content. Raises DocumentError where the rest cannot be read.
    """
    encoding, bom_length = (encoding, 0) if encoding else table_encoding(source)
    csv = _csv_with_limit(LONGEST_FIELD)
    with opened(source) as file:
        file.stream.read(bom_length)
        lines = _Lines(file.stream, encoding, LONGEST_FIELD)
        number = 0
        try:
            first = _first_lines(lines)
            dialect = dialect_of(first, columns, source.suffix, csv)
            lines.escaped = dialect.escaped
            if dialect.escaped:
                first = [doubled_quotes(line) for line in first]
            rows = csv.reader(chain(first[dialect.told :], lines), delimiter=dialect.delimiter)
            for number, fields in enumerate(rows, start=1):
                if fields:
                    yield number, [whole_text(field) for field in fields]
        except csv.Error as error:
            raise DocumentError(
                message(
                    "{place}: row {row}: {error}; close the quotation mark before it",
                    place=source.place,
                    row=number + 1,
                    error=error,
                )
            ) from error


class _Lines:
    """The lines of a file, without NULs; iterating goes on where it ended."""

    def __init__(self, stream: Any, encoding: str, longest: int) -> None:
        # Half a character of UTF-16 cannot be escaped.
        self.errors = "replace" if encoding.startswith("utf_16") else _ESCAPED
        self.text = TextIOWrapper(stream, encoding, self.errors, newline="")
        self.longest = longest
        self.number = self.nuls = 0
        self.escaped = False

    def __iter__(self) -> Iterator[str]:
        while line := self.text.readline(self.longest + 1):
            self.number += 1
            if len(line) > self.longest:
                raise _csv_with_limit(self.longest).Error(message("longer than {n} characters", n=self.longest))
            if "\0" in line:
                self.nuls += line.count("\0")
                if not (line := line.replace("\0", "")):
                    continue
            if line.strip() == _END_OF_FILE:
                continue
            yield doubled_quotes(line) if self.escaped else line

    def broken(self, text: str) -> int:
        """Return how many characters of a text are broken in the file."""
        if self.errors == _ESCAPED:
            return 0 if is_whole_number(text) else halves(text)
        return text.count("\ufffd")


def _first_lines(lines: Iterable[str]) -> list[str]:
    """Return the first lines, and no more than there are characters for."""
    found, size = [], 0
    for line in islice(lines, _FIRST_LINES):
        found.append(line)
        size += len(line)
        if size > _FIRST_CHARACTERS:
            break
    if found:
        found[0] = found[0].lstrip("\ufeff")  # which stands twice where a program added one to a file that had one
    return found


def _next_row(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row that is not blank."""
    return next((fields for fields in reader if fields), None)


class _Rows:
    """Makes rows of the fields of a table."""

    def __init__(self, source: Source, header: Header, titles: int, lines: _Lines) -> None:
        self.place, self.header, self.titles, self.lines = source.place, header, titles, lines
        self.nuls = 0  # that were told
        self.travels = bool(header.travelling)

    def row(self, number: int, line: int, fields: list[str]) -> Row:
        """Return a row with its broken characters replaced, or with the reason why it cannot be read."""
        header, counts = self.header, dict[str, int]()
        notes: tuple[str, ...] = ()
        if number == 1 or self.lines.nuls > self.nuls:
            notes = self._mended_before(number, counts)
        if len(fields) != header.width:
            if not self._fits(fields):
                return Row(number, fault=self._too_wide(number, line, len(fields)), notes=notes, counts=counts)
            fields = (fields + [""] * header.width)[: header.width]
        text = fields[header.text]
        if not text.isascii() and (broken := self.lines.broken(text)):
            if broken > MENDABLE * len(text) and (broken > _FEW_BROKEN or broken > _FEW_SHARE * len(text)):
                return Row(number, fault=self._not_readable(number, line), notes=notes, counts=counts)
            counts[CountKind.BROKEN_CHARACTERS] = broken
            text = whole_text(text)

        def value(index: int | None) -> str | None:
            return None if index is None else whole_text(unguarded(fields[index]))

        columns = {name: value(index) for name, index in header.travelling} if self.travels else None
        return Row(
            number,
            unguarded(text),
            value(header.id),
            document=value(header.document),
            columns=columns,
            notes=notes,
            counts=counts or None,
        )

    def _fits(self, fields: list[str]) -> bool:
        """Whether a row lacks only fields without a name, or has only empty ones too many."""
        return self.header.named <= len(fields) and not any(fields[self.header.width :])

    def _mended_before(self, number: int, counts: dict[str, int]) -> tuple[str, ...]:
        """Count what was mended since the row before, and return the notes on it."""
        notes = []
        if number == 1 and self.titles:
            counts[CountKind.TITLE_ROWS] = self.titles
            notes.append(
                counted_message(
                    "{place}: {n} row above the header was passed over",
                    "{place}: {n} rows above the header were passed over",
                    self.titles,
                    place=self.place,
                )
            )
        if self.lines.nuls > self.nuls:
            if not self.nuls:
                notes.append(message("{place}: NUL characters were left out; check the file", place=self.place))
            counts[CountKind.NUL_CHARACTERS] = self.lines.nuls - self.nuls
            self.nuls = self.lines.nuls
        return tuple(notes)

    def _too_wide(self, number: int, line: int, fields: int) -> str:
        return message(
            "{place}: row {row} (line {line}): has {n} fields, and the first line {width}; put its text in quotation "
            "marks",
            place=self.place,
            row=number,
            line=line,
            n=fields,
            width=self.header.width,
        )

    def _not_readable(self, number: int, line: int) -> str:
        return message(
            "{place}: row {row} (line {line}): not readable in the encoding of the file; save the file as CSV in UTF-8",
            place=self.place,
            row=number,
            line=line,
        )
