"""Tag and encode one batch of raw documents: the one function that every engine calls."""

from typing import NamedTuple

from classifier.engines.batches import Batch, Position
from classifier.engines.parsing import ParsedDocument, file_receipts, parse_batch
from classifier.engines.shaping import tagged_rows
from classifier.model.model import Model
from classifier.output.predictions.output_format import OutputFormat
from classifier.output.receipts.file_receipt import FileReceipt


class BatchOutcome(NamedTuple):
    """What became of a batch.

    data: the encoded rows. files: what became of each file, and of the rows of each table.
    size: bytes of text, about. stopped_by: the fault that ended a strict run; all other fields are then about what came
    before it.
    """

    data: bytes
    files: tuple[FileReceipt, ...]
    size: int
    stopped_by: str | None = None

    @property
    def documents(self) -> int:
        """How many documents were read."""
        return sum(file.documents for file in self.files)

    @property
    def faults(self) -> tuple[str, ...]:
        """What could not be read, a line each."""
        return tuple(fault for file in self.files for fault in file.faults)


class TaggedBatch(NamedTuple):
    """The outcome of a batch, with its position and weight as they stand in `Batch`."""

    outcome: BatchOutcome
    after: Position
    weight: int


def tag_batch(model: Model, batch: Batch, output_format: OutputFormat, strict: bool = False) -> BatchOutcome:
    """Parse, tag and encode a batch; with strict, as far as all can be read."""
    parsed: list[ParsedDocument] = []
    stopped_by = None
    for found in parse_batch(batch):
        if strict and found.fault is not None:
            stopped_by = found.fault
            break
        parsed.append(found)
    documents = [found.document for found in parsed if found.document is not None]
    rows = tagged_rows(model, documents, output_format.options, output_format.wants_words)
    return BatchOutcome(
        output_format.encode(rows),
        tuple(file_receipts(parsed)),
        size=sum(raw.size for raw in batch.raw_documents),
        stopped_by=stopped_by,
    )
