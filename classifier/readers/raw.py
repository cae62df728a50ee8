"""The records of reading: sources, the raw documents in them, and the rows of tables."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from classifier.paths import printable

ID_COLUMN = "id"  # the column of ids, unless the user names another
LONGEST_FIELD = 64 << 20  # characters of a field or bytes of a line; only an open quotation mark makes longer ones


class PassedOver(StrEnum):
    """Why a file of a folder, or a member of an archive, is counted but not read."""

    PICTURE = "picture"  # or sound, or film
    TABLE = "table"  # which must be named, as a folder may hold any
    HIDDEN = "hidden"
    ARCHIVE = "archive"  # of another kind than zip, or within an archive
    DEVICE = "device"  # or pipe, or socket
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input.

    path: None for standard input. name: what the records of its documents carry. fault: why it cannot be read, if
    that is known. size: in bytes, modified: in nanoseconds since 1970; 0 where they are not known.
    passed_over: why it is counted but not read; None where it is to be read.
    """

    path: Path | None
    name: str
    fault: str | None = None
    size: int = 0
    modified: int = 0
    passed_over: PassedOver | None = None

    @property
    def suffix(self) -> str:
        """The ending of the file's name in small letters; that of plain text for standard input."""
        return self.path.suffix.lower() if self.path else ".txt"

    @property
    def place(self) -> str:
        """What the file is called in messages."""
        return printable(self.path) if self.path else "standard input"


class RawDocument(NamedTuple):
    """One document that is found but not parsed; a tuple, as many of them go to other processes.

    name: what its records carry. place: what it is called in messages. path: the file, unless its content is here.
    content: the bytes of an archive's member or of standard input. text: the text of a row.
    fault: why it cannot be read, if that is known. size: bytes of text, about. weight: bytes that it takes in
    the source, about. passed_over: why it is counted but not read; None where it is a document.
    table: the name of the table that it is a row of; None for whole files.
    """

    name: str
    place: str
    path: Path | None = None
    content: bytes | None = None
    text: str | None = None
    fault: str | None = None
    size: int = 0
    weight: int = 0
    passed_over: PassedOver | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of a table that hold the texts and the ids.

    id: None for the column `id` if there is one, and otherwise the rows' numbers.
    """

    text: str = "text"
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number from 1, its text and id as they are stored, or why it cannot be read."""

    number: int
    text: object = None
    id: object = None
    fault: str | None = None


def no_column(place: str, name: str, option: str, there: list[str]) -> str:
    """Return the message for a column that is missing. option: the one that names it. there: the columns there are."""
    found = ", ".join(map(str, there[:20])) or "none"
    return f"{place}: no column {name!r}; give {option} one of: {found}"
