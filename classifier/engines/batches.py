"""Sources to batches: as many raw documents as make half a megabyte of text, and the position after them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from classifier.errors import DocumentError
from classifier.readers.formats import PLAIN_TEXT, format_of_ending
from classifier.readers.raw import RawDocument, Source, TableColumns
from classifier.readers.registry import raw_documents

BATCH_BYTES = 1 << 19  # bytes of text in a batch
BATCH_DOCUMENTS = 2000  # raw documents in a batch
_FEW = 4  # files other than plain text in a batch, as they take longer to read


class Position(NamedTuple):
    """How far into the sources: how many of them are done, and how many raw documents of the one after them."""

    sources: int = 0
    raw_documents: int = 0


START = Position()


class Batch(NamedTuple):
    """Raw documents that are tagged together, the position after the last of them, and the source bytes that they took.

    The bytes are about right, and add up to those of all sources.
    """

    raw_documents: tuple[RawDocument, ...]
    after: Position
    weight: int


def batches(sources: Iterable[Source], columns: TableColumns, start: Position = START) -> Iterator[Batch]:
    """Yield all that comes after a position, in order; the same position always gives the same batches."""
    taken: list[RawDocument] = []
    size = weight = 0
    after = start
    for raw, after in _with_positions(sources, columns, start):
        taken.append(raw)
        size += max(raw.size, _least_size(raw))
        weight += raw.weight
        if size >= BATCH_BYTES or len(taken) >= BATCH_DOCUMENTS:
            yield Batch(tuple(taken), after, weight)
            taken, size, weight = [], 0, 0
    if taken:
        yield Batch(tuple(taken), after, weight)


def _least_size(raw: RawDocument) -> int:
    """Return what a raw document counts for at least, so that few of those that take long to read make a batch."""
    if raw.path is None or (form := format_of_ending(raw.path.suffix.lower())) is PLAIN_TEXT:
        return 0
    return BATCH_BYTES if form.slow else BATCH_BYTES // _FEW


def _with_positions(
    sources: Iterable[Source], columns: TableColumns, start: Position
) -> Iterator[tuple[RawDocument, Position]]:
    """Yield raw documents, each with the position after it; where a source ends with a fault, the next one follows."""
    for number, source in enumerate(sources):
        if number < start.sources:
            continue
        first = start.raw_documents if number == start.sources else 0
        table = None
        try:
            for done, raw in enumerate(raw_documents(source, columns, first), start=first + 1):
                table = raw.table
                yield raw, Position(number, done)
        except DocumentError as error:
            yield RawDocument(source.name, source.place, fault=str(error), table=table), Position(number + 1)
