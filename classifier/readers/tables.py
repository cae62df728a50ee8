"""Turn the rows of a table, whatever its format, into raw documents."""

from collections.abc import Callable, Iterator
from itertools import islice

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.grouped_rows import grouped_documents
from classifier.readers.raw import RawDocument, Row, Source, TableColumns
from classifier.readers.row_documents import row_document
from classifier.readers.sources import unopenable

FIRST_FAULTS = 3  # as many rows, if no good one comes before, tell that all are at fault
RowReader = Callable[[Source, TableColumns], Iterator[tuple[Row, int]]]


def table_documents(
    source: Source, read_rows: RowReader, columns: TableColumns, start: int = 0
) -> Iterator[RawDocument]:
    """Yield the documents of a table's rows, as the reader of its format gives them, from number `start` (from 0) on.

    Raises DocumentError where the table has no such columns, or its first row or the whole rest cannot be read.
    """
    if source.path is None:
        raise DocumentError(message("{place}: no table; give a file", place=source.place))
    rows = _checked(source, read_rows(source, columns))
    found: Iterator[RawDocument]
    if columns.document is None:
        table, place = source.name, source.place
        found = (row_document(table, place, row, weight) for row, weight in rows)
    else:
        found = grouped_documents(source, rows, columns)
    yield from islice(found, start, None)


def _checked(source: Source, rows: Iterator[tuple[Row, int]]) -> Iterator[tuple[Row, int]]:
    """Yield the rows. Raises DocumentError where there are none, the first are all at fault, or reading ends early."""
    waiting: list[tuple[Row, int]] | None = []  # rows before the first good one
    try:
        for row, weight in rows:
            if waiting is None:
                yield row, weight
                continue
            waiting.append((row, weight))
            if row.fault is None:
                yield from waiting
                waiting = None
            elif len(waiting) == FIRST_FAULTS:
                break
    except OSError as error:
        raise unopenable(source.place, error) from error
    if waiting and waiting[0][0].fault is not None:
        # Such a file is not what its ending says, and every other row would have the same fault.
        raise DocumentError(waiting[0][0].fault)
    if waiting is not None:
        raise DocumentError(
            message("{place}: no rows in this table; check that it was saved whole", place=source.place)
        )
