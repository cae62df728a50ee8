"""Read plain text: the lines of the file that have text, put together where they were broken."""

from collections import Counter

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.encoding import decode
from classifier.readers.lines import CountKind, DocumentLines, RawLine
from classifier.readers.text_mending import join_fragments, mend_letters, struck_once
from classifier.readers.text_residue import without_residue
from classifier.readers.text_source import source_lines
from classifier.readers.text_titles import join_title
from classifier.readers.text_watermarks import without_watermarks
from classifier.readers.text_wrapping import join_wrapped

MOST_LINES = 200_000  # with text, of one document: each becomes a paragraph, which takes some 5 KB until it is written
_FEW_LINES = 5  # of a text that may be a whole report without line ends
_LONG_PARAGRAPH = 500  # characters of a text in one line from which it may have lost its line ends


def read_plain_text(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a text file. Raises DocumentError where its bytes are no plausible Chinese text."""
    counts: Counter[CountKind] = Counter()
    text, note = decode(data, place, counts)
    found = read_text_lines(text, counts, place)
    return DocumentLines(found.lines, ((note,) if note else ()) + found.notes, counts=found.counts)


def text_lines(text: str, place: str = "-") -> tuple[RawLine, ...]:
    """Return the lines of a text as `read_text_lines` does, without what a receipt says.

    >>> [(line.number, line.text) for line in text_lines("一、回顾\\r\\n\\r\\n　　修路。")]
    [(1, '一、回顾'), (3, '修路。')]
    """
    return read_text_lines(text, place=place).lines


def read_text_lines(text: str, counts: Counter[CountKind] | None = None, place: str = "-") -> DocumentLines:
    """Return the paragraphs of a text without blanks at their ends, each with the number of the line it begins in.

    \\n, \\r\\n and \\r end a line and are counted, as editors do; VT, FF, NEL, U+2028 and U+2029 end one that goes on
    with the same number. counts: what was counted before. Counts of the receipt: lines_joined, lines_cut, page_numbers
    and running_heads (of hard-wrapped text), lines_struck_twice, watermarks, title_lines_joined, and those of
    `without_residue` and `mend_letters`. Raises DocumentError where there are more than MOST_LINES.
    """
    counts = Counter() if counts is None else counts
    notes: list[str] = []
    found = _whole_lines(text, counts, notes, place)
    if len(found) <= _FEW_LINES:
        from classifier.readers.text_one_line import cut_at_headings

        if paragraphs := cut_at_headings(found):
            counts[CountKind.LINES_CUT] += len(paragraphs) - len(found)
            notes.append(
                message(
                    "{place}: it has too few line ends; it was cut at its headings to {n} paragraphs",
                    place=place,
                    n=len(paragraphs),
                )
            )
            found = paragraphs
        elif len(found) == 1 and len(found[0].text) >= _LONG_PARAGRAPH:
            notes.append(
                message(
                    "{place}: all of it stands in one line of {n:,} characters; check that no line ends were lost",
                    place=place,
                    n=len(found[0].text),
                )
            )
    for i, line in enumerate(found):
        if (once := struck_once(line.text)) is not line.text:
            found[i] = line._replace(text=once)
            counts[CountKind.LINES_STRUCK_TWICE] += 1
    if marked := counts[CountKind.MARKED_LINE_ENDS]:
        notes.append(
            message(
                "{place}: marks such as \\n, <br> and wide blanks were read as line ends ({n})", place=place, n=marked
            )
        )
    return DocumentLines(tuple(found), tuple(notes), counts={kind: n for kind, n in counts.items() if n})


def _whole_lines(text: str, counts: Counter[CountKind], notes: list[str], place: str) -> list[RawLine]:
    """Return the lines of a text without watermarks, and whole where a width, a link or a title broke them."""
    lines = source_lines(mend_letters(without_residue(text, counts), counts))
    if len(lines) > MOST_LINES:
        raise DocumentError(
            message("{place}: more than {n:,} lines; divide it into several files", place=place, n=MOST_LINES)
        )
    lines = without_watermarks(lines, counts)
    if wrapped := join_wrapped(lines):
        counts[CountKind.LINES_JOINED] += wrapped.joined
        counts[CountKind.PAGE_NUMBERS] += wrapped.page_numbers
        counts[CountKind.RUNNING_HEADS] += wrapped.running_heads
        notes.append(
            message(
                "{place}: its lines are broken at a width; {n} were joined to paragraphs", place=place, n=wrapped.joined
            )
        )
        found = wrapped.lines
    else:
        found = [RawLine(line.text, line.number) for line in lines]
    if whole := join_fragments(found):
        counts[CountKind.LINES_JOINED] += len(found) - len(whole)
        found = whole
    if titled := join_title(found):
        counts[CountKind.TITLE_LINES_JOINED] += len(found) - len(titled)
        found = titled
    return found
