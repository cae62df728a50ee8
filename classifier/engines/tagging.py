"""Parse, tag and encode one batch of raw documents: the one function that every engine calls."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple, Protocol

from classifier.documents.parse import parse
from classifier.engines.batches import Batch, Position
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.records import Document, Prediction


class Encoder(Protocol):
    """Turns predictions, each with its document's name, into the bytes of a format; goes to other processes."""

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return the bytes of these rows."""


class BatchOutcome(NamedTuple):
    """What became of a batch: the encoded rows, what could not be read, what was mended, and how much it was."""

    data: bytes
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    documents: int
    empty: int
    size: int


def parse_batch(batch: Batch, tell: Callable[[str], None], strict: bool = False) -> Iterator[Document]:
    """Yield the documents of a batch and tell the faults of the others; with strict, stop after the first fault."""
    for piece in batch.documents:
        try:
            yield parse(piece)
        except DocumentError as error:
            tell(str(error))
            if strict:
                return


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that a batch makes refers to itself; searching for what does would take a tenth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@_no_collection()
def tag_batch(model: Model, batch: Batch, encoder: Encoder, strict: bool = False) -> BatchOutcome:
    """Parse, tag and encode a batch; the one function that all engines call."""
    faults: list[str] = []
    documents = list(parse_batch(batch, faults.append, strict))
    names = (d.name for d in documents for _ in d.paragraphs)
    predictions = model.predict_paragraphs(chain.from_iterable(d.paragraphs for d in documents))
    data = encoder.encode(zip(names, predictions, strict=True))
    return BatchOutcome(
        data,
        tuple(faults),
        tuple(note for d in documents for note in d.notes),
        documents=len(documents),
        empty=sum(not d.paragraphs for d in documents),
        size=sum(piece.size for piece in batch.documents),
    )


class TaggedBatch(NamedTuple):
    """The outcome of a batch, the place after it, and its share of the sources' bytes."""

    outcome: BatchOutcome
    after: Position
    weight: int
