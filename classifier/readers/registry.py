"""Call the reader of a source's format, which is imported when it is first needed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from classifier.errors import ClassifierError, DocumentError
from classifier.messages import message
from classifier.paths import escaped
from classifier.readers.formats import PLAIN_TEXT, Format, Holds, format_of_ending
from classifier.readers.limits import LARGEST_TEXT, MOST_LINE_ENDS
from classifier.readers.lines import DocumentLines
from classifier.readers.raw import RawDocument, Row, Source, TableColumns
from classifier.readers.recognition import recognised_bytes, recognised_file
from classifier.readers.sources import is_stream, read_bytes, unopenable
from classifier.readers.unread import Unread, format_words, refusal

_LINE_ENDS = (b"\n", b"\r", b"\v", b"\f", "\x85".encode(), "\u2028".encode(), "\u2029".encode())


def raw_documents(source: Source, columns: TableColumns, start: int = 0) -> Iterator[RawDocument]:
    """Yield the documents of a source from number `start` on: a file's one, an archive's members, a table's rows.

    Raises DocumentError where the source as a whole, or its rest, cannot be read.
    """
    if source.fault is not None:
        raise DocumentError(source.fault)
    if source.passed_over is not None:
        if not start:
            yield RawDocument(source.name, source.place, passed_over=source.passed_over)
        return
    source, form = _with_format(source)
    if source.gzipped and not form.gzipped:
        raise DocumentError(
            message(
                "{place}: {format} that gzip has packed; unpack it first",
                place=source.place,
                format=format_words(form),
            )
        )
    try:
        if form.holds is Holds.MEMBERS:
            yield from _reader(form, source.place)(source, start)
        elif form.holds is Holds.ROWS:
            from classifier.readers.tables import table_documents

            yield from table_documents(source, _reader(form, source.place), columns, start)
        elif not start:
            content = source.content
            size = source.size if content is None else len(content)
            path = source.path if content is None else None
            yield RawDocument(source.name, source.place, path, content, size=size, weight=source.size)
    except (ClassifierError, MemoryError):
        raise
    except Exception as error:
        from classifier.readers.unexpected import unexpected

        raise unexpected(source.place, error) from error


def _with_format(source: Source) -> tuple[Source, Format]:
    """Return a source, with its bytes where they are read but once, and its format. Raises DocumentError."""
    form: Format | Unread
    if is_stream(source.path):
        source = replace(source, content=read_bytes(source))
        form = recognised_bytes(source.content or b"", source.suffix).form
        if isinstance(form, Format) and form.holds is Holds.ROWS:
            raise DocumentError(
                message(
                    "{place}: {format} is not read from a pipe; save it and give the file",
                    place=source.place,
                    format=format_words(form),
                )
            )
    else:
        form = format_of_ending(source.suffix)
        if form.holds is Holds.MEMBERS and source.ending is None and source.path is not None:
            try:
                form = recognised_file(source.path, source.suffix).form  # a document may be a zip file, too
            except OSError as error:
                raise unopenable(source.place, error) from error
    if isinstance(form, Unread):
        raise DocumentError(refusal(form, source.place))
    return source, form


def table_rows(source: Source, form: Format, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield the rows of a table of a format, each with the bytes of the file that it took."""
    yield from _reader(form, source.place)(source, columns)


def read_lines(data: bytes, place: str, suffix: str) -> DocumentLines:
    """Return the lines of a file's bytes, with the hints that its format has, and notes on what was mended.

    suffix: the ending of its name, in small letters. Raises DocumentError where the bytes are no readable text.
    """
    return read_recognised_lines(data, place, suffix)[0]


def read_recognised_lines(data: bytes, place: str, suffix: str) -> tuple[DocumentLines, Format]:
    """Return what `read_lines` does, and the format that the content of the file has."""
    form, misnamed = recognised_bytes(data, suffix)
    if isinstance(form, Unread):
        raise DocumentError(refusal(form, place))
    if form.holds is not Holds.TEXT:
        raise DocumentError(_no_text(form, place, suffix if misnamed else None))
    if form is PLAIN_TEXT:
        _check_text(data, place)
    found: DocumentLines = _reader(form, place)(data, place)
    if misnamed:
        note = message(
            "{place}: was read as {format}, which it is, though its name ends in {ending}",
            place=place,
            format=format_words(form),
            ending=escaped(suffix),
        )
        found = replace(found, notes=(note, *found.notes))
    return found, form


def _no_text(form: Format, place: str, wrong_ending: str | None) -> str:
    """Return the message for an archive or table that stands where a text should."""
    if wrong_ending is None:
        return message(
            "{place}: {format} cannot stand inside another file; give it by itself",
            place=place,
            format=format_words(form),
        )
    return message(
        "{place}: this is {format}, though its name ends in {ending}; name it {right}",
        place=place,
        format=format_words(form),
        ending=escaped(wrong_ending),
        right=form.endings[0],
    )


def _check_text(data: bytes, place: str) -> None:
    """Raise DocumentError where a text is larger than the limits."""
    if len(data) > LARGEST_TEXT:
        raise DocumentError(
            message(
                "{place}: more than {most} MB of text; divide it, or raise CLASSIFY_LIMIT_LARGEST_TEXT",
                place=place,
                most=LARGEST_TEXT >> 20,
            )
        )
    if len(data) > MOST_LINE_ENDS and sum(map(data.count, _LINE_ENDS)) - data.count(b"\r\n") > MOST_LINE_ENDS:
        raise DocumentError(
            message(
                "{place}: more than {most} lines; divide it, or raise CLASSIFY_LIMIT_MOST_LINE_ENDS",
                place=place,
                most=f"{MOST_LINE_ENDS:,}",
            )
        )


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
                format=format_words(form),
                library=form.needs,
                extra=form.extra,
            )
        ) from error
    return reader
