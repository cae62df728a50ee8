"""Parse raw documents, files and texts into Documents; here the lines that readers give become paragraphs."""

from collections.abc import Iterator
from pathlib import Path

from classifier.documents.line_kinds import has_chinese
from classifier.documents.structure import parse_lines, parse_paragraphs
from classifier.errors import ClassifierError, DocumentError
from classifier.messages import message
from classifier.readers.raw import RawDocument, Source, TableColumns
from classifier.readers.registry import raw_documents, read_recognised_lines
from classifier.readers.sources import listed, read_bytes
from classifier.records import Document


def parse(raw: RawDocument) -> Document:
    """Parse a raw document. Raises DocumentError, naming the place and the remedy, where it cannot be read.

    A row without text is a document without paragraphs. An error that nobody foresaw is a DocumentError, too.
    """
    if raw.fault is not None:
        raise DocumentError(raw.fault)
    try:
        return _parsed(raw)
    except (ClassifierError, MemoryError):
        raise
    except Exception as error:
        from classifier.readers.unexpected import unexpected

        raise unexpected(raw.place, error) from error


def _parsed(raw: RawDocument) -> Document:
    if raw.text is not None:
        from classifier.documents.rows import parse_row

        return parse_row(raw)
    if raw.rows is not None:
        from classifier.documents.rows import parse_rows

        return parse_rows(raw)
    if raw.content is not None:
        return parse_bytes(raw.content, raw.name, raw.place, Path(raw.name).suffix.lower())
    return read_document(Source(raw.path, raw.name, size=raw.size))


def read_document(source: Source) -> Document:
    """Read one report. Raises DocumentError, naming the file and the remedy, where it cannot be read."""
    if source.fault is not None:
        raise DocumentError(source.fault)
    return parse_bytes(read_bytes(source), source.name, source.place, source.suffix)


def parse_bytes(data: bytes, name: str, place: str, suffix: str) -> Document:
    """Return the Document of a file's bytes, by their format; what shows none is plain text unless its suffix says."""
    if not data.strip():
        raise DocumentError(message("{place}: the file is empty; check that it was saved whole", place=place))
    read, form = read_recognised_lines(data, place, suffix)
    chinese = any(map(has_chinese, (line.text for line in read.lines)))
    found = parse_lines(read.lines, chinese)
    if not found:
        raise DocumentError(message("{place}: no text in this file; check that it was saved whole", place=place))
    notes = read.notes
    if not chinese:
        notes += (message("{place}: no Chinese text in this file; areas are told of Chinese alone", place=place),)
    return Document(name, found, notes, form.name, read.pages, read.counts)


def from_text(text: str, name: str = "-") -> Document:
    """Return the Document of a text that is a Python string already."""
    return Document(name, parse_paragraphs(text))


def read(path: Path | str) -> Iterator[Document]:
    """Yield the reports of a file, archive, table or folder. Raises DocumentError at the first that cannot be read."""
    for source in listed(str(path)):
        for raw in raw_documents(source, TableColumns()):
            if raw.passed_over is None:
                yield parse(raw)
