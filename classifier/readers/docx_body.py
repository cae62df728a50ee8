"""The paragraphs, tables and text boxes of a Word text to lines, in the order in which they are read."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from classifier.readers.docx_drawings import ALTERNATE, chosen_branch
from classifier.readers.docx_numbering import NumberCounters, NumberedList
from classifier.readers.docx_runs import LineOfText, RunReader, is_placeholder
from classifier.readers.docx_styles import ParagraphLook, WordStyles, first_line_indent
from classifier.readers.docx_tables import lines_of_table
from classifier.readers.docx_xml import element_at, is_on, word_name
from classifier.readers.lines import CountKind, Place, RawLine

DEEPEST_TABLES = 40  # tables and text boxes within each other

_P, _PPR, _RPR, _TBL, _TR, _TC = (word_name(f"w:{n}") for n in ("p", "pPr", "rPr", "tbl", "tr", "tc"))
_SDT, _SDT_CONTENT, _VANISH = (word_name(f"w:{n}") for n in ("sdt", "sdtContent", "vanish"))
_DELETED = {word_name(f"w:{n}") for n in ("del", "moveFrom")}
_WRAPS = {word_name(f"w:{n}") for n in ("ins", "moveTo", "customXml", "sdtContent")}
_EMBEDDED = {word_name("w:altChunk"), word_name("w:subDoc")}
_TR_PR, _TC_PR, _HIDDEN, _CELL_DELETED = (word_name(f"w:{n}") for n in ("trPr", "tcPr", "hidden", "cellDel"))
_MERGED, _VAL = (word_name("w:vMerge"), word_name("w:hMerge")), word_name("w:val")


class TablesTooDeep(Exception):  # noqa: N818 - it says what happened
    """Tables or text boxes stand within each other deeper than any document needs."""


class WordTextReader:
    """Reads one text of a document (its body, or its notes) with numbers of its own."""

    def __init__(self, styles: WordStyles, lists: dict[str, NumberedList], counts: Counter[CountKind]) -> None:
        """Begin a text; what is counted goes into `counts`."""
        self.styles, self.counts = styles, counts
        self.counters = NumberCounters(lists)
        self.box_counters = NumberCounters(lists)  # text boxes count by themselves, all of them together
        self.runs = RunReader(styles, counts, self._box)
        self.depth = 0
        self.cells = 0  # how many cells of tables it is in
        self.held: tuple[str, ParagraphLook] | None = None  # number and look of a paragraph whose mark is hidden
        self.last = ParagraphLook()  # of the paragraph before
        self.open = False  # whether the paragraph before goes on in the next one
        self.boxes: tuple[list[RawLine], list[RawLine]] = ([], [])  # lines of boxes before and after the text

    def container(self, parent: etree._Element) -> list[RawLine]:
        """Return the lines of a body, a cell, a text box or a note. Raises TablesTooDeep."""
        if self.depth >= DEEPEST_TABLES:
            raise TablesTooDeep
        outer, outer_runs = (self.held, self.open, self.boxes), self.runs.enter(parent)
        self.held, self.open, self.boxes = None, False, ([], [])
        self.depth += 1
        found = [*self._blocks(parent), *self._close()]
        self.depth -= 1
        self.held, self.open, self.boxes = outer
        self.runs.leave(outer_runs)
        return found

    def _blocks(self, parent: etree._Element) -> Iterator[RawLine]:
        for node in parent:
            tag = node.tag
            if tag == _P:
                yield from self._paragraph(node)
            elif tag == _TBL:
                yield from self._close()
                yield from self._table(node)
            elif tag in _WRAPS:
                yield from self._blocks(node)
            elif tag == _SDT:
                if is_placeholder(node):
                    self.counts[CountKind.PLACEHOLDERS] += 1
                elif (content := node.find(_SDT_CONTENT)) is not None:
                    yield from self._blocks(content)
            elif tag == ALTERNATE:
                if (branch := chosen_branch(node)) is not None:
                    yield from self._blocks(branch)
            elif tag in _EMBEDDED:
                self.counts[CountKind.EMBEDDED_DOCUMENTS] += 1

    def _paragraph(self, p: etree._Element) -> list[RawLine]:
        ppr = p.find(_PPR)
        look = self.styles.paragraph(ppr)
        mark = element_at(ppr, _RPR)
        if not self.open:
            self.runs.start()
        deleted = mark is not None and any(node.tag in _DELETED for node in mark)
        hidden = mark is not None and bool(is_on(mark, _VANISH))
        number = "" if deleted or hidden else self._number(look)
        self.runs.read(p, look.characters)
        if deleted or hidden:
            # The next paragraph is shown in the same line; where the mark is only hidden, this one's number is, too.
            if hidden and self.held is None and self.runs.has_text:
                self.held = self._number(look), look
            self.open, self.last = True, look
            return []
        if self.held is not None:
            number, look = self.held
        return self._finished(number, look)

    def _number(self, look: ParagraphLook) -> str:
        if look.numbering is None:
            return ""
        id, at = look.numbering
        level = self.counters.lists[id].levels.get(at)
        self.counts[CountKind.BULLETS] += level is not None and level.number_format == "bullet"
        number = self.counters.number(id, at)
        return number + " " if number and level and level.suffix != "nothing" else number

    def _close(self) -> list[RawLine]:
        """Return the lines of a paragraph whose mark is gone and that no other follows."""
        if not self.open:
            return []
        return self._finished(*(self.held or (self._number(self.last) if self.runs.has_text else "", self.last)))

    def _finished(self, number: str, look: ParagraphLook) -> list[RawLine]:
        before, after = self.boxes
        own = self._lines(number, look)
        self.held, self.open, self.boxes = None, False, ([], [])
        return [*before, *own, *after] if before or after else own

    def _lines(self, number: str, look: ParagraphLook) -> list[RawLine]:
        """Return the lines of the paragraph that was read, the number before the first with text."""
        found = []
        for line in self.runs.lines:
            text = "".join(line.parts)
            if line.characters and not text.isspace():
                found.append(_raw_line(_numbered(number, text), text, line, look))
                self.counts[CountKind.AUTOMATIC_NUMBERS] += bool(number)
                number = ""
        if number.strip() and self.cells and not found:  # a cell may hold nothing else
            found.append(RawLine(number.strip(), 0))
            self.counts[CountKind.AUTOMATIC_NUMBERS] += 1
        if look.contents:
            self.counts[CountKind.CONTENTS_LINES] += len(found)
        return found

    def _box(self, box: etree._Element | str) -> None:
        """Put the lines of a text box before the text of its paragraph, or after it where that has begun."""
        waiting = self.boxes[1 if self.runs.has_text else 0]
        if isinstance(box, str):
            lines = [RawLine(box.strip(), 0)] if box.strip() else []
        else:
            outer, self.counters = self.counters, self.box_counters
            lines = self.container(box)
            self.counters = outer
        self.counts[CountKind.TEXT_BOXES] += bool(lines)
        waiting += lines

    def _table(self, table: etree._Element) -> list[RawLine]:
        self.cells += 1
        rows = [[self._cell(cell) for cell in self._parts(row, _TC)] for row in self._parts(table, _TR)]
        self.cells -= 1
        lines = lines_of_table(rows)
        self.counts[CountKind.TABLE_ROWS] += sum(line.place is Place.TABLE for line in lines)
        return lines

    def _parts(self, parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
        """Yield the rows of a table or the cells of a row, without deleted and hidden ones."""
        for node in parent:
            if node.tag == wanted:
                if any(element_at(node, _TR_PR, name) is not None for name in _DELETED):
                    self.counts[CountKind.DELETED_REVISIONS] += 1
                elif not is_on(element_at(node, _TR_PR), _HIDDEN) and element_at(node, _TC_PR, _CELL_DELETED) is None:
                    yield node
            elif node.tag in _WRAPS:
                yield from self._parts(node, wanted)
            elif node.tag == _SDT and (content := node.find(_SDT_CONTENT)) is not None:
                yield from self._parts(content, wanted)

    def _cell(self, cell: etree._Element) -> list[RawLine]:
        """Return the lines of a cell; one that is merged into the one before or above shows nothing but is counted."""
        for name in _MERGED:
            merged = element_at(cell, _TC_PR, name)
            if merged is not None and (merged.get(_VAL) or "continue") == "continue":
                before = self.counts.copy()
                self.container(cell)
                self.counts.clear()
                self.counts.update(before)
                return []
        return self.container(cell)


def _numbered(number: str, text: str) -> str:
    """Return a text with its number before it: 一、回顾 and ①回顾, but 1 回顾 and 1. 2024年."""
    text, sign = text.strip(), number.strip()
    if not sign or number == sign or _stands_apart(sign[-1], text[:1]):
        return sign + text
    return f"{sign} {text}"


def _stands_apart(end: str, start: str) -> bool:
    """Whether the end of a number and the start of the text behind it need no blank between them."""
    if end in ".,:" and "0" <= start <= "9":  # which would be read as one figure
        return False
    return not end.isalnum() or "①" <= end <= "⓿" or "㈠" <= end <= "㊿"


def _raw_line(text: str, typed: str, line: LineOfText, look: ParagraphLook) -> RawLine:
    size = max(line.sizes, key=lambda s: line.sizes[s]) if line.sizes else None
    typed_indent = sum(1.0 if c == "\u3000" else 0.5 for c in typed[: len(typed) - len(typed.lstrip())] if c != "\t")
    place = Place.TABLE if look.contents else Place.NOTE if look.caption else Place.BODY
    return RawLine(
        text,
        0,
        place,
        line.page,
        look.level,
        first_line_indent(look.indent, size) + typed_indent,
        size,
        line.bold == line.characters,
        look.centered,
    )
