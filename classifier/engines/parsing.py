"""Parse the raw documents of a batch, and say for the receipt what became of each file."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from classifier.documents.parse import parse
from classifier.engines.batches import Batch
from classifier.errors import DocumentError
from classifier.output.receipts.file_receipt import Count, FileReceipt, added
from classifier.readers.formats import format_of_ending
from classifier.readers.raw import RawDocument
from classifier.records import Document


class ParsedDocument(NamedTuple):
    """A raw document with what was read of it, or why it could not be read; with neither, it was passed over."""

    raw: RawDocument
    document: Document | None = None
    fault: str | None = None


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


def file_receipts(parsed: Iterable[ParsedDocument], compared: bool = True) -> Iterator[FileReceipt]:
    """Yield what became of each file; rows of one table that follow each other make one.

    compared: whether each whole document gets its fingerprint, by which those that are alike are found.
    """
    for table, found in groupby(parsed, key=lambda found: found.raw.table):
        if table is None:
            for one in found:
                yield _file_receipt(one, compared)
        else:
            yield _table_receipt(table, list(found))


def _file_receipt(parsed: ParsedDocument, compared: bool) -> FileReceipt:
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
        fingerprint=_fingerprint(document) if compared else b"",
    )


def _fingerprint(document: Document) -> bytes:
    from classifier.documents.fingerprints import fingerprint

    return fingerprint(document)


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
