"""The pages of a page format to a document, with what the user must know of scans and of letters that are unknown."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from classifier.errors import DocumentError
from classifier.messages import counted_message, message
from classifier.readers.limits import MOST_PDF_LETTERS, MOST_PDF_PAGES
from classifier.readers.lines import CountKind, DocumentLines
from classifier.readers.page_characters import UNMAPPED, PageCharacters
from classifier.readers.page_layout import lay_out

MANY_UNMAPPED = 0.02  # of the letters: from here on it is told
SCAN_COVER = 0.5  # of a page without text under images: a scan

HeadingLevels = Mapping[tuple[int, str], int]  # levels of the outline, from 1, by page and title without blanks


def document_of_pages(
    pages: Sequence[PageCharacters], place: str, levels: HeadingLevels | None = None, ocr: bool = False
) -> DocumentLines:
    """Lay out the pages of a document, in order. Raises DocumentError where none of them has text.

    ocr: whether the text of scans was looked for, so that nobody is told to do so.
    """
    known = levels or {}
    layout = lay_out(pages, lambda page, text: known.get((page, squeezed(text))))
    scans = [p.number for p in pages if p.number not in layout.written_pages and p.image_share >= SCAN_COVER]
    if not layout.lines:
        raise DocumentError(_no_text(place, len(pages), bool(scans), ocr))
    counts = layout.counts + Counter(
        {CountKind.HIDDEN_TEXT: sum(page.hidden for page in pages), CountKind.SCANNED_PAGES: len(scans)}
    )
    counts[CountKind.OCR_LINES] = sum(page.recognized_lines for page in pages)
    counts[CountKind.OCR_PAGES] = sum(page.recognized_lines > 0 for page in pages)
    notes = tuple(_notes(pages, scans, place, ocr))
    recognized = {page.number for page in pages if page.is_recognized}
    lines = tuple(line._replace(recognized=True) if line.page in recognized else line for line in layout.lines)
    return DocumentLines(lines, notes, len(pages), {k: n for k, n in counts.items() if n})


def check_page_count(count: int, place: str) -> None:
    """Raise DocumentError where a document has no pages, or more than any document."""
    if count < 1:
        raise DocumentError(message("{place}: has no pages; get the file anew", place=place))
    if count > MOST_PDF_PAGES:
        raise DocumentError(
            message("{place}: more than {most:,} pages; split it into smaller files", place=place, most=MOST_PDF_PAGES)
        )


def check_letters(count: int, place: str) -> None:
    """Raise DocumentError where a document has more letters than any document."""
    if count > MOST_PDF_LETTERS:
        raise DocumentError(
            message(
                "{place}: more than {most:,} characters; split it into smaller files",
                place=place,
                most=MOST_PDF_LETTERS,
            )
        )


def squeezed(text: str) -> str:
    """Return a text without its blanks."""
    return re.sub(r"\s+", "", text)


def _no_text(place: str, count: int, scanned: bool, ocr: bool) -> str:
    if ocr:
        return message(
            "{place}: no text was recognized on its pages; ask for the document's original file", place=place
        )
    if scanned:
        return counted_message(
            "{place}: the page is a scan without text; read it with --ocr (OCR), "
            "or ask for the document's original file",
            "{place}: all {n} pages are scans without text; read it with --ocr (OCR), "
            "or ask for the document's original file",
            count,
            place=place,
        )
    return message(
        "{place}: has no text; if it shows some, read it with --ocr (OCR), or ask for the document's original file",
        place=place,
    )


def _notes(pages: Sequence[PageCharacters], scans: list[int], place: str, ocr: bool) -> list[str]:
    """What the user must know of how the file was read."""
    notes = []
    count = len(pages)
    if scans and ocr:
        notes.append(
            counted_message(
                "{place}: no text was recognized on page {pages} of {count}; check whether it has any",
                "{place}: no text was recognized on pages {pages} of {count}; check whether they have any",
                len(scans),
                place=place,
                pages=page_ranges(scans),
                count=count,
            )
        )
    elif scans:
        notes.append(
            counted_message(
                "{place}: page {pages} of {count} is a scan without text; read it with --ocr (OCR), "
                "or ask for the document's original file",
                "{place}: pages {pages} of {count} are scans without text; read it with --ocr (OCR), "
                "or ask for the document's original file",
                len(scans),
                place=place,
                pages=page_ranges(scans),
                count=count,
            )
        )
    if recognized := [page.number for page in pages if page.is_recognized]:
        notes.append(
            counted_message(
                "{place}: the text of page {pages} of {count} was recognized from a scan and may have errors",
                "{place}: the text of pages {pages} of {count} was recognized from scans and may have errors",
                len(recognized),
                place=place,
                pages=page_ranges(recognized),
                count=count,
            )
        )
    letters = sum(len(page.codes) for page in pages)
    unmapped = sum(int((page.flags & UNMAPPED > 0).sum()) for page in pages)
    if unmapped > MANY_UNMAPPED * letters:
        notes.append(
            message(
                "{place}: {share:.0f}% of the letters cannot be read, as their font does not say what they are; "
                "ask for the document's original file",
                place=place,
                share=100 * unmapped / letters,
            )
        )
    return notes


def page_ranges(numbers: Sequence[int]) -> str:
    """Name pages in ranges.

    >>> page_ranges([3, 4, 5, 9])
    '3-5, 9'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
