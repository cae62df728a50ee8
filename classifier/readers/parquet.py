"""The rows of a Parquet file, a batch at a time."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from classifier.errors import DocumentError
from classifier.readers.raw import ID_COLUMN, Row, Source, TableColumns, no_column

MOST_ROWS, MOST_BYTES = 1024, 1 << 20  # read at a time: so many rows, or fewer of about so many bytes


def parquet_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield each row with its part of the file's bytes. Raises DocumentError where the rest cannot be read."""
    assert source.path is not None
    try:
        with parquet.ParquetFile(source.path, pre_buffer=False, buffer_size=1 << 20) as table:
            text, identity = _names(source, columns, table.schema_arrow)
            share = source.size // max(1, table.metadata.num_rows)
            number, at_once = 0, _at_once(table.metadata)
            for batch in table.iter_batches(at_once, columns=[n for n in (text, identity) if n], use_threads=False):
                texts = batch.column(text).to_pylist()
                ids = batch.column(identity).to_pylist() if identity else [None] * len(texts)
                for found, named in zip(texts, ids, strict=True):
                    number += 1
                    yield Row(number, found, named), share
    except pa.ArrowException as error:
        why = str(error).splitlines()[0]
        raise DocumentError(f"{source.place}: not a whole Parquet file ({why}); write it again") from error


def _at_once(metadata: Any) -> int:
    """Return how many rows to read at a time, by their size in the first row group."""
    if not metadata.num_row_groups:
        return MOST_ROWS
    group = metadata.row_group(0)
    rows: int = MOST_BYTES * group.num_rows // max(1, group.total_byte_size)
    return max(1, min(MOST_ROWS, rows))


def _names(source: Source, columns: TableColumns, schema: object) -> tuple[str, str | None]:
    names: list[str] = list(getattr(schema, "names", []))
    if columns.text not in names:
        raise DocumentError(no_column(source.place, columns.text, "--text-column", names))
    if columns.id is not None and columns.id not in names:
        raise DocumentError(no_column(source.place, columns.id, "--id-column", names))
    return columns.text, columns.id or (ID_COLUMN if ID_COLUMN in names else None)
