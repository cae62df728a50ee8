"""Tell by the first lines of a table in plain text what stands between its fields, and where its header is."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from classifier.readers.headers import HEADER_ROWS, find_header
from classifier.readers.raw import TableColumns

DELIMITERS = (",", "\t", ";", "|")
TAB_ENDINGS = frozenset({".tsv", ".tab"})
_NONE = "\x1f"  # in place of a delimiter where there is one column, whose texts may have any of them
_TOLD = re.compile(r"\ufeff*\"?sep=(.)\"?[,;\t]*\s*", re.IGNORECASE)  # Excel's first line, such as sep=;
_ESCAPED_QUOTE = re.compile(r'(?<!\\)\\"(?![,;\t|\r\n])')


class Dialect(NamedTuple):
    """How a table is written.

    delimiter: between fields. told: whether the first line says so, and is no row. header: how many rows stand before
    the header, None where none of the first rows names the column of the texts. names: the fields of the header, or of
    the first row where there is none. escaped: whether quotation marks within a text have a backslash before them.
    """

    delimiter: str
    told: bool
    header: int | None
    names: list[str]
    escaped: bool = False


def dialect_of(lines: Sequence[str], columns: TableColumns, ending: str, csv: Any) -> Dialect:
    """Return the dialect in which the column of the texts is found first, else in which the first row has most fields.

    lines: the first of the file. ending: of its name. csv: the module whose reader reads the rows.
    """
    told = _TOLD.fullmatch(lines[0]) if lines else None
    rest = lines[1:] if told else lines
    escaped = any(_ESCAPED_QUOTE.search(line) for line in rest) and not any('""' in line for line in rest)
    if escaped:
        rest = [doubled_quotes(line) for line in rest]
    likely = sorted(DELIMITERS, key=lambda d: d != "\t") if ending in TAB_ENDINGS else list(DELIMITERS)
    found = []
    for delimiter in [told[1]] if told else likely:
        rows = _first_rows(csv.reader(rest, delimiter=delimiter), csv.Error)
        header = find_header(rows, columns)
        names = rows[header or 0] if rows else []
        found.append(Dialect(delimiter, bool(told), header, names, escaped))
    best = min(found, key=lambda d: (HEADER_ROWS if d.header is None else d.header, -len(d.names)))
    return best._replace(delimiter=_NONE) if best.header is not None and len(best.names) == 1 else best


def doubled_quotes(line: str) -> str:
    """Return a line with quotation marks within a text doubled instead of behind a backslash."""
    return _ESCAPED_QUOTE.sub('""', line) if "\\" in line else line


def _first_rows(reader: Iterable[list[str]], error: type[Exception]) -> list[list[str]]:
    """Return the first rows that are not blank, as far as they can be read so; `error` is what the reader raises."""
    rows: list[list[str]] = []
    with suppress(error):
        rows.extend(islice((row for row in reader if row), HEADER_ROWS))
    return rows
