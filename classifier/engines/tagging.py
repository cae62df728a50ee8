"""Parse, tag and encode one batch of raw documents: the one function that every engine calls."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import PurePath
from typing import NamedTuple

from classifier.documents.fingerprints import fingerprint
from classifier.documents.parse import parse
from classifier.engines.batches import Batch, Position
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.output.predictions.output_format import OutputFormat
from classifier.output.receipts.file_receipt import Count, FileReceipt, added
from classifier.readers.formats import format_of_ending
from classifier.readers.raw import RawDocument
from classifier.records import Document


class ParsedDocument(NamedTuple):
    """A raw document with what was read of it, or why it could not be read; with neither, it was passed over."""

    raw: RawDocument
    document: Document | None = None
    fault: str | None = None


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


def parse_batch(batch: Batch) -> Iterator[ParsedDocument]:
    """Yield the raw documents of a batch, in order, each with what was read of it."""
    for raw in batch.raw_documents:
        if raw.passed_over is not None:
            yield ParsedDocument(raw)
            continue
        try:
            yield ParsedDocument(raw, parse(raw))
        except DocumentError as error:
            yield ParsedDocument(raw, fault=str(error))


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
    names = (d.name for d in documents for _ in d.paragraphs)
    predictions = model.predict_paragraphs(chain.from_iterable(d.paragraphs for d in documents))
    return BatchOutcome(
        output_format.encode(zip(names, predictions, strict=True)),
        tuple(file_receipts(parsed)),
        size=sum(raw.size for raw in batch.raw_documents),
        stopped_by=stopped_by,
    )


def file_receipts(parsed: Iterable[ParsedDocument]) -> Iterator[FileReceipt]:
    """Yield what became of each file; rows of one table that follow each other make one."""
    for table, found in groupby(parsed, key=lambda found: found.raw.table):
        if table is None:
            yield from map(_file_receipt, found)
        else:
            yield _table_receipt(table, list(found))


def _file_receipt(parsed: ParsedDocument) -> FileReceipt:
    raw, document, fault = parsed
    if document is None:
        found = None if raw.passed_over is not None else format_of_ending(PurePath(raw.name).suffix.lower()).name
        faults = () if fault is None else (fault,)
        return FileReceipt(raw.name, found, faults=faults, unread=len(faults), passed_over=raw.passed_over)
    return FileReceipt(
        raw.name,
        document.format,
        documents=1,
        empty=int(not document.paragraphs),
        pages=document.pages,
        paragraphs=len(document.paragraphs),
        characters=_characters(document),
        counts={str(kind): Count(n, 1) for kind, n in document.counts.items()},
        notes=document.notes,
        fingerprint=fingerprint(document),
    )


def _table_receipt(table: str, rows: list[ParsedDocument]) -> FileReceipt:
    documents = [row.document for row in rows if row.document is not None]
    faults = tuple(row.fault for row in rows if row.fault is not None)
    counts: dict[str, Count] = {}
    for document in documents:
        if document.counts:
            counts = added(counts, {str(kind): Count(n, 1) for kind, n in document.counts.items()})
    return FileReceipt(
        table,
        format_of_ending(PurePath(table).suffix.lower()).name,
        documents=len(documents),
        empty=sum(not d.paragraphs for d in documents),
        paragraphs=sum(len(d.paragraphs) for d in documents),
        characters=sum(map(_characters, documents)),
        counts=counts,
        notes=tuple(note for d in documents for note in d.notes),
        faults=faults,
        unread=len(faults),
        is_table=True,
    )


def _characters(document: Document) -> int:
    return sum(len(paragraph.text) for paragraph in document.paragraphs)
