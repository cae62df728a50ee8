"""Reads PDF: opens the file by pdfium, takes the characters page by page, and lays them out as paragraphs."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.limits import LARGEST_PDF
from classifier.readers.lines import DocumentLines
from classifier.readers.ocr import needs_ocr, ocr_wanted, picture_scale, recognized_page
from classifier.readers.page_characters import PageCharacters
from classifier.readers.page_document import check_letters, check_page_count, document_of_pages, squeezed
from classifier.readers.page_visibility import TooManyCharactersError
from classifier.readers.pages_at_hand import pages_at_hand
from classifier.readers.pdf_characters import page_characters
from classifier.readers.pdf_limits import PdfTooLargeError, check_pdf

MOST_BOOKMARKS = 2_000
DEEPEST_BOOKMARK = 6


def read_pdf(data: bytes, place: str, ocr: bool | None = None) -> DocumentLines:
    """Read a whole PDF. ocr: whether the text of scans is recognized, seconds a page; None: if CLASSIFY_OCR is set.

    pdfium is not thread-safe: threads must not read at the same time, processes may.
    """
    wanted = ocr_wanted() if ocr is None else ocr
    with _opened(data, place) as document:
        pages = pages_at_hand(place)
        if pages is None:
            pages = _pages(document, place, 1, None, wanted)
        check_letters(sum(len(page.codes) + page.hidden for page in pages), place)
        return document_of_pages(pages, place, _bookmarks(document), wanted)


def read_pdf_part(data: bytes, place: str, part: int, parts: int) -> list[PageCharacters]:
    """Return what stands on the pages of one of so many parts, about as large as each other, counted from 0."""
    with _opened(data, place) as document:
        count = _page_count(document, place)
        first, last = count * part // parts, count * (part + 1) // parts
        return _pages(document, place, first + 1, last, None) if last > first else []


def read_pdf_pages(
    data: bytes, place: str, first: int = 1, last: int | None = None, ocr: bool | None = None
) -> list[PageCharacters]:
    """Return what stands on the pages from `first` to `last`, both counted from 1 and included; it can be pickled."""
    with _opened(data, place) as document:
        return _pages(document, place, first, last, ocr)


def pdf_bookmarks(data: bytes, place: str) -> dict[tuple[int, str], int]:
    """Return the levels of the outline, from 1, by page and title without blanks."""
    with _opened(data, place) as document:
        return _bookmarks(document)


@contextmanager
def _opened(data: bytes, place: str) -> Iterator[pypdfium2.PdfDocument]:
    """Open a file and close it at the end. Raises DocumentError where it is damaged, locked or made to do harm."""
    if len(data) > LARGEST_PDF:
        raise DocumentError(
            message("{place}: larger than {most} MB; split it into smaller files", place=place, most=LARGEST_PDF >> 20)
        )
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise DocumentError(message("{place}: locked with a password; save it without one", place=place)) from None
        raise DocumentError(_damaged(place)) from None
    try:
        _check(document, place)
        yield document
    finally:
        document.close()


def _check(document: pypdfium2.PdfDocument, place: str) -> None:
    try:
        check_pdf(_unlocked(document))
    except PdfTooLargeError:
        raise DocumentError(
            message("{place}: draws more than any document does; print it anew to PDF", place=place)
        ) from None
    except pypdfium2.PdfiumError:
        raise DocumentError(_damaged(place)) from None


def _damaged(place: str) -> str:
    return message("{place}: damaged, or no PDF; get the file anew", place=place)


def _unlocked(document: pypdfium2.PdfDocument) -> bytes:
    """Return the file as pdfium writes it, without its lock: in one way, whatever way it was written in."""
    out = io.BytesIO()
    document.save(out, flags=pdfium.FPDF_REMOVE_SECURITY)
    return out.getvalue()


def _pages(
    document: pypdfium2.PdfDocument, place: str, first: int, last: int | None, ocr: bool | None
) -> list[PageCharacters]:
    count = _page_count(document, place)
    pages = []
    letters = 0
    wanted = ocr_wanted() if ocr is None else ocr
    for number in range(max(first, 1), min(last or count, count) + 1):
        page = _page(document, number, place)
        if wanted:
            page = _recognized(document, page)
        letters += len(page.codes) + page.hidden
        check_letters(letters, place)
        pages.append(page)
    return pages


def _page_count(document: pypdfium2.PdfDocument, place: str) -> int:
    count = len(document)
    check_page_count(count, place)
    return count


def _page(document: pypdfium2.PdfDocument, number: int, place: str) -> PageCharacters:
    page = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not page:
        raise DocumentError(message("{place}: page {page} is damaged; get the file anew", place=place, page=number))
    try:
        return page_characters(page, number)
    except TooManyCharactersError:
        raise DocumentError(
            message("{place}: page {page} has more characters than any text; print it anew", place=place, page=number)
        ) from None
    finally:
        pdfium.FPDF_ClosePage(page)


def _recognized(document: pypdfium2.PdfDocument, page: PageCharacters) -> PageCharacters:
    """Return a page with the text of its picture where it has none of its own."""
    if not needs_ocr(page):
        return page
    scale = picture_scale(page.width, page.height)
    opened = document[page.number - 1]
    try:
        return recognized_page(opened.render(scale=scale).to_numpy()[:, :, :3], scale, page)
    finally:
        opened.close()


def _bookmarks(document: pypdfium2.PdfDocument) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    try:
        for i, bookmark in enumerate(document.get_toc(max_depth=DEEPEST_BOOKMARK)):
            if i >= MOST_BOOKMARKS:
                break
            target = bookmark.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                found[page + 1, squeezed(bookmark.get_title())] = bookmark.level + 1
    except (pypdfium2.PdfiumError, ValueError, RecursionError):  # a broken outline: the text is there all the same
        return found
    return found
