"""The table of input formats: their file endings, what they hold, and which function reads them."""

from enum import StrEnum
from typing import NamedTuple


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
    slow: whether one file takes long, so that progress is told after each, and each goes to a process by itself.
    """

    name: str
    holds: Holds
    endings: tuple[str, ...]
    reader: str
    needs: str | None = None
    extra: str | None = None
    slow: bool = False


PLAIN_TEXT = Format("plain text", Holds.TEXT, (".txt", ".text", ".md"), "classifier.readers.text:read_plain_text")
WORD = (".docx", ".docm", ".dotx", ".dotm")
FORMATS = (
    PLAIN_TEXT,
    Format("Word", Holds.TEXT, WORD, "classifier.readers.docx:read_docx", "lxml", "documents"),
    Format("PDF", Holds.TEXT, (".pdf",), "classifier.readers.pdf:read_pdf", "pypdfium2", "documents", slow=True),
    Format("zip", Holds.MEMBERS, (".zip",), "classifier.readers.archive:archive_members"),
    Format("CSV", Holds.ROWS, (".csv",), "classifier.readers.csv:csv_rows"),
    Format("JSON lines", Holds.ROWS, (".jsonl",), "classifier.readers.jsonl:jsonl_rows"),
    Format("Parquet", Holds.ROWS, (".parquet",), "classifier.readers.parquet:parquet_rows", "pyarrow", "parquet"),
)
_BY_ENDING = {ending: form for form in FORMATS for ending in form.endings}


def format_of_ending(ending: str) -> Format:
    """Return the format of a file name's ending in small letters; an unknown one is read as plain text."""
    return _BY_ENDING.get(ending, PLAIN_TEXT)


def endings(*holds: Holds) -> tuple[str, ...]:
    """Return the endings of the formats that hold any of these, in order.

    >>> endings(Holds.TEXT, Holds.MEMBERS)
    ('.txt', '.text', '.md', '.docx', '.docm', '.dotx', '.dotm', '.pdf', '.zip')
    """
    return tuple(ending for form in FORMATS if form.holds in holds for ending in form.endings)
