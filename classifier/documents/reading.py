"""Files and folders to Documents. A new format enters in READERS: bytes and a name give text and a note."""

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
    """A report to read: where it is, and the name that its records carry."""

    path: Path | None
    name: str


def sources(path: str) -> list[Source]:
    """Return the reports that a path stands for: itself, standard input, or the reports of a folder.

    In a folder, names are the paths below it; files of other formats and hidden ones are passed over.
    Raises DocumentError where there is nothing to read.
    """
    if path == STDIN:
        return [Source(None, "-")]
    place = Path(path)
    try:
        if not place.exists():
            raise DocumentError(f"{path}: no such file or folder; check the path")
        if not place.is_dir():
            return [Source(place, path)]
        found = [f for f in _walk(place) if f.suffix.lower() in READERS]
    except OSError as error:
        raise DocumentError(
            f"{error.filename or path}: cannot be opened ({error.strerror}); check its permissions"
        ) from error
    if not found:
        raise DocumentError(f"{path}: no reports in this folder; it needs files ending in {', '.join(READERS)}")
    return [Source(f, f.relative_to(place).as_posix()) for f in found]


def _walk(folder: Path) -> Iterator[Path]:
    for child in sorted(folder.iterdir()):
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _walk(child)
        elif child.is_file():
            yield child


def read(source: Source) -> Document:
    """Read one report. Raises DocumentError, naming the file and the remedy, where it cannot be read."""
    if source.path is None:
        data = sys.stdin.buffer.read()
    else:
        try:
            data = source.path.read_bytes()
        except OSError as error:
            raise DocumentError(f"{source.path}: cannot be opened ({error.strerror}); check its permissions") from error
    place = str(source.path) if source.path else "standard input"
    text, note = _text(data, place, source.path.suffix.lower() if source.path else ".txt")
    found = paragraphs(text)
    if not found:
        raise DocumentError(f"{place}: no text in this file; check that it was saved whole")
    return Document(source.name, found, (note,) if note else ())


def _text(data: bytes, place: str, suffix: str) -> tuple[str, str | None]:
    """Return the text of a file's bytes and a note; a suffix of no known format is read as plain text."""
    if not data.strip():
        raise DocumentError(f"{place}: the file is empty; check that it was saved whole")
    return READERS.get(suffix, decode)(data, place)


def from_text(text: str, name: str = "-") -> Document:
    """Return the Document of a text that is a Python string already."""
    return Document(name, paragraphs(text))
