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


class RawLine(NamedTuple):
    """A line or paragraph of a document, as a reader found it; a hint that the format does not give is None.

    text: with the numbering that the format shows before it, such as （一） of Word's automatic numbers.
    number: of the line in its file, from 1, for plain text; the running number of the line for all other formats.
    page: from 1. level: of a heading style or outline level, 1 the highest, 0 for a title; None for text.
    indent: of its first line, in characters. size: of its font, in points. bold, centered: of the whole line.
    recognized: whether the line begins on a page whose text was recognized from a scan (OCR).
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
    recognized: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLines:
    """The lines of a document, and what a receipt says of how it was read.

    notes: what was mended, in one line each, for the user. pages: how many there are, None where the format has none.
    counts: how often something was done, by its kind, such as `deleted_revisions` or `running_heads`.
    """

    lines: tuple[RawLine, ...]
    notes: tuple[str, ...] = ()
    pages: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
