"""Call the reader of a source's format, which is imported when it is first needed."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.formats import Format, Holds, format_of_ending
from classifier.readers.lines import DocumentLines
from classifier.readers.raw import RawDocument, Row, Source, TableColumns
from classifier.readers.sources import read_bytes


def raw_documents(source: Source, columns: TableColumns, start: int = 0) -> Iterator[RawDocument]:
    """Yield the documents of a source from number `start` on: a file's one, an archive's members, a table's rows.

    Raises DocumentError where the source as a whole, or its rest, cannot be read.
    """
    if source.fault is not None:
        raise DocumentError(source.fault)
    if source.passed_over is not None:
        yield RawDocument(source.name, source.place, passed_over=source.passed_over)
        return
    form = format_of_ending(source.suffix)
    if source.gzipped and not form.gzipped:
        raise DocumentError(
            message("{place}: {format} that gzip has packed; unpack it first", place=source.place, format=form.name)
        )
    if form.holds is Holds.MEMBERS:
        yield from _reader(form, source.place)(source, start)
    elif form.holds is Holds.ROWS:
        from classifier.readers.tables import table_documents

        yield from table_documents(source, _reader(form, source.place), columns, start)
    elif start:
        return
    elif source.path is None:
        data = read_bytes(source)
        yield RawDocument(source.name, source.place, content=data, size=len(data))
    else:
        yield RawDocument(source.name, source.place, source.path, size=source.size, weight=source.size)


def table_rows(source: Source, form: Format, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield the rows of a table of a format, each with the bytes of the file that it took."""
    yield from _reader(form, source.place)(source, columns)


def read_lines(data: bytes, place: str, suffix: str) -> DocumentLines:
    """Return the lines of a file's bytes, with the hints that its format has, and notes on what was mended.

    suffix: the ending of its name, in small letters. Raises DocumentError where the bytes are no readable text.
    """
    form = format_of_ending(suffix)
    if form.holds is not Holds.TEXT:
        raise DocumentError(
            message(
                "{place}: {format} cannot stand inside another file; give it by itself", place=place, format=form.name
            )
        )
    found: DocumentLines = _reader(form, place)(data, place)
    return found


def _reader(form: Format, place: str) -> Callable[..., Any]:
    """Return the function that reads a format. Raises DocumentError, naming the extra, where its library is missing."""
    module, _, function = form.reader.partition(":")
    try:
        reader: Callable[..., Any] = getattr(import_module(module), function)
    except ImportError as error:
        if error.name != form.needs or form.extra is None:
            raise
        raise DocumentError(
            message(
                "{place}: reading {format} needs {library}; pip install 'policy-area-classifier[{extra}]'",
                place=place,
                format=form.name,
                library=form.needs,
                extra=form.extra,
            )
        ) from error
    return reader
