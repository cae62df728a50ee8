"""Turn the rows of a table, whatever its format, into raw documents."""

from collections.abc import Callable, Iterator
from typing import Any

from classifier.errors import DocumentError
from classifier.readers.raw import RawDocument, Row, Source, TableColumns

RowReader = Callable[[Source, TableColumns], Iterator[tuple[Row, int]]]


def table_documents(
    source: Source, read_rows: RowReader, columns: TableColumns, start: int = 0
) -> Iterator[RawDocument]:
    """Yield the document of each row that the reader of its format gives, from number `start` (from 0) on.

    Raises DocumentError where the table has no such columns, or its first row or the whole rest cannot be read.
    """
    if source.path is None:
        raise DocumentError(f"{source.place}: no table; give a file")
    try:
        number = 0
        for number, (row, weight) in enumerate(read_rows(source, columns), start=1):
            if number == 1 and row.fault is not None:
                # Such a file is not what its ending says, and every other row would have the same fault.
                raise DocumentError(row.fault)
            if number > start:
                yield row_document(source, row, weight)
    except OSError as error:
        raise DocumentError(f"{source.place}: cannot be opened ({error.strerror}); check its permissions") from error
    if number == 0:
        raise DocumentError(f"{source.place}: no rows in this table; check that it was saved whole")


def row_document(source: Source, row: Row, weight: int) -> RawDocument:
    """Return the document of a row, named by its id, or else its number."""
    identity = row.number if row.id is None or row.id == "" else row.id
    name = f"{source.name}:{identity}"
    place = f"{source.place}: row {row.number}"
    document = RawDocument(name, place, weight=weight, table=source.name)
    if row.fault is not None:
        return document._replace(fault=row.fault)
    if row.text is None:
        return document._replace(text="")
    if not isinstance(row.text, str):
        return document._replace(fault=f"{place}: its text is {_kind(row.text)}; it must be text")
    if isinstance(identity, dict | list):
        return document._replace(fault=f"{place}: its id is {_kind(identity)}; it must be text or a number")
    return RawDocument(name, place, text=row.text, size=3 * len(row.text), weight=weight, table=source.name)


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), f"of type {type(value).__name__}")
