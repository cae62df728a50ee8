"""What a reader of a document gives: its lines in order, each with the hints that its format has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Place(StrEnum):
    """Where in a document a line stands."""

    BODY = "body"
    TABLE = "table"  # a row of a table, its cells with a tab between
    NOTE = "note"  # a footnote, endnote or caption


class CountKind(StrEnum):
    """What is counted while a document is read; each kind has its words in `COUNT_LABELS` of `output/receipts`."""

    AUTOMATIC_NUMBERS = "automatic_numbers"  # that Word shows and the file does not hold
    BULLETS = "bullets"
    CONTENTS_LINES = "contents_lines"  # of a table of contents
    DELETED_REVISIONS = "deleted_revisions"
    DOUBLED_LETTERS = "doubled_letters"  # printed twice to look bold
    EMBEDDED_DOCUMENTS = "embedded_documents"
    ENTITIES_DECODED = "entities_decoded"  # such as &nbsp;
    ESCAPES_DECODED = "escapes_decoded"  # such as <U+00A0> and _x000D_
    HIDDEN_TEXT = "hidden_text"
    LINES_CUT = "lines_cut"  # at headings, where line ends were missing
    LINES_JOINED = "lines_joined"  # with the one before, to one paragraph
    LINES_SET_APART = "lines_set_apart"  # with a blank between any two characters
    LINES_STRUCK_TWICE = "lines_struck_twice"
    MARKED_LINE_ENDS = "marked_line_ends"  # such as <br> and a backslash with n
    NOTES = "notes"  # at the foot or the end
    PAGE_NUMBERS = "page_numbers"
    PLACEHOLDERS = "placeholders"  # of form fields that are not filled in
    PRIVATE_USE_BLANKS = "private_use_blanks"
    RUNNING_HEADS = "running_heads"
    SCANNED_PAGES = "scanned_pages"  # without text
    TABLE_ROWS = "table_rows"
    TEXT_BOXES = "text_boxes"
    WATERMARKS = "watermarks"


class RawLine(NamedTuple):
    """A line or paragraph of a document, as a reader found it; a hint that the format does not give is None.

    text: with the numbering that the format shows before it, such as （一） of Word's automatic numbers.
    number: of the line in its file, from 1, for plain text; the running number of the line for all other formats.
    page: from 1. level: of a heading style or outline level, 1 the highest, 0 for a title; None for text.
    indent: of its first line, in characters. size: of its font, in points. bold, centered: of the whole line.
    """

    text: str
    number: int
    place: Place = Place.BODY
    page: int | None = None
    level: int | None = None
    indent: float | None = None
    size: float | None = None
    bold: bool | None = None
    centered: bool | None = None


@dataclass(frozen=True, slots=True)
class DocumentLines:
    """The lines of a document, and what a receipt says of how it was read.

    notes: what was mended, in one line each, for the user. pages: how many there are, None where the format has none.
    counts: how often something was done, by its `CountKind`.
    """

    lines: tuple[RawLine, ...]
    notes: tuple[str, ...] = ()
    pages: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
