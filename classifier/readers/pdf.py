"""Reads PDF: opens the file by pdfium, takes the characters page by page, and lays them out as paragraphs."""

import io
import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.errors import DocumentError
from classifier.readers.lines import CountKind, DocumentLines
from classifier.readers.page_characters import UNMAPPED, PageCharacters
from classifier.readers.page_layout import lay_out
from classifier.readers.pdf_characters import TooManyCharactersError, page_characters
from classifier.readers.pdf_limits import PdfTooLargeError, check_pdf

LARGEST_PDF = 1 << 29
MOST_PDF_PAGES = 5_000
MOST_PDF_LETTERS = 5_000_000  # of a whole document
MOST_BOOKMARKS = 2_000
DEEPEST_BOOKMARK = 6
MANY_UNMAPPED = 0.02  # of the letters: from here on it is told
SCAN_COVER = 0.5  # of a page without text under images: a scan

_DAMAGED = "damaged, or no PDF; get the file anew"
_SCAN_REMEDY = "recognize the text first (OCR), or ask for the document's original file"


def read_pdf(data: bytes, place: str) -> DocumentLines:
    """Read a whole PDF. pdfium is not thread-safe: threads must not read at the same time, processes may."""
    document = _open(data, place)
    try:
        return lay_out_pdf(_pages(document, place, 1, None), place, _bookmarks(document))
    finally:
        document.close()


def count_pdf_pages(data: bytes, place: str) -> int:
    """Return how many pages a PDF has, so that its pages can be dealt out to processes."""
    document = _open(data, place)
    try:
        return _page_count(document, place)
    finally:
        document.close()


def read_pdf_pages(data: bytes, place: str, first: int = 1, last: int | None = None) -> list[PageCharacters]:
    """Return what stands on the pages from `first` to `last`, both counted from 1 and included; it can be pickled."""
    document = _open(data, place)
    try:
        return _pages(document, place, first, last)
    finally:
        document.close()


def pdf_bookmarks(data: bytes, place: str) -> dict[tuple[int, str], int]:
    """Return the levels of the outline, from 1, by page and title without blanks."""
    document = _open(data, place)
    try:
        return _bookmarks(document)
    finally:
        document.close()


def _pages(document: pypdfium2.PdfDocument, place: str, first: int, last: int | None) -> list[PageCharacters]:
    count = _page_count(document, place)
    pages = []
    letters = 0
    for number in range(max(first, 1), min(last or count, count) + 1):
        page = _page(document, number, place)
        letters += len(page.codes) + page.hidden
        if letters > MOST_PDF_LETTERS:
            raise DocumentError(f"{place}: more than {MOST_PDF_LETTERS:,} characters; split it into smaller files")
        pages.append(page)
    return pages


def _open(data: bytes, place: str) -> pypdfium2.PdfDocument:
    if len(data) > LARGEST_PDF:
        raise DocumentError(f"{place}: larger than {LARGEST_PDF >> 20} MB; split it into smaller files")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise DocumentError(f"{place}: locked with a password; save it without one") from None
        raise DocumentError(f"{place}: {_DAMAGED}") from None
    try:
        check_pdf(_unlocked(document))
    except (PdfTooLargeError, pypdfium2.PdfiumError) as error:
        document.close()
        what = f"{error}; print it anew to PDF" if isinstance(error, PdfTooLargeError) else _DAMAGED
        raise DocumentError(f"{place}: {what}") from None
    return document


def _unlocked(document: pypdfium2.PdfDocument) -> bytes:
    """Return the file as pdfium writes it, without its lock: in one way, whatever way it was written in."""
    out = io.BytesIO()
    document.save(out, flags=pdfium.FPDF_REMOVE_SECURITY)
    return out.getvalue()


def _page_count(document: pypdfium2.PdfDocument, place: str) -> int:
    count = len(document)
    if count < 1:
        raise DocumentError(f"{place}: has no pages; get the file anew")
    if count > MOST_PDF_PAGES:
        raise DocumentError(f"{place}: more than {MOST_PDF_PAGES:,} pages; split it into smaller files")
    return count


def _page(document: pypdfium2.PdfDocument, number: int, place: str) -> PageCharacters:
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        raise DocumentError(f"{place}: page {number} is damaged; get the file anew")
    try:
        return page_characters(page, number)
    except TooManyCharactersError:
        raise DocumentError(f"{place}: page {number} has more characters than any text; print it anew") from None
    finally:
        pdfium.FPDF_ClosePage(page)


def _bookmarks(document: pypdfium2.PdfDocument) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    try:
        for i, bookmark in enumerate(document.get_toc(max_depth=DEEPEST_BOOKMARK)):
            if i >= MOST_BOOKMARKS:
                break
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                found[page + 1, _squeezed(bookmark.get_title())] = bookmark.level + 1
    except (pypdfium2.PdfiumError, ValueError, RecursionError):  # a broken outline: the text is there all the same
        return found
    return found


def lay_out_pdf(
    pages: Sequence[PageCharacters], place: str, bookmarks: dict[tuple[int, str], int] | None = None
) -> DocumentLines:
    """Make the document of the pages that `read_pdf_pages` gave, in order."""
    levels = bookmarks or {}
    layout = lay_out(pages, lambda page, text: levels.get((page, _squeezed(text))))
    scans = [p.number for p in pages if p.number not in layout.written_pages and p.image_share >= SCAN_COVER]
    if not layout.lines:
        if scans:
            pages_named = "the page is a scan" if len(pages) == 1 else f"all {len(pages)} pages are scans"
            raise DocumentError(f"{place}: {pages_named} without text; {_SCAN_REMEDY}")
        raise DocumentError(f"{place}: has no text; if it shows some, print it anew or {_SCAN_REMEDY}")
    counts = layout.counts + Counter(
        {CountKind.HIDDEN_TEXT: sum(page.hidden for page in pages), CountKind.SCANNED_PAGES: len(scans)}
    )
    return DocumentLines(tuple(layout.lines), _notes(pages, scans), len(pages), {k: n for k, n in counts.items() if n})


def _notes(pages: Sequence[PageCharacters], scans: list[int]) -> tuple[str, ...]:
    """What the user must know of how the file was read."""
    notes = []
    count = len(pages)
    if scans:
        verb = "is a scan" if len(scans) == 1 else "are scans"
        notes.append(f"{_named(scans)} of {count} {verb} without text; {_SCAN_REMEDY}")
    if recognized := [page.number for page in pages if page.is_recognized]:
        notes.append(f"the text of {_named(recognized)} of {count} was recognized from a scan and may have errors")
    letters = sum(len(page.codes) for page in pages)
    unmapped = sum(int((page.flags & UNMAPPED > 0).sum()) for page in pages)
    if unmapped > MANY_UNMAPPED * letters:
        share = 100 * unmapped / letters
        notes.append(
            f"{share:.0f}% of the letters cannot be read, as their font does not say what they are; {_SCAN_REMEDY}"
        )
    return tuple(notes)


def _named(numbers: list[int]) -> str:
    """Name pages with ranges.

    >>> _named([3, 4, 5, 9])
    'pages 3-5, 9'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    parts = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
    return f"page {parts}" if len(numbers) == 1 else f"pages {parts}"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
