"""Web pages that a browser saved in one file (.mhtml, .mht): the page itself, as other web pages are read."""

import re
from email.message import Message
from email.parser import BytesParser

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.html import read_page
from classifier.readers.html_tree import check_page_size
from classifier.readers.lines import DocumentLines
from classifier.readers.markup_signs import looks_like_html

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_MOST_PAGES = 20  # of a file: the page and those in its frames
_BOUNDARY = re.compile(rb"^--(\S{1,70})[ \t]*\r?\n(?=Content-|Snapshot-)", re.MULTILINE | re.IGNORECASE)


def read_mhtml(data: bytes, place: str) -> DocumentLines:
    """Return the lines of the page that a file of this kind holds; of a page of frames, those of the longest text.

    Raises DocumentError where it holds no page, or as `read_html` does.
    """
    if looks_like_html(data):  # which has only the name of such a file
        return read_page(data, place)
    check_page_size(data, place)
    pages = _pages(data)
    if not pages:
        raise DocumentError(
            message("{place}: no web page in this file; open it in a browser and save it anew", place=place)
        )
    found: list[DocumentLines] = []
    fault: DocumentError | None = None
    for content, encoding in pages:
        try:
            found.append(read_page(content, place, encoding))
        except DocumentError as error:
            fault = fault or error
        if fault is None:  # the page itself has text, so that what is in its frames is beside it
            break
    if not found and fault is not None:
        raise fault
    return max(found, key=lambda one: sum(len(line.text) for line in one.lines))


def _pages(data: bytes) -> list[tuple[bytes, str | None]]:
    """Return the pages in a file, the root first, each with the encoding that stands beside it."""
    parser = BytesParser()
    whole = parser.parsebytes(data)
    if not whole.is_multipart() and (boundary := _BOUNDARY.search(data)):  # which is missing in the headers
        headers = b'Content-Type: multipart/related; boundary="%b"\n\n' % boundary[1].replace(b'"', b"")
        whole = parser.parsebytes(headers + data[boundary.start() :])
    parts = [part for part in whole.walk() if part.get_content_type() in _PAGE_TYPES][:_MOST_PAGES]
    start = str(whole.get_param("start") or "").strip("<>")
    parts.sort(key=lambda part: not start or (part.get("Content-ID") or "").strip("<>") != start)
    return [(_content(part), part.get_content_charset()) for part in parts]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
