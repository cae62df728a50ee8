"""Files and folders to Documents. A new format enters in READERS: bytes and a name give text and a note."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.documents.encoding import decode
from classifier.documents.structure import parse_paragraphs
from classifier.errors import DocumentError
from classifier.records import Document

Reader = Callable[[bytes, str], tuple[str, str | None]]
READERS: dict[str, Reader] = {".txt": decode, ".text": decode, ".md": decode}
ARCHIVES = frozenset({".zip"})
TABLES = frozenset({".csv", ".jsonl", ".parquet"})
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, the name that its records carry, and why it cannot be read, if that is known.

    `size` is in bytes and `modified` in nanoseconds, as far as they are known.
    """

    path: Path | None
    name: str
    fault: str | None = None
    size: int = 0
    modified: int = 0

    @property
    def suffix(self) -> str:
        """The ending of the file's name in small letters; that of plain text for standard input."""
        return self.path.suffix.lower() if self.path else ".txt"

    @property
    def place(self) -> str:
        """What the file is called in messages."""
        return printable(self.path) if self.path else "standard input"


def printable(path: str | Path) -> str:
    """Return a path as it can be printed; bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def sources(path: str) -> list[Source]:
    """Return the files that a path stands for. Raises DocumentError where there is nothing to read."""
    return list(listed(path))


def listed(path: str) -> Iterator[Source]:
    """Yield the files that a path stands for: itself, standard input, or the reports and archives of a folder.

    In a folder, names are the paths below it; tables, files of other formats, hidden ones and linked folders are
    passed over, and a folder that cannot be opened is a source with a fault.
    Raises DocumentError where there is nothing to read.
    """
    if path == STDIN:
        yield Source(None, "-")
        return
    if not path:
        raise DocumentError("'': an empty path; give a file or folder")
    name = printable(path)
    try:
        if not os.path.lexists(path):
            raise DocumentError(f"{name}: no such file or folder; check the path")
        folder = Path(path).is_dir()
    except OSError as error:
        raise DocumentError(f"{name}: cannot be opened ({error.strerror}); check its permissions") from error
    if not folder:
        yield _file(Path(path), name)
        return
    found = False
    for source in _walk(path):
        found = True
        yield source
    if not found:
        endings = ", ".join([*READERS, *ARCHIVES])
        raise DocumentError(f"{name}: no reports in this folder; it needs files ending in {endings}")


def _walk(top: str) -> Iterator[Source]:
    faults: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=faults.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and (os.path.splitext(file)[1].lower() in READERS.keys() | ARCHIVES):  # noqa: PTH122 - a Path for each file of a large folder costs too much
                path = Path(folder, file)
                yield _file(path, printable(path.relative_to(top).as_posix()))
    for error in faults:
        place = printable(error.filename)
        yield Source(None, place, f"{place}: cannot be opened ({error.strerror}); check its permissions")


def _file(path: Path, name: str) -> Source:
    try:
        about = path.stat()
    except OSError:  # told when it is opened
        return Source(path, name)
    return Source(path, name, None, about.st_size, about.st_mtime_ns)


def read(source: Source) -> Document:
    """Read one report. Raises DocumentError, naming the file and the remedy, where it cannot be read."""
    if source.fault is not None:
        raise DocumentError(source.fault)
    return parse_bytes(read_bytes(source), source.name, source.place, source.suffix)


def read_bytes(source: Source) -> bytes:
    """Return the bytes of a file or of standard input. Raises DocumentError where they cannot be had."""
    if source.path is None:
        if sys.stdin is None:
            raise DocumentError("standard input: closed; give a file or folder")
        return sys.stdin.buffer.read()
    try:
        return source.path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{source.place}: cannot be opened ({error.strerror}); check its permissions") from error


def parse_bytes(data: bytes, name: str, place: str, suffix: str) -> Document:
    """Return the Document of a file's bytes; a suffix of no known format is read as plain text."""
    if not data.strip():
        raise DocumentError(f"{place}: the file is empty; check that it was saved whole")
    text, note = READERS.get(suffix, decode)(data, place)
    found = parse_paragraphs(text)
    if not found:
        raise DocumentError(f"{place}: no text in this file; check that it was saved whole")
    return Document(name, found, (note,) if note else ())


def from_text(text: str, name: str = "-") -> Document:
    """Return the Document of a text that is a Python string already."""
    return Document(name, parse_paragraphs(text))
