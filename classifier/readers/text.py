"""Read plain text: one line for each line of the file that has text."""

from classifier.readers.encoding import decode
from classifier.readers.lines import DocumentLines, RawLine


def read_plain_text(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a text file. Raises DocumentError where its bytes are no plausible Chinese text."""
    text, note = decode(data, place)
    return DocumentLines(text_lines(text), (note,) if note else ())


def text_lines(text: str) -> tuple[RawLine, ...]:
    """Return the lines that have text, without blanks at their ends, each with its number from 1.

    >>> [(line.number, line.text) for line in text_lines("一、回顾\\r\\n\\r\\n　　修路。")]
    [(1, '一、回顾'), (3, '修路。')]
    """
    every = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(RawLine(stripped, number) for number, raw in enumerate(every, start=1) if (stripped := raw.strip()))
