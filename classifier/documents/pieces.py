"""Sources to pieces: one for each document in a file, in an archive or in a row of a table, in constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from classifier.documents.reading import ARCHIVES, TABLES, Source, parse_bytes, read, read_bytes
from classifier.documents.structure import parse_paragraphs
from classifier.errors import DocumentError
from classifier.records import Document


class RawDocument(NamedTuple):
    """One document that is still to be parsed; a tuple, as many of them go to other processes.

    name: what its records carry. place: what it is called in messages. path: the file, unless its content is here.
    content: the bytes of an archive's member or of standard input. text: the text of a row.
    fault: why it cannot be read, if that is known. size: bytes of text, about. weight: bytes of the source, about.
    """

    name: str
    place: str
    path: Path | None = None
    content: bytes | None = None
    text: str | None = None
    fault: str | None = None
    size: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which columns of a table hold the texts and the ids; without a name, `id` or else the row's number."""

    text: str = "text"
    id: str | None = None


def raw_documents(source: Source, columns: TableColumns, start: int = 0) -> Iterator[RawDocument]:
    """Yield the documents of a source from number `start` on.

    Raises DocumentError where the source as a whole, or its rest, cannot be read.
    """
    if source.fault is not None:
        raise DocumentError(source.fault)
    if source.suffix in ARCHIVES:
        from classifier.documents.archives import archive_members

        yield from archive_members(source, start)
    elif source.suffix in TABLES:
        from classifier.documents.tables import rows

        yield from rows(source, columns, start)
    elif start:
        return
    elif source.path is None:
        data = read_bytes(source)
        yield RawDocument(source.name, source.place, content=data, size=len(data))
    else:
        yield RawDocument(source.name, source.place, source.path, size=source.size, weight=source.size)


def parse(piece: RawDocument) -> Document:
    """Parse a piece. Raises DocumentError, naming the place and the remedy, where it cannot be read.

    A row without text is a document without paragraphs.
    """
    if piece.fault is not None:
        raise DocumentError(piece.fault)
    if piece.text is not None:
        return Document(piece.name, parse_paragraphs(piece.text))
    if piece.content is not None:
        return parse_bytes(piece.content, piece.name, piece.place, Path(piece.name).suffix.lower())
    return read(Source(piece.path, piece.name))
