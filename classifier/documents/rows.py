"""Make a document of the texts of a table's rows, whose other values go with their paragraphs."""

from collections import Counter
from collections.abc import Mapping

from classifier.documents.structure import parse_lines
from classifier.readers.lines import RawLine
from classifier.readers.raw import RawDocument
from classifier.readers.text import read_text_lines
from classifier.records import Document, Paragraph


def parse_row(raw: RawDocument) -> Document:
    """Return the document of one row's text; it has no paragraphs where the row has no text."""
    assert raw.text is not None
    read = read_text_lines(raw.text, place=raw.place)
    found = parse_lines(read.lines)
    if raw.columns is not None:
        found = tuple(p._replace(columns=raw.columns) for p in found)
    return Document(raw.name, found, raw.notes, counts=_added(raw.counts, read.counts))


def parse_rows(raw: RawDocument) -> Document:
    """Return the document of several rows, whose lines stand one after another and are numbered from 1."""
    assert raw.rows is not None
    lines: list[RawLine] = []
    columns = []
    counts: Mapping[str, int] = raw.counts or {}
    for row in raw.rows:
        read = read_text_lines(row.text, place=raw.place)
        lines += (line._replace(number=n) for n, line in enumerate(read.lines, start=len(lines) + 1))
        columns += [row.columns] * len(read.lines)
        counts = _added(counts, read.counts)

    def with_columns(paragraph: Paragraph) -> Paragraph:
        values = columns[paragraph.line - 1]
        return paragraph if values is None else paragraph._replace(columns=values)

    return Document(raw.name, tuple(map(with_columns, parse_lines(lines))), raw.notes, counts=counts)


def _added(counts: Mapping[str, int] | None, more: Mapping[str, int]) -> Mapping[str, int]:
    """Return the sums of two counts; the notes that go with those of a text would be told for each row of thousands."""
    return Counter(counts) + Counter(more) if counts and more else counts or more
