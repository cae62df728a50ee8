"""The runs of a Word paragraph to its lines of text, without what Word does not show of them."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from lxml import etree

from classifier.readers.docx_drawings import ALTERNATE, chosen_branch, text_boxes
from classifier.readers.docx_fields import FIELD_MARK, OpenFields
from classifier.readers.docx_math import FORMULAS, formula_text
from classifier.readers.docx_styles import CharacterLook, WordStyles
from classifier.readers.docx_symbols import has_symbols, symbol_character
from classifier.readers.docx_xml import element_at, is_on, word_name
from classifier.readers.lines import CountKind

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIVATE_SIGN = re.compile("[\uf020-\uf0ff]")  # a character of a symbol font
_LINE_ENDS = str.maketrans("\r\n\t", "   ")

_T, _RPR, _RUN = word_name("w:t"), word_name("w:rPr"), word_name("w:r")
_SDT, _SDT_CONTENT, _SDT_PR, _PLACEHOLDER = (
    word_name(f"w:{n}") for n in ("sdt", "sdtContent", "sdtPr", "showingPlcHdr")
)
_ID = word_name("w:id")
_CUSTOM_MARK = word_name("w:customMarkFollows")

# What only wraps runs: inserted and moved text, links, and the like.
_WRAP_NAMES = (
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "customXml",
    "fldSimple",
    "dir",
    "bdo",
    "sdtContent",
    "rubyBase",
)
_WRAPS = {word_name(f"w:{n}") for n in _WRAP_NAMES}
_DELETED = {word_name("w:del"), word_name("w:moveFrom")}
_BREAKS = {word_name("w:br"), word_name("w:cr")}
_SIGNS = {word_name("w:tab"): "\t", word_name("w:ptab"): "\t", word_name("w:noBreakHyphen"): "-"}
_DRAWINGS = {word_name(f"w:{n}") for n in ("drawing", "pict", "object")}
_SYM, _RUBY, _RUBY_BASE = word_name("w:sym"), word_name("w:ruby"), word_name("w:rubyBase")
_FONTS, _ASCII_FONT = word_name("w:rFonts"), word_name("w:ascii")
_FONT, _CHAR = word_name("w:font"), word_name("w:char")
_PAGE_BREAK = word_name("w:lastRenderedPageBreak")
_NOTE_KINDS = {word_name("w:footnoteReference"): "footnotes", word_name("w:endnoteReference"): "endnotes"}

BoxReader = Callable[[etree._Element | str], None]


class LineOfText:
    """A line of a paragraph as it grows: its text, how many of its characters are bold, their sizes and its page."""

    __slots__ = ("bold", "characters", "page", "parts", "sizes")

    def __init__(self) -> None:
        """Begin an empty line."""
        self.parts: list[str] = []
        self.characters = self.bold = 0
        self.sizes: dict[float, int] = {}
        self.page = 0

    def add(self, text: str, look: CharacterLook, page: int) -> None:
        """Put text behind what is there."""
        self.parts.append(text)
        if count := len(text.strip()):
            self.page = self.page or page
            self.characters += count
            self.bold += count if look.bold else 0
            if look.size is not None:
                self.sizes[look.size] = self.sizes.get(look.size, 0) + count


class NoteReference(NamedTuple):
    """A footnote or endnote that the text refers to: the name of its part, and its id there."""

    part: str
    id: str


class RunReader:
    """Reads the runs of one text in order; knows how deep it is in fields, and on which page.

    read_box: called with each text box as it is met, or with the text of a drawn word.
    """

    def __init__(self, styles: WordStyles, counts: Counter[CountKind], read_box: BoxReader) -> None:
        """Begin a text; what is counted goes into `counts`."""
        self.styles, self.counts, self.read_box = styles, counts, read_box
        self.notes: dict[NoteReference, None] = {}  # in the order of the text
        self.page = 1
        self.page_breaks = 0
        self.fields: OpenFields | None = None
        self.lines = [LineOfText()]
        self.has_text = False
        self.look = CharacterLook()

    def enter(self, parent: etree._Element) -> tuple[Any, ...]:
        """Begin a text within the text, such as that of a cell; return what `leave` needs to go back."""
        outer = self.fields, self.lines, self.has_text, self.look
        self.fields = OpenFields(parent)
        return outer

    def leave(self, outer: tuple[Any, ...]) -> None:
        """Go on where the text was before `enter`."""
        self.fields, self.lines, self.has_text, self.look = outer

    def start(self) -> None:
        """Begin the text of a paragraph."""
        self.lines, self.has_text = [LineOfText()], False

    def read(self, paragraph: etree._Element, look: CharacterLook) -> None:
        """Add the text of a paragraph whose style has this look of characters."""
        self.look = look
        self._inside(paragraph)

    def _inside(self, parent: etree._Element) -> None:
        """Read what stands in a paragraph or in what wraps its runs."""
        for node in parent:
            tag = node.tag
            if tag == _RUN:
                self._run(node)
            elif tag in _WRAPS:
                self._inside(node)
            elif tag in _DELETED:
                self.counts[CountKind.DELETED_REVISIONS] += 1
            elif tag == _SDT:
                self._control(node)
            elif tag in FORMULAS:
                self._add(formula_text(node), self.look)
            elif tag == ALTERNATE and (branch := chosen_branch(node)) is not None:
                self._inside(branch)

    def _control(self, sdt: etree._Element) -> None:
        if is_placeholder(sdt):
            self.counts[CountKind.PLACEHOLDERS] += 1
        elif (content := sdt.find(_SDT_CONTENT)) is not None:
            self._inside(content)

    def _run(self, run: etree._Element) -> None:
        rpr = run.find(_RPR)
        look = self.look if rpr is None else self.styles.run(rpr, self.look)
        if look.hidden:
            self.counts[CountKind.HIDDEN_TEXT] += any(node.tag == _T for node in run)
        self._pieces(run, look)

    def _pieces(self, run: etree._Element, look: CharacterLook) -> None:
        """Read what stands in a run."""
        for node in run:
            tag = node.tag
            if tag == FIELD_MARK:
                if self.fields is not None:
                    self.fields.read(node)
            elif tag == _PAGE_BREAK:
                self.page += 1
                self.page_breaks += 1
            elif tag in _NOTE_KINDS and not look.hidden:
                self.notes.setdefault(NoteReference(_NOTE_KINDS[tag], node.get(_ID) or ""))
                if is_attribute_on(node.get(_CUSTOM_MARK)):
                    return  # what follows in the run is the mark itself
            elif not look.hidden and not self._in_code():
                self._shown(node, str(tag), look)

    def _shown(self, node: etree._Element, tag: str, look: CharacterLook) -> None:
        """Read a piece of a run that is shown."""
        if tag == _T:
            text = node.text or ""
            if node.get(_SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            self._add(_with_symbols(text.translate(_LINE_ENDS), node), look)
        elif tag in _SIGNS:
            self._add(_SIGNS[tag], look)
        elif tag in _BREAKS:
            if self.lines[-1].parts:
                self.lines.append(LineOfText())
        elif tag in _DRAWINGS:
            for box in text_boxes(node):
                self.read_box(box)
        elif tag == ALTERNATE:
            if (branch := chosen_branch(node)) is not None:
                self._pieces(branch, look)
        elif tag == _SYM:
            self._add(symbol_character(node.get(_FONT) or "", node.get(_CHAR) or ""), look)
        elif tag == _RUBY and (base := node.find(_RUBY_BASE)) is not None:
            self._inside(base)

    def _in_code(self) -> bool:
        return self.fields is not None and self.fields.codes > 0

    def _add(self, text: str, look: CharacterLook) -> None:
        if text and not self._in_code():
            self.lines[-1].add(text, look, self.page)
            self.has_text = self.has_text or not text.isspace()


def _with_symbols(text: str, node: etree._Element) -> str:
    """Return the text of a `w:t` with the characters of symbol fonts as what they look like."""
    if not _PRIVATE_SIGN.search(text):
        return text
    fonts = element_at(node.getparent(), _RPR, _FONTS)
    font = "" if fonts is None else fonts.get(_ASCII_FONT) or ""
    return _PRIVATE_SIGN.sub(lambda m: symbol_character(font, f"{ord(m[0]):X}"), text) if has_symbols(font) else text


def is_attribute_on(text: str | None) -> bool:
    """Whether an attribute is on."""
    return (text or "0").lower() in ("1", "true", "on")


def is_placeholder(sdt: etree._Element) -> bool:
    """Whether a content control shows nothing but the hint what to type there."""
    properties = sdt.find(_SDT_PR)
    return properties is not None and bool(is_on(properties, _PLACEHOLDER))
