"""Pages of characters to the lines of a document: what every page format has in common, whatever its file."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from classifier.readers.glyph_text import plain_glyphs
from classifier.readers.lines import CountKind, Place, RawLine
from classifier.readers.page_characters import PageCharacters
from classifier.readers.page_columns import columns_of
from classifier.readers.page_edges import set_edges
from classifier.readers.page_furniture import furniture, watermarks
from classifier.readers.page_lines import PageLine, lines_of
from classifier.readers.page_paragraphs import LineGroup, body_size_of, group_lines, mark_notes
from classifier.readers.page_runs import PageRun, UprightText, runs_of, upright
from classifier.readers.page_tables import mark_rows, ruled_rows

LevelOf = Callable[[int, str], int | None]


@dataclass(slots=True)
class PageLayout:
    """The lines of a document, how often what was done, and which pages have text (their numbers)."""

    lines: list[RawLine]
    counts: Counter[CountKind]
    written_pages: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Text:
    """The text of one direction of a page; `rows` are what its ruled tables have."""

    page: int
    is_main: bool
    text: UprightText
    runs: list[PageRun]
    rows: list[PageLine]


def _no_level(page: int, text: str) -> None:  # noqa: ARG001
    return None


def lay_out(pages: Sequence[PageCharacters], level_of: LevelOf = _no_level) -> PageLayout:
    """Read the characters of pages as paragraphs; `level_of` knows the level of headings by page and text."""
    counts: Counter[CountKind] = Counter()
    texts = [text for page in pages for text in _texts(page, counts)]
    body_size = body_size_of((run.size, len(run.text)) for text in texts for run in text.runs)
    _drop_furniture(texts, body_size, counts)
    lines = [line for text in texts for line in _page_lines(text, body_size, counts)]
    set_edges(lines)
    groups = group_lines(lines)
    counts[CountKind.LINES_JOINED] = sum(len(group.lines) - 1 for group in groups)
    counts[CountKind.TABLE_ROWS] = sum(group.lines[0].is_row for group in groups)
    raw = [_raw_line(group, number, level_of) for number, group in enumerate(groups, start=1)]
    return PageLayout(raw, counts, {line.page for line in lines})


def _texts(page: PageCharacters, counts: Counter[CountKind]) -> list[_Text]:
    directions, slanting = upright(page)
    counts[CountKind.WATERMARKS] += slanting
    found = []
    for i, text in enumerate(directions):
        rows: list[PageLine] = []
        rest = text
        if i == 0:
            rows, rest, doubled = ruled_rows(text, page.number)
            counts[CountKind.DOUBLED_LETTERS] += doubled
        found.append(_Text(page.number, i == 0, rest, runs_of(rest), rows))
    return found


def _drop_furniture(texts: list[_Text], body_size: float, counts: Counter[CountKind]) -> None:
    """Take watermarks out of all text, and running heads and page numbers out of that in the main direction."""
    marks = watermarks([text.runs for text in texts], [text.text.height for text in texts], body_size)
    for text, numbers in zip(texts, marks, strict=True):
        text.runs = [run for i, run in enumerate(text.runs) if i not in numbers]
        counts[CountKind.WATERMARKS] += len(numbers)
    main = [text for text in texts if text.is_main]
    heads, found = furniture([text.runs for text in main], [text.text.height for text in main])
    for text, numbers in zip(main, heads, strict=True):
        text.runs = [run for i, run in enumerate(text.runs) if i not in numbers]
    counts.update(found)


def _page_lines(text: _Text, body_size: float, counts: Counter[CountKind]) -> list[PageLine]:
    """The lines of one direction of a page in reading order; what is not in the main direction are notes."""
    found: list[PageLine] = []
    for column, runs in columns_of(text.runs, most=4 if text.is_main else 1):
        lines, doubled = lines_of(text.text, runs, text.page, column)
        counts[CountKind.DOUBLED_LETTERS] += doubled
        if text.is_main:
            mark_rows(lines)
            mark_notes(lines, body_size)
        else:
            for line in lines:
                line.is_note = True
        found += lines
    for row in text.rows:
        place = next((i for i, line in enumerate(found) if line.y > row.y), len(found))
        found.insert(place, row)
    return found


def _raw_line(group: LineGroup, number: int, level_of: LevelOf) -> RawLine:
    first = group.lines[0]
    place = Place.TABLE if first.is_row else Place.NOTE if first.is_note else Place.BODY
    text = plain_glyphs(group.text)
    is_body = place is Place.BODY
    return RawLine(
        text=text,
        number=number,
        place=place,
        page=first.page,
        level=level_of(first.page, text) if is_body else None,
        indent=round(group.indent, 1) if is_body else None,
        size=round(first.size, 1),
        bold=all(line.is_bold for line in group.lines),
        centered=group.is_centered if is_body else None,
    )
