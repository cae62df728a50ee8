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
    gzipped: whether it is read from a .gz file too. keyed: whether each row may have columns that others have not.
    slow: whether one file takes long, so that progress is told after each, and each goes to a process by itself.
    """

    name: str
    holds: Holds
    endings: tuple[str, ...]
    reader: str
    needs: str | None = None
    extra: str | None = None
    signature: Signature | None = None
    gzipped: bool = False
    keyed: bool = False
    slow: bool = False


PLAIN_TEXT = Format(
    "plain text", Holds.TEXT, (".txt", ".text"), "classifier.readers.text:read_plain_text", gzipped=True
)
WEB_PAGES = (".html", ".htm", ".shtml", ".xhtml")
MARKDOWN = (".md", ".markdown")
OLD_WORD_ENDINGS, OPEN_TEXT_ENDINGS = (".doc", ".dot", ".wps", ".wpt"), (".odt", ".ott", ".fodt")
WORD = (".docx", ".docm", ".dotx", ".dotm")
_DOCX, _PDF = "classifier.readers.docx:read_docx", "classifier.readers.pdf:read_pdf"
_JSON_LINES, _JSON = (".jsonl", ".ndjson"), "classifier.readers.json_tables:json_rows"
_WORKBOOK = "classifier.readers.workbook:workbook_rows"
_OFD, OFFICE = "classifier.readers.ofd:read_ofd", "classifier.readers.office:read_office"
_PARQUET = "classifier.readers.parquet:parquet_rows"
FORMATS = (
    PLAIN_TEXT,
    Format("Word", Holds.TEXT, WORD, _DOCX, "lxml", "documents", signatures.WORD_PACKAGE),
    Format("PDF", Holds.TEXT, (".pdf",), _PDF, "pypdfium2", "documents", signatures.PDF, slow=True),
    Format("web page", Holds.TEXT, WEB_PAGES, "classifier.readers.html:read_html", "lxml", "documents"),
    Format("MHTML", Holds.TEXT, (".mhtml", ".mht"), "classifier.readers.mhtml:read_mhtml", "lxml", "documents"),
    Format(  # rich brings its library
        "Markdown",
        Holds.TEXT,
        MARKDOWN,
        "classifier.readers.markdown:read_markdown",
        signature=signatures.MARKDOWN_TEXT,
    ),
    Format("Word 97-2003", Holds.TEXT, OLD_WORD_ENDINGS, OFFICE, "lxml", "documents", signatures.OLD_WORD, slow=True),
    Format("RTF", Holds.TEXT, (".rtf",), OFFICE, "lxml", "documents", signatures.RTF, slow=True),
    Format("OpenDocument", Holds.TEXT, OPEN_TEXT_ENDINGS, OFFICE, "lxml", "documents", signatures.OPEN_TEXT, slow=True),
    Format("OFD", Holds.TEXT, (".ofd",), _OFD, "lxml", "documents", signatures.OFD, slow=True),
    Format("zip", Holds.MEMBERS, (".zip",), "classifier.readers.archive:archive_members", signature=signatures.ZIP),
    Format("CSV", Holds.ROWS, (".csv", ".tsv", ".tab"), "classifier.readers.csv:csv_rows", gzipped=True),
    Format(
        "JSON lines",
        Holds.ROWS,
        (".jsonl", ".ndjson"),
        _JSON,
        signature=signatures.JSON_LINES,
        gzipped=True,
        keyed=True,
    ),
    Format("JSON", Holds.ROWS, (".json",), _JSON, gzipped=True, keyed=True),
    Format("Excel", Holds.ROWS, (".xlsx", ".xlsm"), _WORKBOOK, "python_calamine", "documents", keyed=True),
    Format("old Excel", Holds.ROWS, (".xls", ".et"), _WORKBOOK, "python_calamine", "documents", keyed=True),
    Format("OpenDocument table", Holds.ROWS, (".ods",), _WORKBOOK, "python_calamine", "documents", keyed=True),
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

    >>> endings(Holds.TEXT)[:2]
    ('.txt', '.text')
    """
    return tuple(ending for form in FORMATS if form.holds in holds for ending in form.endings)
