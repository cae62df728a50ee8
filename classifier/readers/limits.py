"""The limits of reading, all in one place: beyond them a file is refused in one line, before memory or time runs out.

Each is far above what reports have. The environment variable CLASSIFY_LIMIT_NAME changes one, as a whole number in its
unit, or with K, M or G behind it; it holds for the command, its worker processes, and Spark's where Spark passes it on.
"""

import os
import re
from typing import NamedTuple

from classifier.errors import ClassifierError
from classifier.messages import message

VARIABLE = "CLASSIFY_LIMIT_"
_VALUE = re.compile(r"(\d{1,15})([KMG]?)", re.IGNORECASE)
_TIMES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_BYTES = "bytes"


class Limit(NamedTuple):
    """A limit as docs/limits.md shows it: its name, usual value and unit, what it bounds and why it is so high."""

    name: str
    usual: int
    unit: str
    what: str


LIMITS: list[Limit] = []


def _limit(name: str, usual: int, unit: str, what: str) -> int:
    """Note a limit, and return its value. Raises ClassifierError where its variable holds no number above zero."""
    LIMITS.append(Limit(name, usual, unit, what))
    given = os.environ.get(f"{VARIABLE}{name}")
    if given is None:
        return usual
    found = _VALUE.fullmatch(given.strip())
    if found is None or not int(found[1]):
        raise ClassifierError(
            message(
                "{variable}={value}: no limit; give a whole number above 0, with K, M or G behind it if you like",
                variable=f"{VARIABLE}{name}",
                value=given,
            )
        )
    return int(found[1]) * _TIMES[found[2].upper()]


# Files and texts
LARGEST_FILE = _limit("LARGEST_FILE", 512 << 20, _BYTES, "a document that is read as a whole, or standard input")
LARGEST_TEXT = _limit("LARGEST_TEXT", 64 << 20, _BYTES, "a file of plain text; 20 million characters, 60 books")
MOST_LINE_ENDS = _limit(
    "MOST_LINE_ENDS", 500_000, "lines", "of a file of plain text, empty ones counted; 300 pages have 10,000"
)
LARGEST_REQUEST = _limit("LARGEST_REQUEST", 32 << 20, _BYTES, "a text or file that is posted to `classify serve`")
# Archives
LARGEST_MEMBER = _limit("LARGEST_MEMBER", 256 << 20, _BYTES, "a member of an archive, unpacked")
LARGEST_ARCHIVE = _limit(
    "LARGEST_ARCHIVE", 256 << 20, _BYTES, "the members of an archive together, if they break MOST_TIMES_UNPACKED"
)
MOST_TIMES_UNPACKED = _limit(
    "MOST_TIMES_UNPACKED", 200, "times", "how much larger an archive or table is when unpacked; text has 3 to 20"
)
LARGEST_DIRECTORY = _limit(
    "LARGEST_DIRECTORY", 32 << 20, _BYTES, "the table of contents of an archive; a member takes about 100"
)
# Tables
LONGEST_FIELD = _limit(
    "LONGEST_FIELD",
    64 << 20,
    "characters or bytes",
    "a field or line of a table; only an open quotation mark is longer",
)
LARGEST_TABLE = _limit(
    "LARGEST_TABLE", 256 << 20, _BYTES, "the texts of a Parquet table together, if they break MOST_TIMES_UNPACKED"
)
# Word
LARGEST_WORD_TEXT = _limit(
    "LARGEST_WORD_TEXT", 64 << 20, _BYTES, "the parts of a Word file that are read, unpacked; 300 pages have 10 MB"
)
MOST_WORD_PARTS = _limit("MOST_WORD_PARTS", 20_000, "parts", "of a Word or OFD file; pictures are one each")
MOST_WORD_MARKUP = _limit(
    "MOST_WORD_MARKUP",
    5_000_000,
    "tags and attributes",
    "of a part of a Word or OFD file; 300 pages have less than a million",
)
# PDF
LARGEST_PDF = _limit("LARGEST_PDF", 512 << 20, _BYTES, "a PDF file")
MOST_PDF_PAGES = _limit("MOST_PDF_PAGES", 5_000, "pages", "of a PDF or OFD file")
MOST_PDF_LETTERS = _limit("MOST_PDF_LETTERS", 5_000_000, "characters", "of a PDF or OFD file, hidden ones counted")
MOST_PAGE_CHARACTERS = _limit("MOST_PAGE_CHARACTERS", 100_000, "characters", "of one page of a PDF or OFD file")
LARGEST_STREAM = _limit(
    "LARGEST_STREAM", 128 << 20, _BYTES, "a stream of a PDF file, unpacked; whole Chinese fonts have 60 MB"
)
LARGEST_PAGE = _limit(
    "LARGEST_PAGE", 48 << 20, _BYTES, "drawing operators of a page of a PDF file, with those of all forms that it draws"
)
MOST_PAGE_TEXT = _limit("MOST_PAGE_TEXT", 4 << 20, _BYTES, "strings that a page of a PDF file draws")
LARGEST_DOCUMENT = _limit("LARGEST_DOCUMENT", 2 << 30, _BYTES, "drawing operators of all pages of a PDF file")
