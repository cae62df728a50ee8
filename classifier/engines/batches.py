"""Sources to batches: so many pieces as make half a megabyte of text, with the place to go on after them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from classifier.errors import DocumentError
from classifier.readers.raw import RawDocument, Source, TableColumns
from classifier.readers.registry import raw_documents

BATCH_BYTES = 1 << 19  # bytes of text in a batch
BATCH_DOCUMENTS = 2000  # pieces in a batch


class Position(NamedTuple):
    """A place among the sources: so many of them are done, and so many pieces of the one after them."""

    sources: int = 0
    documents: int = 0


START = Position()


class Batch(NamedTuple):
    """Pieces that are tagged together, the place after the last of them, and their share of the sources' bytes."""

    documents: tuple[RawDocument, ...]
    after: Position
    weight: int


def batches(sources: Iterable[Source], columns: TableColumns, start: Position = START) -> Iterator[Batch]:
    """Yield all that comes after a place, in order; the same place always gives the same batches."""
    taken: list[RawDocument] = []
    size = weight = 0
    after = start
    for piece, after in _placed(sources, columns, start):
        taken.append(piece)
        size += piece.size
        weight += piece.weight
        if size >= BATCH_BYTES or len(taken) >= BATCH_DOCUMENTS:
            yield Batch(tuple(taken), after, weight)
            taken, size, weight = [], 0, 0
    if taken:
        yield Batch(tuple(taken), after, weight)


def _placed(
    sources: Iterable[Source], columns: TableColumns, start: Position
) -> Iterator[tuple[RawDocument, Position]]:
    """Yield pieces, each with the place after it; a fault that ends a source ends it for those that go on, too."""
    for number, source in enumerate(sources):
        if number < start.sources:
            continue
        first = start.documents if number == start.sources else 0
        try:
            for done, piece in enumerate(raw_documents(source, columns, first), start=first + 1):
                yield piece, Position(number, done)
        except DocumentError as error:
            yield RawDocument(source.name, source.place, fault=str(error)), Position(number + 1)
