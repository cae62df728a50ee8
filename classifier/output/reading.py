"""A document as it was read: one row for each paragraph, for people or as JSON lines."""

import json
from collections.abc import Iterator
from typing import TextIO

from classifier.output.terminal import CONTROLS, show_lines, width
from classifier.records import Document, Kind

BETWEEN_LEVELS = " > "
LEAST_CELLS = 20  # for a text, however narrow the terminal is
_KIND_STYLES = {Kind.TITLE: "bold", Kind.HEADING: "bold", Kind.PARAGRAPH: ""}  # all else is dim


def show_document(document: Document, stream: TextIO) -> None:
    """Write a document for reading in a terminal: line, page and kind before each text, which is broken at the width.

    The headings above a paragraph stand in a line of their own where they are not those that were just shown.
    """
    show_lines(stream, _shown(document, width(stream)))


def _shown(document: Document, cells: int) -> Iterator[tuple[str, str]]:
    """Yield the lines that show a document in so many cells, each with its style."""
    from rich.cells import chop_cells

    has_pages = any(p.page is not None for p in document.paragraphs)
    numbers = max((len(str(p.line)) for p in document.paragraphs), default=1)
    pages = max((len(str(p.page)) for p in document.paragraphs), default=1) if has_pages else 0
    kinds = max(len(kind) for kind in Kind)
    indent = " " * (numbers + 1 + (pages + 1 if has_pages else 0) + kinds + 1)
    room = max(LEAST_CELLS, cells - len(indent) - 1)
    yield document.name.translate(CONTROLS), "bold"
    above: tuple[str, ...] = ()
    for p in document.paragraphs:
        if p.heading and p.heading != above:
            path = BETWEEN_LEVELS.join(p.heading).translate(CONTROLS)
            yield from ((indent + part, "dim") for part in chop_cells(path, room))
        above = (*p.heading, p.text) if p.kind is Kind.HEADING else p.heading
        page = f" {'-' if p.page is None else p.page:>{pages}}" if has_pages else ""
        begin = f"{p.line:>{numbers}}{page} {p.kind.value:<{kinds}} "
        style = _KIND_STYLES.get(p.kind, "dim")
        for i, part in enumerate(chop_cells(p.text.translate(CONTROLS), room)):
            yield (indent if i else begin) + part, style
    yield "", ""


def print_document(document: Document, stream: TextIO) -> None:
    """Write line, page (- where there is none), kind, headings and text of each paragraph, with tabs between."""
    stream.write(f"{document.name.translate(CONTROLS)}\n")
    for p in document.paragraphs:
        page = "-" if p.page is None else str(p.page)
        row = (str(p.line), page, p.kind.value, BETWEEN_LEVELS.join(p.heading), p.text)
        stream.write("\t".join(cell.translate(CONTROLS) for cell in row) + "\n")


def print_lines(document: Document, stream: TextIO) -> None:
    """Write one JSON object for each paragraph: document, line, page, kind, heading and text."""
    for p in document.paragraphs:
        row = {
            "document": document.name,
            "line": p.line,
            "page": p.page,
            "kind": p.kind.value,
            "heading": p.heading,
            "text": p.text,
        }
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
