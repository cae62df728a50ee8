"""Read the rows of a Parquet file, a batch at a time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from pyarrow import compute, parquet

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.paths import escaped
from classifier.readers.limits import LARGEST_TABLE, MOST_TIMES_UNPACKED
from classifier.readers.raw import ID_COLUMN, Row, Source, TableColumns, no_column

_SMALL = 16 << 20  # bytes of a file that is looked through before its first row is given
_MOST_ROWS, _MOST_BYTES = 1024, 1 << 20  # of a batch; the bytes as far as the first row group tells


class _Unreadable(NamedTuple):
    """Stands for a value that cannot be read, such as text that is not UTF-8."""

    type: str


def parquet_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield each row with its share of the file's bytes. Raises DocumentError where the rest cannot be read.

    Texts that stand in many rows are kept once, and a table that unpacks to far more than its size is refused first.
    """
    assert source.path is not None
    try:
        with parquet.ParquetFile(source.path, pre_buffer=False, buffer_size=1 << 20) as table:
            schema = table.schema_arrow
            text_column, id_column = _column_names(source, columns, schema)
        nested = {n: _empty(schema.field(n).type) for n in (text_column, id_column) if n and _is_nested(schema, n)}
        names = [n for n in (text_column, id_column) if n and n not in nested]
        with parquet.ParquetFile(
            source.path, pre_buffer=False, buffer_size=1 << 20, read_dictionary=_string_columns(schema, names)
        ) as table:
            if source.size <= _SMALL:  # so that nothing of it is tagged before it is refused
                for _ in _batches(table, names, source):
                    pass
            share = source.size // max(1, table.metadata.num_rows)
            number = 0
            for batch in _batches(table, names, source):
                found = {name: _values(batch.column(name)) for name in names}
                for i in range(batch.num_rows):
                    number += 1
                    text, identity = (
                        found[name][i] if name in found else nested.get(name or "") for name in (text_column, id_column)
                    )
                    yield _row(source, number, text, identity), share
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:  # the second from names of columns
        if isinstance(error, OSError) and error.errno is not None:  # of the system, and not of the library
            raise
        raise DocumentError(
            message(
                "{place}: not a whole Parquet file ({why}); write it again",
                place=source.place,
                why=escaped(str(error).splitlines()[0]),
            )
        ) from error


def _is_nested(schema: Any, name: str) -> bool:
    return bool(pa.types.is_nested(schema.field(name).type))


def _empty(type: Any) -> object:
    """Return what stands for a value of lists or objects, which is refused and need not be read."""
    return {} if pa.types.is_struct(type) or pa.types.is_map(type) else []


def _string_columns(schema: Any, names: list[str]) -> list[str]:
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return [name for name in names if any(is_kind(schema.field(name).type) for is_kind in kinds)]


def _batches(table: Any, names: list[str], source: Source) -> Iterator[Any]:
    """Yield the rows in batches. Raises DocumentError where they unpack to far more than the size of the file.

    Of the metadata, only sums of row groups are asked for: damaged details of columns make the library end the process.
    """
    least = max(LARGEST_TABLE, MOST_TIMES_UNPACKED * source.size)
    for group in map(table.metadata.row_group, range(table.metadata.num_row_groups)):
        if group.total_byte_size > least:
            raise _too_large(group.total_byte_size, source)
    unpacked = 0
    for batch in table.iter_batches(_batch_rows(table.metadata), columns=names, use_threads=False):
        for column in batch.columns:
            if pa.types.is_dictionary(column.type):
                lengths = compute.binary_length(column.dictionary).take(column.indices)
                unpacked += compute.sum(lengths).as_py() or 0
        if unpacked > least:
            raise _too_large(unpacked, source)
        yield batch


def _too_large(unpacked: int, source: Source) -> DocumentError:
    return DocumentError(
        message(
            "{place}: unpacks to more than {size} MB, {times} times its size or more; write it in smaller files, or "
            "raise CLASSIFY_LIMIT_LARGEST_TABLE",
            place=source.place,
            size=unpacked >> 20,
            times=MOST_TIMES_UNPACKED,
        )
    )


def _values(column: Any) -> list[Any]:
    """Return the values of a column as Python objects; nanoseconds as text, since only pandas has objects for them."""
    if pa.types.is_dictionary(column.type):
        of_index = _values(column.dictionary)
        return [None if index is None else of_index[index] for index in column.indices.to_pylist()]
    if getattr(column.type, "unit", None) == "ns":
        column = column.cast(pa.string())
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError, LookupError):  # the last from unknown time zones
        return [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    """Return a value as a Python object, or as text where Python has none, such as a date after the year 9999."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, LookupError):  # the last from unknown time zones
        pass
    try:
        return scalar.cast(pa.string()).as_py()
    except (pa.ArrowException, ValueError):
        return _Unreadable(str(scalar.type))


def _row(source: Source, number: int, text: Any, identity: Any) -> Row:
    for value in (text, identity):
        if isinstance(value, _Unreadable):
            fault = message(
                "{place}: row {row}: a value of type {type} cannot be read; write the column as text in UTF-8",
                place=source.place,
                row=number,
                type=value.type,
            )
            return Row(number, fault=fault)
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
            raise DocumentError(
                message(
                    "{place}: {n} columns are called {name}; rename all but one",
                    place=source.place,
                    n=names.count(name),
                    name=repr(name),
                )
            )
    return columns.text, id_column
