"""Open a file that is read piece by piece, unpacked where gzip has packed it."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, cast

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.raw import Source

LARGEST_UNPACKED = 256 << 20  # bytes of a text; only a file made to exhaust the memory has more
# What begins a file that is no text, whatever its name says.
WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


class OpenFile(NamedTuple):
    """stream: gives the bytes of the content. position: returns how many bytes of the file were read, about."""

    stream: BinaryIO
    position: Callable[[], int]


@contextmanager
def opened(source: Source) -> Iterator[OpenFile]:
    """Open a source that has a path. Raises DocumentError where it is packed but not whole, and OSError."""
    assert source.path is not None
    with source.path.open("rb") as file:
        if not source.gzipped:
            yield OpenFile(file, file.tell)
            return
        try:
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield OpenFile(cast("BinaryIO", unpacked), file.tell)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise DocumentError(
                message("{place}: not a whole gzip file; check that it was saved whole", place=source.place)
            ) from error


def unpacked_bytes(source: Source, most: int) -> bytes:
    """Return the content of a file that gzip has packed. Raises DocumentError where it has more than `most` bytes."""
    with opened(source) as file:
        data = file.stream.read(most + 1)
    if len(data) > most:
        raise DocumentError(
            message(
                "{place}: longer than {n} MB when unpacked; check it, and unpack it first",
                place=source.place,
                n=most >> 20,
            )
        )
    return data


def refuse_workbook(source: Source, beginning: bytes) -> None:
    """Raise DocumentError where a file that should be text begins like a workbook or an archive."""
    if beginning.startswith(WORKBOOK_MARKS):
        raise DocumentError(
            message(
                "{place}: no text but an Excel workbook or an archive; give it the ending .xlsx, .xls or .zip",
                place=source.place,
            )
        )
