"""Files and folders to Documents. A new format enters in READERS: bytes and a name give text and a note."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from classifier.documents.encoding import decode
from classifier.documents.structure import paragraphs
from classifier.errors import DocumentError
from classifier.records import Document

Reader = Callable[[bytes, str], tuple[str, str | None]]
READERS: dict[str, Reader] = {".txt": decode, ".text": decode, ".md": decode}
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A report to read: where it is, the name that its records carry, and why it cannot be read, if that is known."""

    path: Path | None
    name: str
    fault: str | None = None


def sources(path: str) -> list[Source]:
    """Return the reports that a path stands for: itself, standard input, or the reports of a folder.

    In a folder, names are the paths below it; files of other formats, hidden ones and linked folders are passed
    over, and a folder that cannot be opened is a source with a fault.
    Raises DocumentError where there is nothing to read.
    """
    if path == STDIN:
        return [Source(None, "-")]
    if not path:
        raise DocumentError("'': an empty path; give a file or folder")
    name = os.fsencode(path).decode("utf-8", "replace")
    try:
        if not os.path.lexists(path):
            raise DocumentError(f"{name}: no such file or folder; check the path")
        if not Path(path).is_dir():
            return [Source(Path(path), name)]
    except OSError as error:
        raise DocumentError(f"{name}: cannot be opened ({error.strerror}); check its permissions") from error
    found = list(_walk(path))
    if not found:
        raise DocumentError(f"{name}: no reports in this folder; it needs files ending in {', '.join(READERS)}")
    return found


def _walk(top: str) -> Iterator[Source]:
    faults: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=faults.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            path = Path(folder, file)
            if not file.startswith(".") and path.suffix.lower() in READERS:
                yield Source(path, os.fsencode(path.relative_to(top).as_posix()).decode("utf-8", "replace"))
    for error in faults:
        place = os.fsencode(error.filename).decode("utf-8", "replace")
        yield Source(None, place, f"{place}: cannot be opened ({error.strerror}); check its permissions")


def read(source: Source) -> Document:
    """Read one report. Raises DocumentError, naming the file and the remedy, where it cannot be read."""
    if source.fault is not None:
        raise DocumentError(source.fault)
    place = "standard input" if source.path is None else os.fsencode(source.path).decode("utf-8", "replace")
    try:
        data = _standard_input() if source.path is None else source.path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{place}: cannot be opened ({error.strerror}); check its permissions") from error
    text, note = _text(data, place, source.path.suffix.lower() if source.path else ".txt")
    found = paragraphs(text)
    if not found:
        raise DocumentError(f"{place}: no text in this file; check that it was saved whole")
    return Document(source.name, found, (note,) if note else ())


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise DocumentError("standard input: closed; give a file or folder")
    return sys.stdin.buffer.read()


def _text(data: bytes, place: str, suffix: str) -> tuple[str, str | None]:
    """Return the text of a file's bytes and a note; a suffix of no known format is read as plain text."""
    if not data.strip():
        raise DocumentError(f"{place}: the file is empty; check that it was saved whole")
    return READERS.get(suffix, decode)(data, place)


def from_text(text: str, name: str = "-") -> Document:
    """Return the Document of a text that is a Python string already."""
    return Document(name, paragraphs(text))
