"""The words of a receipt: for each kind of count its group and its words."""

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from classifier.messages import counted_message, message
from classifier.readers.formats import PLAIN_TEXT
from classifier.readers.lines import CountKind
from classifier.readers.unread import format_name_words


class Group(Enum):
    """What was done to the things that are counted; the order is that of the lines that people see."""

    FOUND = auto()
    REBUILT = auto()
    JOINED = auto()
    MENDED = auto()
    DROPPED = auto()
    SCANS = auto()
    LEFT_OUT = auto()


class Label(NamedTuple):
    """The group of a kind, and its words for a number of things."""

    group: Group
    words: Callable[[int], str]


GROUP_LINES: dict[Group, Callable[[str], str]] = {
    Group.FOUND: lambda what: message("with: {what}", what=what),
    Group.REBUILT: lambda what: message("rebuilt: {what}", what=what),
    Group.JOINED: lambda what: message("joined: {what}", what=what),
    Group.MENDED: lambda what: message("mended: {what}", what=what),
    Group.DROPPED: lambda what: message("dropped: {what}", what=what),
    Group.SCANS: lambda what: message("scans: {what}", what=what),
    Group.LEFT_OUT: lambda what: message("left out: {what}", what=what),
}
# Plain lines: a new kind is one entry here, with a literal for each number, as the catalogue is made of literals.
COUNT_LABELS: dict[str, Label] = {
    CountKind.ANNOTATIONS: Label(
        Group.LEFT_OUT, lambda n: counted_message("{n:,} annotation or stamp", "{n:,} annotations or stamps", n)
    ),
    CountKind.AUTOMATIC_NUMBERS: Label(
        Group.REBUILT,
        lambda n: counted_message("{n:,} automatic number of Word", "{n:,} automatic numbers of Word", n),
    ),
    CountKind.BROKEN_CHARACTERS: Label(
        Group.MENDED, lambda n: counted_message("{n:,} broken character", "{n:,} broken characters", n)
    ),
    CountKind.BULLETS: Label(Group.DROPPED, lambda n: counted_message("{n:,} bullet", "{n:,} bullets", n)),
    CountKind.CHARACTERS_DECODED_TWICE: Label(
        Group.MENDED, lambda n: counted_message("{n:,} garbled character", "{n:,} garbled characters", n)
    ),
    CountKind.CONTENTS_LINES: Label(
        Group.FOUND, lambda n: counted_message("{n:,} line of contents", "{n:,} lines of contents", n)
    ),
    CountKind.CONTROL_CHARACTERS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} control character", "{n:,} control characters", n)
    ),
    CountKind.CONVERTED: Label(
        Group.REBUILT, lambda n: counted_message("{n:,} file by LibreOffice", "{n:,} files by LibreOffice", n)
    ),
    CountKind.DAMAGED_PAGES: Label(
        Group.LEFT_OUT, lambda n: counted_message("{n:,} damaged page", "{n:,} damaged pages", n)
    ),
    CountKind.DELETED_REVISIONS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} deleted revision", "{n:,} deleted revisions", n)
    ),
    CountKind.DOUBLED_LETTERS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} letter printed twice", "{n:,} letters printed twice", n)
    ),
    CountKind.EMBEDDED_DOCUMENTS: Label(
        Group.LEFT_OUT, lambda n: counted_message("{n:,} embedded document", "{n:,} embedded documents", n)
    ),
    CountKind.ENTITIES_DECODED: Label(
        Group.MENDED, lambda n: counted_message("{n:,} character of web pages", "{n:,} characters of web pages", n)
    ),
    CountKind.ESCAPES_DECODED: Label(
        Group.MENDED, lambda n: counted_message("{n:,} escaped character", "{n:,} escaped characters", n)
    ),
    CountKind.FRONT_MATTER: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} block of front matter", "{n:,} blocks of front matter", n)
    ),
    CountKind.HIDDEN_SHEETS: Label(
        Group.LEFT_OUT, lambda n: counted_message("{n:,} hidden sheet", "{n:,} hidden sheets", n)
    ),
    CountKind.HIDDEN_TEXT: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} piece of hidden text", "{n:,} pieces of hidden text", n)
    ),
    CountKind.LINES_CUT: Label(
        Group.MENDED, lambda n: counted_message("{n:,} missing line end", "{n:,} missing line ends", n)
    ),
    CountKind.LINES_JOINED: Label(
        Group.JOINED, lambda n: counted_message("{n:,} broken line", "{n:,} broken lines", n)
    ),
    CountKind.LINES_SET_APART: Label(
        Group.MENDED,
        lambda n: counted_message(
            "{n:,} line with blanks between its letters", "{n:,} lines with blanks between their letters", n
        ),
    ),
    CountKind.LINES_STRUCK_TWICE: Label(
        Group.MENDED, lambda n: counted_message("{n:,} line struck twice", "{n:,} lines struck twice", n)
    ),
    CountKind.MARKED_LINE_ENDS: Label(
        Group.MENDED, lambda n: counted_message("{n:,} mark for a line end", "{n:,} marks for line ends", n)
    ),
    CountKind.MARKUP: Label(Group.DROPPED, lambda n: counted_message("{n:,} piece of HTML", "{n:,} pieces of HTML", n)),
    CountKind.NOTES: Label(
        Group.FOUND, lambda n: counted_message("{n:,} footnote or endnote", "{n:,} footnotes and endnotes", n)
    ),
    CountKind.NUL_CHARACTERS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} NUL character", "{n:,} NUL characters", n)
    ),
    CountKind.OCR_LINES: Label(
        Group.SCANS, lambda n: counted_message("{n:,} recognized line", "{n:,} recognized lines", n)
    ),
    CountKind.OCR_PAGES: Label(
        Group.SCANS, lambda n: counted_message("{n:,} recognized page", "{n:,} recognized pages", n)
    ),
    CountKind.OTHER_SHEETS: Label(
        Group.LEFT_OUT,
        lambda n: counted_message("{n:,} sheet without a column of texts", "{n:,} sheets without a column of texts", n),
    ),
    CountKind.PAGE_NUMBERS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} page number", "{n:,} page numbers", n)
    ),
    CountKind.PLACEHOLDERS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} empty form field", "{n:,} empty form fields", n)
    ),
    CountKind.PRIVATE_USE_BLANKS: Label(
        Group.MENDED, lambda n: counted_message("{n:,} unknown blank", "{n:,} unknown blanks", n)
    ),
    CountKind.RUNNING_HEADS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} running head", "{n:,} running heads", n)
    ),
    CountKind.SCANNED_PAGES: Label(
        Group.SCANS, lambda n: counted_message("{n:,} page without text", "{n:,} pages without text", n)
    ),
    CountKind.TABLE_ROWS: Label(
        Group.FOUND, lambda n: counted_message("{n:,} row of tables", "{n:,} rows of tables", n)
    ),
    CountKind.TEXT_BOXES: Label(Group.FOUND, lambda n: counted_message("{n:,} text box", "{n:,} text boxes", n)),
    CountKind.TITLE_LINES_JOINED: Label(
        Group.JOINED, lambda n: counted_message("{n:,} line of a title", "{n:,} lines of titles", n)
    ),
    CountKind.TITLE_ROWS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} row above the header", "{n:,} rows above the header", n)
    ),
    CountKind.WATERMARKS: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} line of watermarks", "{n:,} lines of watermarks", n)
    ),
    CountKind.WEB_FURNITURE: Label(
        Group.DROPPED, lambda n: counted_message("{n:,} line around the article", "{n:,} lines around the article", n)
    ),
}


def format_label(name: str) -> str:
    """Return what people call a format."""
    return message("text") if name == PLAIN_TEXT.name else format_name_words(name)
