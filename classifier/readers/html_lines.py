"""The elements of a web page's article to lines, as a browser breaks them."""

import re
from collections import Counter
from typing import NamedTuple

from lxml import etree

from classifier.readers.docx_numerals import with_number
from classifier.readers.encoding import PRIVATE_BLANKS
from classifier.readers.html_lists import ListCounter
from classifier.readers.html_styles import PageStyles, Style, in_characters
from classifier.readers.html_tables import WebTable
from classifier.readers.lines import CountKind, Place, RawLine

_BLOCKS = (
    "html body p div li ul ol dl dt dd table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 section article"
    " hgroup header main nav form fieldset legend blockquote center pre listing xmp plaintext address figure figcaption"
    " hr details summary dir"
)
BLOCK_TAGS = frozenset(_BLOCKS.split())
_PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
_BLOCK_DISPLAYS = frozenset({"block", "flex", "grid", "list-item", "table"})
_BOLD_TAGS = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_BOLD_WEIGHTS = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_WIDE = "\u2014\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uff01-\uff60"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_WRAP_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{_WIDE}])")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad \xa0\u3000"
_PRIVATE_BLANK = re.compile(f"[{PRIVATE_BLANKS}]")
_SYMBOL_FONTS = ("wingdings", "symbol")


class _Look(NamedTuple):
    """How text looks at a place: what an element takes over from those that it is in.

    level: of the heading that it is in. indent: of the first line, in characters.
    """

    bold: bool = False
    centered: bool = False
    indent: float | None = None
    level: int | None = None
    place: Place = Place.BODY
    preformatted: bool = False


class WebLineReader:
    """Reads the lines of elements, one after the other. breaks: how many lines were ended by <br> or within <pre>."""

    def __init__(self, styles: PageStyles, counts: Counter[CountKind]) -> None:
        """Begin a page; what is counted goes into `counts`: automatic_numbers, bullets, table_rows, notes."""
        self.styles, self.counts = styles, counts
        self.breaks = 0
        self.lines: list[RawLine] = []
        self.tables: list[WebTable] = []
        self.lists: list[ListCounter] = []
        self.number = ""  # of a list, for the next line
        self.bullet = False  # whether the next line has one, which is not read
        self.number_parts: list[str] | None = None  # what was read before a number that Word has written out
        self.parts: list[str] = []  # of the line that is being read
        self.characters = self.bold_characters = 0
        self.look = _Look()  # of the block that the line is in

    def read(self, root: etree._Element) -> list[RawLine]:
        """Return the lines of an element; their numbers are 0."""
        found: list[RawLine] = []
        self.lines = found
        inside: list[tuple[_Look, Style]] = [(_Look(), {})]
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                style = self.styles.of(element)
                look = _look_of(element, style, inside[-1][0])
                inside.append((look, style))
                self._start(element, style, look)
                self._add(element.text, look)
            else:
                _, style = inside.pop()
                look = inside[-1][0]
                self._end(element, style, look)
                if element is not root:
                    self._add(element.tail, look)
        self._flush()
        while self.tables:
            self._close_table()
        return found

    def _start(self, element: etree._Element, style: Style, look: _Look) -> None:
        tag = element.tag
        if _is_block(tag, style):
            self._flush()
            self.look = look
        if tag == "br":
            self.breaks += self._flush()
            self.look = self.look._replace(indent=None)
        elif tag in ("ol", "ul", "menu", "dir"):
            self.lists.append(ListCounter(element, style))
        elif tag == "li" and self.lists:
            self.number = self.lists[-1].number(element, style)
            self.bullet = not self.number
        elif tag == "table":
            self.tables.append(WebTable(self.lines))
        elif tag == "tr" and self.tables:
            self.tables[-1].row()
        elif tag in ("td", "th") and self.tables:
            self.lines = self.tables[-1].cell(element)
        elif style.get("mso-list") == "ignore":
            self.number_parts, self.parts = self.parts, []
        elif style.get("mso-element") in ("footnote", "endnote"):
            self.counts[CountKind.NOTES] += 1

    def _end(self, element: etree._Element, style: Style, outer: _Look) -> None:
        tag = element.tag
        if self.number_parts is not None and style.get("mso-list") == "ignore":
            self._word_number(element)
        if _is_block(tag, style):
            self._flush()
            self.look = outer
        if tag in ("ol", "ul", "menu", "dir") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.number, self.bullet = "", False
        elif tag in ("td", "th") and self.tables:
            self.lines = self.tables[-1].outside
        elif tag == "table" and self.tables:
            self._close_table()

    def _close_table(self) -> None:
        table = self.tables.pop()
        self.lines = table.outside
        lines = table.lines()
        self.counts[CountKind.TABLE_ROWS] += sum(line.place is Place.TABLE for line in lines)
        self.lines += lines

    def _word_number(self, element: etree._Element) -> None:
        """Take what was read since Word's number of a list began for that number; its signs of bullets go."""
        sign = "".join("".join(self.parts).split())
        self.parts, self.number_parts = self.number_parts or [], None
        symbol = any(font in (part.get("style") or "").lower() for part in element.iter() for font in _SYMBOL_FONTS)
        if symbol or not any(c.isalnum() for c in sign):
            self.counts[CountKind.BULLETS] += 1
        else:
            self.number = f"{sign} "

    def _add(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        if look.preformatted and "\n" in text:
            *ended, text = text.split("\n")
            for line in ended:
                self._piece(line, look)
                self.breaks += self._flush()
        self._piece(text, look)

    def _piece(self, text: str, look: _Look) -> None:
        self.parts.append(text)
        characters = len("".join(text.split()))
        self.characters += characters
        if look.bold:
            self.bold_characters += characters

    def _flush(self) -> bool:
        """End the line that is being read; return whether it had text."""
        raw, self.parts = "".join(self.parts), []
        bold = self.bold_characters >= self.characters
        self.characters = self.bold_characters = 0
        if not raw or not raw.strip(_INVISIBLE + "\t\n\r\f"):
            return False
        raw = _SPACES.sub(" ", _WRAP_IN_CHINESE.sub("", _PRIVATE_BLANK.sub("\u3000", raw))).strip(" ")
        text = raw.replace("\xa0", " ").strip()
        blanks = raw[: len(raw) - len(raw.lstrip())]
        typed = sum(1.0 if blank in "\u3000\u2003" else 0.5 for blank in blanks)
        self.counts[CountKind.AUTOMATIC_NUMBERS] += bool(self.number)
        self.counts[CountKind.BULLETS] += self.bullet
        self.bullet = False
        look = self.look
        self.lines.append(
            RawLine(
                with_number(self.number, text),
                0,
                look.place,
                level=look.level if look.place is Place.BODY else None,
                indent=(look.indent or 0.0) + typed,
                bold=bold,
                centered=look.centered,
            )
        )
        self.number = ""
        return True


def _is_block(tag: str, style: Style) -> bool:
    return tag in BLOCK_TAGS or style.get("display") in _BLOCK_DISPLAYS


def _look_of(element: etree._Element, style: Style, outer: _Look) -> _Look:
    tag = str(element.tag)
    bold, centered, indent, level, place, preformatted = outer
    weight = style.get("font-weight")
    if tag in _BOLD_TAGS or weight in _BOLD_WEIGHTS:
        bold = True
    if weight in ("normal", "400"):
        bold = False
    align = style.get("text-align") or (element.get("align") or "").lower()
    if align or tag == "center":
        centered = align == "center" or tag == "center"
    if "text-indent" in style:
        indent = in_characters(style["text-indent"])
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        level = int(tag[1])
    if tag in ("caption", "figcaption") or style.get("mso-element") in ("footnote", "endnote"):
        place = Place.NOTE
    if tag in _PREFORMATTED:
        preformatted = True
    if tag in ("td", "th"):
        level = None
    if not (style or element.attrib) and (bold, level, place, preformatted) == (
        outer.bold,
        outer.level,
        outer.place,
        outer.preformatted,
    ):
        return outer if tag != "center" else outer._replace(centered=True)
    return _Look(bold, centered, indent, level, place, preformatted)
