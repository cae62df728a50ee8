"""The table of input formats: their endings, what they hold, what tells them, and which function reads them."""

from enum import StrEnum
from typing import NamedTuple

from classifier.readers import signatures
from classifier.readers.signatures import Signature


class Holds(StrEnum):
    """What a file is made of: one text, members that are documents, or rows that are documents."""

    TEXT = "text"
    MEMBERS = "members"
    ROWS = "rows"


class Format(NamedTuple):
    """A format of files.

    name: for messages. holds: what a file of it is made of. endings: of file names, in small letters.
    reader: `module:function`, imported when the first such file is read. A reader of
    TEXT takes (bytes, place) and returns DocumentLines; of
    MEMBERS takes (source, start) and yields raw documents from number `start` on; of
    ROWS takes (source, columns) and yields each Row with the bytes of the file that it took.
    needs, extra: a library that the reader imports, and the extra of this package that installs it.
    signature: what its content shows; None where the ending alone tells it.
    """

    name: str
    holds: Holds
    endings: tuple[str, ...]
    reader: str
    needs: str | None = None
    extra: str | None = None
    signature: Signature | None = None


PLAIN_TEXT = Format("plain text", Holds.TEXT, (".txt", ".text", ".md"), "classifier.readers.text:read_plain_text")
WORD = (".docx", ".docm", ".dotx", ".dotm")
_DOCX, _PDF = "classifier.readers.docx:read_docx", "classifier.readers.pdf:read_pdf"
_OFD, OFFICE = "classifier.readers.ofd:read_ofd", "classifier.readers.office:read_office"
_PARQUET = "classifier.readers.parquet:parquet_rows"
FORMATS = (
    PLAIN_TEXT,
    Format("Word", Holds.TEXT, WORD, _DOCX, "lxml", "documents", signatures.WORD_PACKAGE),
    Format(
        "Word 97-2003", Holds.TEXT, (".doc", ".dot", ".wps", ".wpt"), OFFICE, "lxml", "documents", signatures.OLD_WORD
    ),
    Format("RTF", Holds.TEXT, (".rtf",), OFFICE, "lxml", "documents", signatures.RTF),
    Format("OpenDocument", Holds.TEXT, (".odt", ".ott", ".fodt"), OFFICE, "lxml", "documents", signatures.OPEN_TEXT),
    Format("PDF", Holds.TEXT, (".pdf",), _PDF, "pypdfium2", "documents", signatures.PDF),
    Format("OFD", Holds.TEXT, (".ofd",), _OFD, "lxml", "documents", signatures.OFD),
    Format("zip", Holds.MEMBERS, (".zip",), "classifier.readers.archive:archive_members", signature=signatures.ZIP),
    Format("CSV", Holds.ROWS, (".csv",), "classifier.readers.csv:csv_rows"),
    Format(
        "JSON lines", Holds.ROWS, (".jsonl",), "classifier.readers.jsonl:jsonl_rows", signature=signatures.JSON_LINES
    ),
    Format("Parquet", Holds.ROWS, (".parquet",), _PARQUET, "pyarrow", "parquet", signatures.PARQUET),
)
_BY_ENDING = {ending: form for form in FORMATS for ending in form.endings}


def known_ending(ending: str) -> Format | None:
    """Return the format of a file name's ending in small letters, None where it is unknown."""
    return _BY_ENDING.get(ending)


def format_of_ending(ending: str) -> Format:
    """Return the format of a file name's ending in small letters; an unknown one is read as plain text."""
    return _BY_ENDING.get(ending, PLAIN_TEXT)


def endings(*holds: Holds) -> tuple[str, ...]:
    """Return the endings of the formats that hold any of these, in order.

    >>> endings(Holds.TEXT, Holds.MEMBERS)  # doctest: +ELLIPSIS
    ('.txt', '.text', '.md', '.docx', ..., '.zip')
    """
    return tuple(ending for form in FORMATS if form.holds in holds for ending in form.endings)
