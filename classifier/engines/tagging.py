"""Parse, tag and encode one batch of raw documents: the one function that every engine calls."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from classifier.documents.parse import parse
from classifier.engines.batches import Batch, Position
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.output.predictions.output_format import OutputFormat
from classifier.records import Document


class BatchOutcome(NamedTuple):
    """What became of a batch.

    data: the encoded rows. faults: what could not be read. notes: what was mended.
    documents, empty: how many were read, and how many of them have no text. size: bytes of text, about.
    stopped_by: the fault that ended a strict run; all other fields are then about what came before it.
    """

    data: bytes
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    documents: int
    empty: int
    size: int
    stopped_by: str | None = None


class TaggedBatch(NamedTuple):
    """The outcome of a batch, with its position and weight as they stand in `Batch`."""

    outcome: BatchOutcome
    after: Position
    weight: int


def parse_batch(batch: Batch, on_fault: Callable[[str], None], strict: bool = False) -> Iterator[Document]:
    """Yield the documents of a batch; `on_fault` is called for each that cannot be read.

    With strict, the first that cannot be read raises DocumentError.
    """
    for raw in batch.raw_documents:
        if raw.passed_over is not None:
            continue
        try:
            yield parse(raw)
        except DocumentError as error:
            if strict:
                raise
            on_fault(str(error))


def tag_batch(model: Model, batch: Batch, output_format: OutputFormat, strict: bool = False) -> BatchOutcome:
    """Parse, tag and encode a batch; with strict, as far as all can be read."""
    faults: list[str] = []
    documents: list[Document] = []
    stopped_by = None
    try:
        documents.extend(parse_batch(batch, faults.append, strict))
    except DocumentError as error:
        stopped_by = str(error)
    names = (d.name for d in documents for _ in d.paragraphs)
    predictions = model.predict_paragraphs(chain.from_iterable(d.paragraphs for d in documents))
    return BatchOutcome(
        output_format.encode(zip(names, predictions, strict=True)),
        tuple(faults),
        tuple(note for d in documents for note in d.notes),
        documents=len(documents),
        empty=sum(not d.paragraphs for d in documents),
        size=sum(raw.size for raw in batch.raw_documents),
        stopped_by=stopped_by,
    )
