"""Large PDF files in parts, so that several processes can read the pages of one at the same time."""

import pickle
from typing import NamedTuple

from classifier.errors import DocumentError
from classifier.readers.raw import RawDocument, Source
from classifier.readers.sources import read_bytes

LARGE_PDF = 256 << 10  # bytes; a file of so many has a hundred pages of text, or is a scan
_BEGIN = b"%PDF-"


class PdfPart(NamedTuple):
    """One of so many parts of a PDF's pages, counted from 0."""

    raw: RawDocument
    part: int
    parts: int


def is_large_pdf(raw: RawDocument) -> bool:
    """Whether a raw document is a PDF that is worth being read in parts."""
    if raw.fault is not None or raw.size < LARGE_PDF or raw.passed_over is not None:
        return False
    if raw.content is not None:
        return raw.content.startswith(_BEGIN)
    return raw.path is not None and raw.path.suffix.lower() == ".pdf"


def read_part(part: PdfPart) -> bytes | None:
    """Return the pages of a part, pickled; None where they cannot be read, which is told when the whole is read."""
    from classifier.readers.pdf import read_pdf_part

    raw = part.raw
    try:
        data = read_bytes(Source(raw.path, raw.name)) if raw.content is None else raw.content
        return pickle.dumps(read_pdf_part(data, raw.place, part.part, part.parts), pickle.HIGHEST_PROTOCOL)
    except (DocumentError, ImportError):
        return None
