"""Make a document of the texts of a table's rows, whose other values go with their paragraphs."""

from classifier.documents.structure import parse_lines
from classifier.readers.lines import RawLine
from classifier.readers.raw import RawDocument
from classifier.readers.text import read_text_lines
from classifier.records import Document, Paragraph


def parse_row(raw: RawDocument) -> Document:
    """Return the document of one row's text; it has no paragraphs where the row has no text."""
    assert raw.text is not None
    found = parse_lines(read_text_lines(raw.text, place=raw.place).lines)
    if raw.columns is not None:
        found = tuple(p._replace(columns=raw.columns) for p in found)
    return Document(raw.name, found, raw.notes, counts=raw.counts or {})


def parse_rows(raw: RawDocument) -> Document:
    """Return the document of several rows, whose lines stand one after another and are numbered from 1."""
    assert raw.rows is not None
    lines: list[RawLine] = []
    columns = []
    for row in raw.rows:
        found = read_text_lines(row.text, place=raw.place).lines
        lines += (line._replace(number=n) for n, line in enumerate(found, start=len(lines) + 1))
        columns += [row.columns] * len(found)

    def with_columns(paragraph: Paragraph) -> Paragraph:
        values = columns[paragraph.line - 1]
        return paragraph if values is None else paragraph._replace(columns=values)

    return Document(raw.name, tuple(map(with_columns, parse_lines(lines))), raw.notes, counts=raw.counts or {})
