"""The records of reading: sources, the raw documents in them, and the rows of tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from classifier.messages import message
from classifier.paths import escaped, printable
from classifier.readers.limits import LONGEST_FIELD as LONGEST_FIELD  # noqa: PLC0414 - readers of tables take it here

LARGE_PDF = 256 << 10  # bytes; a file of so many has a hundred pages of text, or is a scan
ID_COLUMN = "id"  # the column of ids, unless the user names another
_MOST_SHOWN, _LONGEST_SHOWN = 20, 60  # columns in a message, and their characters
GZIP = ".gz"
TEXT_NAMES = frozenset({"正文", "内容", "文本", "全文", "content", "body"})  # which people give a column of texts


class PassedOver(StrEnum):
    """Why a file of a folder, or a member of an archive, is counted but not read."""

    PICTURE = "picture"  # or sound, or film
    TABLE = "table"  # which must be named, as a folder may hold any
    HIDDEN = "hidden"
    ARCHIVE = "archive"  # of another kind than zip, or within an archive
    DOCUMENT = "document"  # of a format that is not read, such as CAJ
    DEVICE = "device"  # or pipe, or socket
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or standard input.

    path: None for standard input. name: what the records of its documents carry. fault: why it cannot be read, if
    that is known. size: in bytes, modified: in nanoseconds since 1970; 0 where they are not known.
    passed_over: why it is counted but not read; None where it is to be read.
    ending: that of the format that its content has, where that is not what its name says. content: its bytes, where
    they had to be read at once, as those of a pipe.
    """

    path: Path | None
    name: str
    fault: str | None = None
    size: int = 0
    modified: int = 0
    passed_over: PassedOver | None = None
    ending: str | None = None
    content: bytes | None = None

    @property
    def gzipped(self) -> bool:
        """Whether the file's name says that it is compressed with gzip."""
        return self.path is not None and self.path.suffix.lower() == GZIP

    @property
    def suffix(self) -> str:
        """The ending of the file's name, of what is in it for .gz, or of what its content shows, in small letters.

        None for standard input.
        """
        if self.ending is not None:
            return self.ending
        if self.path is None:
            return ""
        return (self.path.with_suffix("") if self.gzipped else self.path).suffix.lower()

    @property
    def place(self) -> str:
        """What the file is called in messages."""
        return printable(self.path) if self.path else message("standard input")


class TableText(NamedTuple):
    """A text of a table's row, and the values that travel from its other columns to the output, by name, if any."""

    text: str
    columns: Mapping[str, Any] | None = None


class RawDocument(NamedTuple):
    """One document that is found but not parsed; a tuple, as many of them go to other processes.

    name: what its records carry. place: what it is called in messages. path: the file, unless its content is here.
    content: the bytes of an archive's member or of standard input. text: the text of a row.
    fault: why it cannot be read, if that is known. size: bytes of text, about. weight: bytes that it takes in
    the source, about. passed_over: why it is counted but not read; None where it is a document.
    columns: the values of a row that travel to the output, by name. rows: of the table's rows that make the document
    together, the text and the values of each. notes, counts: what was mended, as in `DocumentLines`.
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
    columns: Mapping[str, Any] | None = None
    rows: tuple[TableText, ...] | None = None
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] | None = None
    table: str | None = None


def is_large_pdf(raw: RawDocument) -> bool:
    """Whether a raw document is a PDF that is worth being read in parts."""
    if raw.fault is not None or raw.size < LARGE_PDF or raw.passed_over is not None:
        return False
    if raw.content is not None:
        return raw.content.startswith(b"%PDF-")
    return raw.path is not None and raw.path.suffix.lower() == ".pdf"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of a table that are read, by their names.

    id: None for the column `id` if there is one, and otherwise the rows' numbers. document: whose equal values, one row
    after another, make one document; None where each row is one. several: whether other inputs are read, so that such a
    document is not named by the value alone. travelling: those whose values go to the output; None
    for all but the texts.
    """

    text: str = "text"
    id: str | None = None
    document: str | None = None
    several: bool = False
    travelling: tuple[str, ...] | None = ()


class Row(NamedTuple):
    """A row of a table: its number from 1, its text and id as they are stored, or why it cannot be read.

    document: the value of the column that tells documents apart. columns: the values that travel, as JSON knows them.
    sheet: the name of its sheet, where several of a workbook are read. notes, counts: what was mended, for the user;
    those of the whole table stand in its first row.
    """

    number: int
    text: object = None
    id: object = None
    fault: str | None = None
    document: object = None
    columns: Mapping[str, Any] | None = None
    sheet: str | None = None
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] | None = None


def no_column(place: str, name: str, option: str, there: list[str]) -> str:
    """Return the message for a column that is missing. option: the one that names it. there: the columns there are."""
    found = ", ".join(escaped(str(column)[:_LONGEST_SHOWN]) for column in there[:_MOST_SHOWN]) or "-"
    likely = [other for other in there if str(other).strip().casefold() in TEXT_NAMES]
    if option == "--text-column" and len(likely) == 1:
        return message(
            "{place}: no column {name!r}; give --text-column {likely} if that holds the texts, or another of: {found}",
            place=place,
            name=name,
            likely=likely[0],
            found=found,
        )
    return message(
        "{place}: no column {name!r}; give {option} one of: {found}", place=place, name=name, option=option, found=found
    )
