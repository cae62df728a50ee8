"""Read the rows of a Parquet file, a batch at a time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from pyarrow import parquet

from classifier.errors import DocumentError
from classifier.readers.raw import ID_COLUMN, Row, Source, TableColumns, no_column

_MOST_ROWS, _MOST_BYTES = 1024, 1 << 20  # of a batch; the bytes as far as the first row group tells


class _Unreadable(NamedTuple):
    """Stands for a value that cannot be read, such as text that is not UTF-8."""

    type: str


def parquet_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield each row with its share of the file's bytes. Raises DocumentError where the rest cannot be read."""
    assert source.path is not None
    try:
        with parquet.ParquetFile(source.path, pre_buffer=False, buffer_size=1 << 20) as table:
            text_column, id_column = _column_names(source, columns, table.schema_arrow)
            share = source.size // max(1, table.metadata.num_rows)
            number, batch_rows = 0, _batch_rows(table.metadata)
            for batch in table.iter_batches(
                batch_rows, columns=[n for n in (text_column, id_column) if n], use_threads=False
            ):
                texts = _values(batch.column(text_column))
                ids = _values(batch.column(id_column)) if id_column else [None] * len(texts)
                for text, identity in zip(texts, ids, strict=True):
                    number += 1
                    yield _row(source, number, text, identity), share
    except (pa.ArrowException, UnicodeDecodeError) as error:  # the latter from names of columns
        why = str(error).splitlines()[0]
        raise DocumentError(f"{source.place}: not a whole Parquet file ({why}); write it again") from error


def _values(column: Any) -> list[Any]:
    """Return the values of a column as Python objects; nanoseconds as text, since only pandas has objects for them."""
    if getattr(column.type, "unit", None) == "ns":
        column = column.cast(pa.string())
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        return [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    """Return a value as a Python object, or as text where Python has none, such as a date after the year 9999."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        pass
    try:
        return scalar.cast(pa.string()).as_py()
    except (pa.ArrowException, ValueError):
        return _Unreadable(str(scalar.type))


def _row(source: Source, number: int, text: Any, identity: Any) -> Row:
    for value in (text, identity):
        if isinstance(value, _Unreadable):
            fault = f"a value of type {value.type} cannot be read; write the column as text in UTF-8"
            return Row(number, fault=f"{source.place}: row {number}: {fault}")
    return Row(number, text, identity)


def _batch_rows(metadata: Any) -> int:
    """Return how many rows make a batch, by their size in the first row group."""
    if not metadata.num_row_groups:
        return _MOST_ROWS
    group = metadata.row_group(0)
    rows: int = _MOST_BYTES * group.num_rows // max(1, group.total_byte_size)
    return max(1, min(_MOST_ROWS, rows))


def _column_names(source: Source, columns: TableColumns, schema: object) -> tuple[str, str | None]:
    names: list[str] = list(getattr(schema, "names", []))
    if columns.text not in names:
        raise DocumentError(no_column(source.place, columns.text, "--text-column", names))
    if columns.id is not None and columns.id not in names:
        raise DocumentError(no_column(source.place, columns.id, "--id-column", names))
    id_column = columns.id or (ID_COLUMN if ID_COLUMN in names else None)
    for name in filter(None, (columns.text, id_column)):
        if names.count(name) > 1:
            raise DocumentError(f"{source.place}: {names.count(name)} columns are called {name!r}; rename all but one")
    return columns.text, id_column
