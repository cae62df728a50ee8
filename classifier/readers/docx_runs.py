"""The runs of a Word paragraph to its lines of text, without what Word does not show of them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from classifier.readers.docx_styles import CharacterLook, WordStyles
from classifier.readers.docx_symbols import has_symbols, symbol_character
from classifier.readers.docx_xml import element_at, is_on, word_name

# Text boxes and drawings for Word since 2010 are of names that begin so; what else a choice requires is not known.
_KNOWN_CHOICE = "http://schemas.microsoft.com/office/"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIVATE_SIGN = re.compile("[\uf020-\uf0ff]")  # a character of a symbol font
_LINE_ENDS = str.maketrans("\r\n\t", "   ")

_T, _RPR, _RUN, _FLD_CHAR, _FLD_TYPE = (word_name(f"w:{n}") for n in ("t", "rPr", "r", "fldChar", "fldCharType"))
_SDT, _SDT_CONTENT, _SDT_PR, _PLACEHOLDER = (
    word_name(f"w:{n}") for n in ("sdt", "sdtContent", "sdtPr", "showingPlcHdr")
)
_TXBX, _TEXTPATH, _ID = word_name("w:txbxContent"), word_name("v:textpath"), word_name("w:id")
_CUSTOM_MARK = word_name("w:customMarkFollows")
_ALTERNATE, _CHOICE, _FALLBACK = word_name("mc:AlternateContent"), word_name("mc:Choice"), word_name("mc:Fallback")
_MATH_TEXT, _FRACTION = word_name("m:t"), word_name("m:f")
_MATH_OVER, _MATH_UNDER = word_name("m:num"), word_name("m:den")

# What only wraps runs: inserted and moved text, links, and the like.
_WRAPS = {
    word_name(f"w:{n}")
    for n in (
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
}
_DELETED = {word_name("w:del"), word_name("w:moveFrom")}
_MATH = {word_name("m:oMath"), word_name("m:oMathPara")}
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


class OpenFields:
    """Fields that have begun and not ended, and whether what is read now is the code of one of them."""

    def __init__(self, parent: etree._Element) -> None:
        """Begin what stands below an element; where fields are not whole, code and result cannot be told apart."""
        kinds = Counter(node.get(_FLD_TYPE) for node in parent.iter(_FLD_CHAR))
        self.whole = kinds["begin"] == kinds["end"]
        self.has_result: list[bool] = []  # for each open field, whether its code is over
        self.codes = 0  # how many of them are at their code

    def read(self, kind: str | None) -> None:
        """Go past a mark of a field."""
        if not self.whole:
            return
        if kind == "begin":
            self.has_result.append(False)
            self.codes += 1
        elif kind == "separate" and self.has_result:
            self.codes -= not self.has_result[-1]
            self.has_result[-1] = True
        elif kind == "end" and self.has_result:
            self.codes -= not self.has_result.pop()


class RunReader:
    """Reads the runs of one text in order; knows how deep it is in fields, and on which page.

    read_box: called with each text box as it is met, or with the text of a drawn word.
    """

    def __init__(self, styles: WordStyles, counts: Counter[str], read_box: BoxReader) -> None:
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
                self.counts["deleted_revisions"] += 1
            elif tag == _SDT:
                self._control(node)
            elif tag in _MATH:
                self._add(_math(node), self.look)
            elif tag == _ALTERNATE and (branch := chosen_branch(node)) is not None:
                self._inside(branch)

    def _control(self, sdt: etree._Element) -> None:
        if is_placeholder(sdt):
            self.counts["placeholders"] += 1
        elif (content := sdt.find(_SDT_CONTENT)) is not None:
            self._inside(content)

    def _run(self, run: etree._Element) -> None:
        rpr = run.find(_RPR)
        look = self.look if rpr is None else self.styles.run(rpr, self.look)
        if look.hidden:
            self.counts["hidden_text"] += any(node.tag == _T for node in run)
        self._pieces(run, look)

    def _pieces(self, run: etree._Element, look: CharacterLook) -> None:
        """Read what stands in a run."""
        for node in run:
            tag = node.tag
            if tag == _FLD_CHAR:
                if self.fields is not None:
                    self.fields.read(node.get(_FLD_TYPE))
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
        elif tag == _ALTERNATE:
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


def chosen_branch(alternate: etree._Element) -> etree._Element | None:
    """Return the one branch of alternative contents that has text: a choice that Word knows, or else the fallback."""
    branches = [b for b in alternate.iterfind(_CHOICE) if _is_known(b)]
    branches += alternate.iterfind(_FALLBACK)
    return next((b for b in branches if next(b.iter(_T, _TEXTPATH), None) is not None), None)


def _is_known(choice: etree._Element) -> bool:
    prefixes = (choice.get("Requires") or "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_KNOWN_CHOICE) for prefix in prefixes)


def text_boxes(drawing: etree._Element) -> Iterator[etree._Element | str]:
    """Yield the text boxes of a drawing, each once, and the text of drawn words."""
    waiting = [drawing]
    while waiting:
        node = waiting.pop()
        if node.tag == _TXBX:
            yield node
        elif node.tag == _ALTERNATE:
            branch = chosen_branch(node)
            waiting.extend([] if branch is None else [branch])
        elif node.tag == _TEXTPATH:
            yield node.get("string") or ""
        else:
            waiting.extend(reversed(node))


def _math(node: etree._Element) -> str:
    """Return the text of a formula in one line: a fraction as 1/2."""
    if node.tag == _MATH_TEXT:
        return node.text or ""
    if node.tag in _DELETED or str(node.tag).endswith("Pr"):
        return ""
    if node.tag == _FRACTION:
        over, under = node.find(_MATH_OVER), node.find(_MATH_UNDER)
        if over is not None and under is not None:
            return f"{_math(over)}/{_math(under)}"
    return "".join(map(_math, node))
