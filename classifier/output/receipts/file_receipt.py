"""What became of one file: the record that goes from the process that read it into the receipt of the run."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import groupby
from typing import Any, NamedTuple

from classifier.readers.raw import PassedOver

MOST_MESSAGES = 100  # of a file that the written receipt names; all of them are told when they come up


class Count(NamedTuple):
    """How often something was done, and in how many documents."""

    n: int
    documents: int


class FileReceipt(NamedTuple):
    """What became of a file, of a member of an archive, or of the rows of a table that one batch holds.

    name: as in the records. format: the name of its format, None where it was not looked at.
    documents: how many were read; empty: how many of them have no text. pages: None where the format has none.
    paragraphs, characters: of the text that was found. counts: what was done, by `CountKind`.
    notes, faults: what the user was told. unread: how many documents could not be read.
    passed_over: why it was counted but not read. fingerprint: of the text of a whole file that is long enough.
    is_table: whether its documents are rows.
    """

    name: str
    format: str | None = None
    documents: int = 0
    empty: int = 0
    pages: int | None = None
    paragraphs: int = 0
    characters: int = 0
    counts: Mapping[str, Count] = {}
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    unread: int = 0
    passed_over: PassedOver | None = None
    fingerprint: bytes = b""
    is_table: bool = False


def merged(a: FileReceipt, b: FileReceipt) -> FileReceipt:
    """Return what became of the rows of a table together; of the messages, the first MOST_MESSAGES are kept."""
    return a._replace(
        documents=a.documents + b.documents,
        empty=a.empty + b.empty,
        paragraphs=a.paragraphs + b.paragraphs,
        characters=a.characters + b.characters,
        counts=added(a.counts, b.counts),
        notes=(a.notes + b.notes)[:MOST_MESSAGES],
        faults=(a.faults + b.faults)[:MOST_MESSAGES],
        unread=a.unread + b.unread,
    )


def added(a: Mapping[str, Count], b: Mapping[str, Count]) -> dict[str, Count]:
    """Return the sums of two counts."""
    sums = dict(a)
    for kind, count in b.items():
        before = sums.get(kind, Count(0, 0))
        sums[kind] = Count(before.n + count.n, before.documents + count.documents)
    return sums


def whole_files(receipts: Iterable[FileReceipt]) -> Iterator[FileReceipt]:
    """Yield the receipts with those of a table, which follow each other, made one."""
    for table, group in groupby(receipts, key=lambda receipt: receipt.name if receipt.is_table else None):
        if table is None:
            yield from group
        else:
            yield reduce(merged, group)


def encode_receipts(receipts: Iterable[FileReceipt]) -> bytes:
    """Return one line of JSON for each, with all that it holds."""
    return b"".join(json.dumps(_plain(receipt), ensure_ascii=False).encode() + b"\n" for receipt in receipts)


def decode_receipt(line: bytes) -> FileReceipt:
    """Return the receipt of a line. Raises ValueError, TypeError or KeyError where it is none."""
    row = json.loads(line)
    row["counts"] = {kind: Count(*count) for kind, count in row["counts"].items()}
    row["notes"], row["faults"] = tuple(row["notes"]), tuple(row["faults"])
    row["passed_over"] = PassedOver(row["passed_over"]) if row["passed_over"] else None
    row["fingerprint"] = bytes.fromhex(row["fingerprint"])
    return FileReceipt(**row)


def _plain(receipt: FileReceipt) -> dict[str, Any]:
    row = receipt._asdict()
    row["notes"], row["faults"] = receipt.notes[:MOST_MESSAGES], receipt.faults[:MOST_MESSAGES]
    row["fingerprint"] = receipt.fingerprint.hex()
    return row
