"""Batches tagged on this machine: here, or by several processes, with the same results in the same order."""

import gc
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Protocol

from classifier.documents.pieces import parse
from classifier.engines.batches import Batch, Position
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.records import Document, Prediction

WORTHWHILE = 8  # batches from which on processes are started unasked


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


class TaggedBatch(NamedTuple):
    """The outcome of a batch, the place after it, and its share of the sources' bytes."""

    outcome: BatchOutcome
    after: Position
    weight: int


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


def tag_batches(
    batches: Iterable[Batch], model: Model, folder: Path, encoder: Encoder, jobs: int | None, strict: bool = False
) -> Generator[TaggedBatch]:
    """Yield the outcomes of batches, in order.

    folder: where other processes load the model from, if they cannot have it from this one. jobs: how many of
    them; None for one on each core where there is enough to do. A single batch, or one job, starts no process.
    """
    remaining = iter(batches)
    first = list(islice(remaining, WORTHWHILE if jobs is None else 2))
    if jobs is None:
        jobs = cores() if len(first) == WORTHWHILE else 1
    remaining = chain(first, remaining)
    if jobs == 1 or len(first) == 1:
        if len(first) > 1:
            model.warm_up()
        del first
        for batch in remaining:
            yield TaggedBatch(tag_batch(model, batch, encoder, strict), batch.after, batch.weight)
        return
    from classifier.engines.pool import tag_in_pool

    del first
    yield from tag_in_pool(remaining, model, folder, encoder, jobs, strict)


def cores() -> int:
    """Return how many processors this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
