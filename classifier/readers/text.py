"""Read plain text: the lines of the file that have text, put together where they were broken."""

from classifier.readers.encoding import decode
from classifier.readers.lines import DocumentLines, RawLine
from classifier.readers.text_source import source_lines
from classifier.readers.text_wrapping import join_wrapped


def read_plain_text(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a text file. Raises DocumentError where its bytes are no plausible Chinese text."""
    text, note = decode(data, place)
    found = read_text_lines(text)
    notes = tuple(f"{place}: {line}" for line in found.notes)
    return DocumentLines(found.lines, ((note,) if note else ()) + notes, counts=found.counts)


def text_lines(text: str) -> tuple[RawLine, ...]:
    """Return the lines of a text as `read_text_lines` does, without what a receipt says.

    >>> [(line.number, line.text) for line in text_lines("一、回顾\\r\\n\\r\\n　　修路。")]
    [(1, '一、回顾'), (3, '修路。')]
    """
    return read_text_lines(text).lines


def read_text_lines(text: str) -> DocumentLines:
    """Return the paragraphs of a text without blanks at their ends, each with the number of the line it begins in.

    \\n, \\r\\n and \\r end a line and are counted, as editors do; VT, FF, NEL, U+2028 and U+2029 end one that goes on
    with the same number. Counts of the receipt: lines_joined, page_numbers, running_heads (of hard-wrapped text).
    """
    lines = source_lines(text)
    counts: dict[str, int] = {}
    notes: list[str] = []
    if wrapped := join_wrapped(lines):
        counts = {
            "lines_joined": wrapped.joined,
            "page_numbers": wrapped.page_numbers,
            "running_heads": wrapped.running_heads,
        }
        notes.append(f"its lines are broken at a width; {wrapped.joined} were joined to paragraphs")
        found = tuple(wrapped.lines)
    else:
        found = tuple(RawLine(line.text, line.number) for line in lines)
    return DocumentLines(found, tuple(notes), counts={kind: n for kind, n in counts.items() if n})
