"""Parse lines into paragraphs: each line with text becomes one, with its kind, headings and sentences."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from classifier.documents import line_kinds, numbering, official_marks
from classifier.documents.normalize import Folded, fold, fold_lines, is_normalized, normalize
from classifier.documents.numbering import Level, Numbering
from classifier.documents.outline import Outline
from classifier.documents.pattern_text import pattern_text
from classifier.documents.sentences import ends_in_heading, split_sentences
from classifier.documents.table_rows import TABLE_RULES, is_row, row_cells
from classifier.readers.lines import Place, RawLine
from classifier.readers.text import text_lines
from classifier.records import Kind, Paragraph, Sentence

_LONGEST_LEAD = 60  # characters of a paragraph's first sentence that heads what follows
_MOST_FRONT_LINES = 16  # before the salutation
_LONGEST_FRONT_LINE = 90  # characters
_MOST_OFFICES = 5  # that sign one document
_FARTHEST_HEADING = 2000  # lines behind its line in the table of contents
_STYLE_LEVELS = (Level.SECTION, Level.SUBSECTION, Level.NUMBER, Level.ITEM_NUMBER)  # of heading styles 1, 2, …


class _Line(NamedTuple):
    """A line with text: as its reader gave it, its stripped raw text, and that text folded.

    text: what `pattern_text` makes of that, for the patterns of kinds. numbering: what it begins with.
    """

    source: RawLine
    raw: str
    folded: Folded
    text: str
    numbering: Numbering | None


def parse_paragraphs(text: str, place: str = "-") -> tuple[Paragraph, ...]:
    """Return the paragraphs of a report, one for each line with text, in order. place: what messages call it."""
    return parse_lines(text_lines(text, place))


def parse_lines(lines: Sequence[RawLine], chinese: bool = True) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a report, one for each line with text, in order; hints of a format come before rules.

    chinese: whether it has Chinese text; the paragraphs of one that has none have no kinds but paragraph and other.
    """
    return tuple(_StructureParser(_folded_lines(lines), chinese=chinese).parse())


def single_paragraph(text: str) -> Paragraph:
    """Return a text as one paragraph, however many lines it has, without a report around it."""
    raw = text.strip()
    line = _line(RawLine(raw, 1), raw, fold(raw.replace("\r", " ").replace("\n", " ")))
    return next(iter(_StructureParser([line], alone=True).parse()))


def _folded_lines(lines: Sequence[RawLine]) -> list[_Line]:
    found = [(line, stripped) for line in lines if (stripped := line.text.strip())]
    folded = fold_lines([raw for _, raw in found])
    return [_line(line, raw, f) for (line, raw), f in zip(found, folded, strict=True)]


def _line(source: RawLine, raw: str, folded: Folded) -> _Line:
    text = pattern_text(folded.text)
    return _Line(source, raw, folded, text, numbering.numbering_of(text))


class _StructureParser:
    """Parses lines in order.

    It remembers the open headings, and whether it is in the front matter, in the glossary or in a list.
    alone: the only line is no report but a paragraph by itself. chinese: whether any line has Chinese.
    """

    def __init__(self, lines: list[_Line], alone: bool = False, chinese: bool = True) -> None:
        self.lines = lines
        self.chinese = chinese
        self.alone = alone
        self.position = 0  # of the line that is parsed
        self.outline = Outline()
        self.front_end = 0 if alone else _front_end(lines)
        self.in_front = not alone
        self.in_glossary = False
        self.previous_open = False  # whether the last line broke off in mid-sentence
        self.list_level: Level | None = None  # of the last line's numbering, if that was a paragraph
        self.issued: str | None = None  # the name of what a notice issues
        self.after_end = False  # whether the last line ended a notice, so that what it issues may begin
        self.in_attachments = False  # whether the last line was of the list of attachments
        self.in_contents = False  # whether the last line was of the table of contents
        self.row_cells = 0  # of the last line, if that was a row of a table
        self.has_nested_sections = False  # whether paragraphs below a heading are numbered as sections are
        self.in_list = False  # whether the last line ended as an item of a list does, in ; or ,
        self.has_sections = any(_is_section(line) for line in lines)

    def parse(self) -> Iterator[Paragraph]:
        for i, line in enumerate(self.lines):
            self.position = i
            after = self.lines[i + 1] if i + 1 < len(self.lines) else None
            following = after.text if after else ""
            row = self.chinese and (" " in line.text or line.text.startswith(TABLE_RULES)) and self._is_row(line, after)
            if not row:
                self.row_cells = 0
            if i < self.front_end:
                kind, level = self._front(line)
            elif row:
                kind, level = Kind.OTHER, None
            elif not self.chinese:
                kind, level = (Kind.PARAGRAPH if line_kinds.has_letters(line.text) else Kind.OTHER), None
            elif len(line.text) > line_kinds.LONGEST_OTHER and not self.alone:
                kind, level = self._classify_long(line), None
            else:
                kind, level = self._classify(line, following)
            sentences = split_sentences(line.folded.text)
            glued = ends_in_heading(sentences, following)
            if kind is Kind.TITLE:
                self._begin_anew(line)
            elif kind is Kind.PARAGRAPH:
                self._end_siblings(line)
            above = self.outline.above()
            if kind is Kind.HEADING and level is not None:
                self.outline.open(self._depth(level), line.raw)
                self.has_nested_sections = False
                above = self.outline.above()[:-1]
            elif kind is Kind.PARAGRAPH:
                self._open_headings_inside(line, sentences, glued)
            self._remember(line, kind)
            placed = _in_raw_text(line, sentences, glued)
            source = line.source
            yield Paragraph(i + 1, source.number, kind, above, line.raw, placed, source.page, None, source.recognized)

    def _is_row(self, line: _Line, after: _Line | None) -> bool:
        """Whether a line is a row of a table in plain text; its number of cells is remembered for the next one."""
        row = not self.alone and is_row(line.folded.text, self.row_cells, after.folded.text if after else "")
        if row:
            self.row_cells = len(row_cells(line.folded.text))
        return row

    def _front(self, line: _Line) -> tuple[Kind, Level | None]:
        """Return the kind of a line before the salutation: a title or no text."""
        can_be = line.source.place is Place.BODY and not line_kinds.is_other(line.text)
        is_title = can_be and (line.source.level == 0 or line_kinds.is_title(line.text))
        return (Kind.TITLE if is_title else Kind.OTHER), None

    def _classify(self, line: _Line, following: str) -> tuple[Kind, Level | None]:
        text, own = line.text, line.numbering
        if line.source.place is not Place.BODY or self._is_official_mark(line) or self._is_of_contents(line):
            return Kind.OTHER, None
        if line_kinds.is_salutation(text):
            self.in_front = self.in_glossary = False
            return Kind.SALUTATION, None
        if line_kinds.is_glossary(text):
            self.in_glossary = True
            return Kind.OTHER, None
        if line.source.level == 0 or self._is_issued_title(text) or self._is_title(text, following):
            self.in_glossary = False
            return Kind.TITLE, None
        if own and own.level <= Level.SUBSECTION:
            self.in_glossary = False
        if (
            self.in_glossary
            or line_kinds.is_other(text)
            or (self.in_front and own is None and line_kinds.is_speaker(text))
        ):
            return Kind.OTHER, None
        self.in_front = False
        level = _styled_level(line)
        if level is None:
            level = line_kinds.heading_level(text, following)
            if self._continues(own, level):
                level = None
        return (Kind.HEADING if level is not None else Kind.PARAGRAPH), level

    def _classify_long(self, line: _Line) -> Kind:
        """Return the kind of a line that is longer than all but paragraphs and notes are."""
        if line.numbering and line.numbering.level <= Level.SUBSECTION:
            self.in_glossary = False
        self.in_attachments = self.in_contents = False
        marked = line.source.place is not Place.BODY or official_marks.is_official_mark(line.text)
        if marked or self.in_glossary or line_kinds.is_other(line.text):
            return Kind.OTHER
        self.in_front = False
        return Kind.PARAGRAPH

    def _continues(self, own: Numbering | None, level: Level | None) -> bool:
        """Whether a line that looks like a heading goes on with the last line's sentence or list.

        The same numbering as the last paragraph's is enough from 1. on; 一、 and (一) also need its end in ; or ,
        """
        if own is None:
            return level == Level.UNNUMBERED and self.previous_open
        return own.level == self.list_level and (self.in_list or own.level >= Level.NUMBER)

    def _is_title(self, text: str, following: str) -> bool:
        if self.alone or not line_kinds.could_be_title(text) or line_kinds.is_other(text):
            return False
        if not line_kinds.is_title(text):
            return self.in_front and official_marks.is_front_title(text)
        return self.in_front or line_kinds.is_salutation(following) or line_kinds.is_publication(following)

    def _is_issued_title(self, text: str) -> bool:
        return not self.alone and (text == self.issued or (self.after_end and official_marks.is_issued_title(text)))

    def _is_official_mark(self, line: _Line) -> bool:
        """Whether a line is about the document: its number, addressees, signature, copies or list of attachments."""
        if self.alone:
            return False
        text = line.text
        following = (later.text for later in self.lines[self.position + 1 : self.position + 1 + _MOST_OFFICES])
        self.in_attachments = (self.in_attachments and official_marks.is_attachment(text)) or (
            text[:1] == "附" and official_marks.opens_attachments(text)
        )
        return (
            self.in_attachments or official_marks.is_official_mark(text) or official_marks.is_signature(text, following)
        )

    def _is_of_contents(self, line: _Line) -> bool:
        """Whether a line below 目录 has a page number, or comes again as a heading of the text."""
        if line_kinds.opens_contents(line.text):
            self.in_contents = True
        elif self.in_contents:
            name = line_kinds.without_page(line.text)
            later = (other.text for other in self.lines[self.position + 1 : self.position + _FARTHEST_HEADING])
            self.in_contents = name != line.text or any(text.startswith(name) for text in later)
        return self.in_contents

    def _depth(self, level: Level) -> Level:
        """Return a heading's level in the outline: an unnumbered one is a section if the report numbers no sections."""
        return Level.SECTION if level is Level.UNNUMBERED and not self.has_sections else level

    def _begin_anew(self, line: _Line) -> None:
        """Forget the headings and lists before a title, and remember what it says is issued below."""
        self.outline.close()
        self.has_nested_sections = False
        self.issued = official_marks.issued_name(line.text) or self.issued

    def _end_siblings(self, line: _Line) -> None:
        """End the headings that a numbered paragraph stands beside, not below; a list is below what it is in."""
        own = line.numbering
        if own is None or self._is_list_item(line, own):
            return
        if self._restarts(own):
            self.has_nested_sections = True
        if own.level is Level.SECTION and self.has_nested_sections:
            return
        if own.level <= Level.SUBSECTION:
            self.outline.end(own.level)
        else:
            self.outline.end_numbered(own.level)

    def _is_list_item(self, line: _Line, own: Numbering) -> bool:
        """Whether a numbered paragraph is the first item of a list, which ends in ; or , or a later one."""
        if self.in_list and own.level == self.list_level:
            return True
        return line.text.endswith((";", ",")) and numbering.is_first(own)

    def _restarts(self, own: Numbering) -> bool:
        """Whether sections are counted from 一、 again below a heading that is itself in a section."""
        innermost = self.outline.innermost()
        below = innermost is not None and innermost > own.level
        return own.level is Level.SECTION and below and self.outline.has(own.level) and numbering.is_first(own)

    def _open_headings_inside(self, line: _Line, sentences: list[Sentence], glued: bool) -> None:
        """Open the headings within a paragraph: the first sentence after numbering, and a heading glued to the end."""
        own = line.numbering
        if own and own.level <= Level.NUMBER and not (self.in_list and own.level == self.list_level):
            lead = _raw_text(line, sentences[0])
            if len(lead) <= _LONGEST_LEAD and not lead.endswith((";", "；", ",", "，")):
                self.outline.open(own.level, lead)
                self.has_nested_sections = False
        if glued and (tail := numbering.numbering_of(sentences[-1].normalized)):
            self.outline.open(tail.level, _raw_text(line, sentences[-1]))

    def _remember(self, line: _Line, kind: Kind) -> None:
        paragraph = kind is Kind.PARAGRAPH
        self.after_end = kind is Kind.OTHER and (
            official_marks.ends_document(line.text) or (self.after_end and line_kinds.is_publication(line.text))
        )
        self.previous_open = paragraph and not line_kinds.is_whole(line.text)
        self.list_level = line.numbering.level if line.numbering and paragraph else None
        self.in_list = paragraph and line.text.endswith((";", ","))


def _is_section(line: _Line) -> bool:
    """Whether a line is a section or chapter by its numbering or its style."""
    return line.source.level == 1 or (line.numbering is not None and line.numbering.level <= Level.SECTION)


def _styled_level(line: _Line) -> Level | None:
    """Return the level of a line that a heading style marks; None for text, however it is styled, that is too long."""
    style = line.source.level
    if style is None or style == 0 or len(line.text) > line_kinds.LONGEST_HEADING:
        return None
    return line.numbering.level if line.numbering else _STYLE_LEVELS[min(style, len(_STYLE_LEVELS)) - 1]


def _front_end(lines: list[_Line]) -> int:
    """Return how many lines stand before the salutation, if all of them can be front matter; else 0."""
    for i, line in enumerate(lines[:_MOST_FRONT_LINES]):
        if line_kinds.is_salutation(line.text):
            return i
        if len(line.text) > _LONGEST_FRONT_LINE or line.text.endswith(("。", ";")) or line.numbering:
            return 0
    return 0


def _raw_text(line: _Line, sentence: Sentence) -> str:
    return line.raw[line.folded.raw(sentence.start) : line.folded.raw(sentence.end)].strip()


def _in_raw_text(line: _Line, sentences: list[Sentence], glued: bool) -> tuple[Sentence, ...]:
    """Return the sentences of a line normalized, with their places in its raw text.

    glued: the last one is the next line's heading; it keeps its place, and nothing of it is counted.
    """
    folded = line.folded
    if glued:
        sentences[-1] = sentences[-1]._replace(normalized="", item=None)
    if not is_normalized(folded.text):
        sentences = [Sentence(start, end, normalize(text), item) for start, end, text, item in sentences]
    if folded.offsets is not None:
        sentences = [s._replace(start=folded.raw(s.start), end=folded.raw(s.end)) for s in sentences]
    return tuple(sentences)
