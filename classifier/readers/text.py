"""Read plain text: the lines of the file that have text, put together where they were broken."""

from collections import Counter

from classifier.readers.encoding import decode
from classifier.readers.lines import CountKind, DocumentLines, RawLine
from classifier.readers.text_mending import join_fragments, mend_letters, struck_once
from classifier.readers.text_residue import without_residue
from classifier.readers.text_source import source_lines
from classifier.readers.text_wrapping import join_wrapped

_FEW_LINES = 5  # of a text that may be a whole report without line ends


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
    with the same number. Counts of the receipt: lines_joined, lines_cut, page_numbers and running_heads (of
    hard-wrapped text), lines_struck_twice, and those of `without_residue` and `mend_letters`.
    """
    counts: Counter[CountKind] = Counter()
    lines = source_lines(mend_letters(without_residue(text, counts), counts))
    notes: list[str] = []
    if wrapped := join_wrapped(lines):
        counts[CountKind.LINES_JOINED] += wrapped.joined
        counts[CountKind.PAGE_NUMBERS] += wrapped.page_numbers
        counts[CountKind.RUNNING_HEADS] += wrapped.running_heads
        notes.append(f"its lines are broken at a width; {wrapped.joined} were joined to paragraphs")
        found = wrapped.lines
    else:
        found = [RawLine(line.text, line.number) for line in lines]
    if whole := join_fragments(found):
        counts[CountKind.LINES_JOINED] += len(found) - len(whole)
        found = whole
    if len(found) <= _FEW_LINES:
        from classifier.readers.text_one_line import cut_at_headings

        if paragraphs := cut_at_headings(found):
            counts[CountKind.LINES_CUT] += len(paragraphs) - len(found)
            notes.append(f"it has too few line ends; it was cut at its headings to {len(paragraphs)} paragraphs")
            found = paragraphs
    for i, line in enumerate(found):
        if (once := struck_once(line.text)) is not line.text:
            found[i] = line._replace(text=once)
            counts[CountKind.LINES_STRUCK_TWICE] += 1
    if marked := counts[CountKind.MARKED_LINE_ENDS]:
        notes.append(f"marks such as \\n, <br> and wide blanks were read as line ends ({marked})")
    return DocumentLines(tuple(found), tuple(notes), counts={kind: n for kind, n in counts.items() if n})
