"""A document as it was read: one row for each paragraph, for people or as JSON lines."""

import json
from typing import TextIO

from classifier.output.terminal import CONTROLS
from classifier.paths import escaped
from classifier.records import Document

BETWEEN_LEVELS = " > "


def print_document(document: Document, stream: TextIO) -> None:
    """Write line, page (- where there is none), kind, headings and text of each paragraph, with tabs between."""
    stream.write(f"{escaped(document.name)}\n")
    for p in document.paragraphs:
        page = "-" if p.page is None else str(p.page)
        row = (str(p.line), page, p.kind.value, BETWEEN_LEVELS.join(p.heading), p.text)
        stream.write("\t".join(cell.translate(CONTROLS) for cell in row) + "\n")


def print_lines(document: Document, stream: TextIO) -> None:
    """Write one JSON object for each paragraph: document, line, page, recognized (by OCR), kind, heading and text."""
    for p in document.paragraphs:
        row = {
            "document": document.name,
            "line": p.line,
            "page": p.page,
            "recognized": p.recognized,
            "kind": p.kind.value,
            "heading": p.heading,
            "text": p.text,
        }
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
