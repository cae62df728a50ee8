"""The receipt of a run: what became of its files, added up as they come, and written as JSON at the end."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from classifier.output.receipts.file_receipt import Count, FileReceipt, added, whole_files
from classifier.readers.formats import PLAIN_TEXT

if TYPE_CHECKING:
    from classifier.analysis.alike import AlikeGroup

MOST_FINGERPRINTS = 50_000  # of documents that are compared with each other; they take 30 MB


class Receipt:
    """Totals of all files; memory does not grow with their number beyond MOST_FINGERPRINTS.

    documents: how many were read, by format; pages: of them, by format. empty: how many documents have no text.
    unread: how many could not be read. paragraphs, characters: of the text. counts: what was done, by kind.
    passed_over: how many files were counted but not read, by reason. names, fingerprints: of whole documents.
    compared_all: whether there was room for the fingerprints of all.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.documents, self.pages, self.passed_over = Counter[str](), Counter[str](), Counter[str]()
        self.empty = self.unread = self.paragraphs = self.characters = 0
        self.counts: dict[str, Count] = {}
        self.names: list[str] = []
        self.fingerprints: list[bytes] = []
        self.compared_all = True

    def add(self, file: FileReceipt) -> None:
        """Add what became of a file, or of some rows of a table."""
        if file.passed_over is not None:
            self.passed_over[file.passed_over] += 1
        if file.documents and file.format is not None:
            self.documents[file.format] += file.documents
            self.pages[file.format] += file.pages or 0
        self.empty += file.empty
        self.unread += file.unread
        self.paragraphs += file.paragraphs
        self.characters += file.characters
        if file.counts:
            self.counts = added(self.counts, file.counts)
        if file.fingerprint:
            self.compared_all = len(self.names) < MOST_FINGERPRINTS
            if self.compared_all:
                self.names.append(file.name)
                self.fingerprints.append(file.fingerprint)

    @property
    def is_eventful(self) -> bool:
        """Whether there is more to tell than that one plain text was read, or could not be, which is told already."""
        read = self.documents.total()
        single = read + self.unread <= 1
        plain = self.documents[PLAIN_TEXT.name] == read and not self.counts and not self.empty
        return not (single and plain) or bool(self.passed_over)

    def alike(self) -> "tuple[AlikeGroup, ...]":
        """Return the groups of documents with nearly the same text."""
        if len(self.names) < 2:
            return ()
        from classifier.analysis.alike import alike_by_fingerprint

        return alike_by_fingerprint(self.names, self.fingerprints)

    def totals(self) -> dict[str, Any]:
        """Return the totals as they stand in the JSON."""
        return {
            "documents": self.documents.total(),
            "without_text": self.empty,
            "unread": self.unread,
            "paragraphs": self.paragraphs,
            "characters": self.characters,
            "formats": {
                name: {"documents": n, "pages": self.pages[name] or None} for name, n in sorted(self.documents.items())
            },
            "counts": {kind: count._asdict() for kind, count in sorted(self.counts.items())},
            "passed_over": {str(why): n for why, n in sorted(self.passed_over.items())},
            "compared_all": self.compared_all,
        }


def write_receipt(stream: BinaryIO, head: Mapping[str, Any], receipt: Receipt, files: Iterable[FileReceipt]) -> None:
    """Write a receipt as one JSON object, a line for each file: the head's keys, `totals`, `alike` and `files`."""
    values = dict(head) | {
        "totals": receipt.totals(),
        "alike": [{"documents": group.names, "likeness": round(group.likeness, 3)} for group in receipt.alike()],
    }
    begun = "".join(f"{_json(key)}: {_json(value)},\n" for key, value in values.items())
    stream.write(f'{{\n{begun}"files": ['.encode())
    stream.writelines(
        f"{',' if number else ''}\n{_json(_row(file))}".encode() for number, file in enumerate(whole_files(files))
    )
    stream.write(b"\n]\n}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row(file: FileReceipt) -> dict[str, Any]:
    """Return the entry of a file; `faults` are those of the rows of a table, the first of them alone in `fault`."""
    return {
        "name": file.name,
        "format": file.format,
        "pages": file.pages,
        "documents": file.documents,
        "without_text": file.empty,
        "unread": file.unread,
        "paragraphs": file.paragraphs,
        "characters": file.characters,
        "counts": {kind: count.n for kind, count in sorted(file.counts.items())},
        "notes": file.notes,
        "fault": file.faults[0] if file.faults else None,
        "row_faults": file.faults if file.is_table else [],
        "passed_over": file.passed_over,
    }
