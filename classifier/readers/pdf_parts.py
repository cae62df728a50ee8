"""Large PDF files in parts, so that several processes can read the pages of one at the same time."""

import pickle
from typing import NamedTuple

from classifier.errors import DocumentError
from classifier.readers.raw import RawDocument, Source
from classifier.readers.sources import read_bytes


class PdfPart(NamedTuple):
    """One of so many parts of a PDF's pages, counted from 0."""

    raw: RawDocument
    part: int
    parts: int


def read_part(part: PdfPart) -> bytes | None:
    """Return the pages of a part, pickled; None where they cannot be read, which is told when the whole is read."""
    from classifier.readers.pdf import read_pdf_part

    raw = part.raw
    try:
        data = read_bytes(Source(raw.path, raw.name)) if raw.content is None else raw.content
        return pickle.dumps(read_pdf_part(data, raw.place, part.part, part.parts), pickle.HIGHEST_PROTOCOL)
    except (DocumentError, ImportError):
        return None
