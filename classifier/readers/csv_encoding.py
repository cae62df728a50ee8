"""Tell the encoding of a table in plain text by the beginning of its content."""

from typing import BinaryIO

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.encoding import BOMS, CANDIDATES, PRIVATE_BLANKS, SAMPLE_BYTES, decode
from classifier.readers.opening import opened, refuse_workbook
from classifier.readers.raw import Source

_WIDE_BLANKS = dict.fromkeys(map(ord, PRIVATE_BLANKS), "\u3000")  # as `decode` reads them
_UTF16_NULS = 0.4  # share of the bytes from which ASCII with NULs between is UTF-16


def table_encoding(source: Source) -> tuple[str, int]:
    """Return the encoding of a file, by its first part that is not all ASCII, and its byte order mark's length.

    Raises DocumentError where the file is empty or no plausible text.
    """
    with opened(source) as file:
        sample = file.stream.read(SAMPLE_BYTES)
        if not sample.strip():
            raise DocumentError(
                message("{place}: the file is empty; check that it was saved whole", place=source.place)
            )
        refuse_workbook(source, sample)
        for bom, encoding in BOMS:
            if sample.startswith(bom):
                rest = sample[len(bom) :]
                if encoding == "utf_8" and not _may_be_utf8(rest):
                    return _of_bytes(rest[: rest.rfind(b"\n") + 1] or rest, source.place), len(bom)
                return encoding, len(bom)
        sample, more = _first_with_text(file.stream, sample)
    whole = sample[: sample.rfind(b"\n") + 1] or sample if more else sample  # the sample may end inside a character
    if b"\0" in whole:
        return _with_nuls(whole, source.place), 0
    return _of_bytes(whole, source.place), 0


def _first_with_text(stream: BinaryIO, sample: bytes) -> tuple[bytes, bool]:
    """Return the first part that is not all ASCII, else the last one, and whether more comes after it."""
    while more := stream.read(SAMPLE_BYTES):
        if not sample.isascii() or b"\0" in sample:
            return sample, True
        sample = more
    return sample, False


def _with_nuls(sample: bytes, place: str) -> str:
    """Return the encoding of bytes with NULs: UTF-16, or another one into which NULs have come by a fault."""
    without = sample.replace(b"\0", b"")
    nuls = len(sample) - len(without)
    if without.isascii():
        if nuls < _UTF16_NULS * len(sample.rstrip(b"\0")):
            return "utf_8"
    elif _is_utf8(without):
        return "utf_8"
    try:
        return _of_bytes(sample[: len(sample) & ~1], place)  # the last character of UTF-16 may be cut in two
    except DocumentError as refused:
        try:
            return _of_bytes(without, place)
        except DocumentError:
            raise refused from None


def _of_bytes(sample: bytes, place: str) -> str:
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    in_utf8 = [line for line in lines if _is_utf8(line)]
    if 2 * len(in_utf8) > len(lines):  # a few broken lines are no other encoding
        decode(b"\n".join(in_utf8), place)
        return "utf_8"
    text, _ = decode(sample, place)
    for encoding in ("utf_8", *CANDIDATES):
        if sample.decode(encoding, "replace").translate(_WIDE_BLANKS) == text:
            return encoding
    # Another file with a byte order mark of its own was put behind the first.
    raise DocumentError(message("{place}: of several encodings; save the file as CSV in UTF-8", place=place))


def _may_be_utf8(sample: bytes) -> bool:
    """Whether a line is in UTF-8; some programs put its byte order mark before another encoding."""
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    return not lines or any(map(_is_utf8, lines))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
