"""Reads what old office programs write (.doc, .wps, .rtf, .odt): LibreOffice makes .docx of it, which is then read."""

import re
from dataclasses import replace

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.docx import read_docx
from classifier.readers.libreoffice import LONGEST_CONVERSION, ConversionError, convert, find_libreoffice
from classifier.readers.lines import CountKind, DocumentLines
from classifier.readers.packages import PACKAGE_DAMAGE, ZipPackage

LARGEST_OFFICE_FILE = 256 << 20
LARGEST_OPEN_TEXT = 128 << 20  # bytes of an .odt, unpacked
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_WORD_MAGIC, _ENCRYPTED = b"\xec\xa5", 0x01  # how Word's own part begins, and the bit of its twelfth byte
_FLAT_TEXT = b"application/vnd.oasis.opendocument.text"  # of one XML file
_OPEN_TEXT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)")


def read_office(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a document of Word before 2007, of WPS, in RTF or OpenDocument; of .docx as well.

    Counts of the receipt: those of .docx, and `converted`.
    Raises DocumentError where it is damaged, locked or another file, or where LibreOffice is missing or fails.
    """
    if len(data) > LARGEST_OFFICE_FILE:
        raise DocumentError(
            message("{place}: larger than {most} MB; divide it", place=place, most=LARGEST_OFFICE_FILE >> 20)
        )
    ending = office_ending(data)
    if ending == ".docx":
        return read_docx(data, place)
    if ending is None:
        raise DocumentError(
            message(
                "{place}: damaged, or no document of Word, WPS or OpenDocument; open it and save it as .docx",
                place=place,
            )
        )
    _refuse_locked(data, place)
    program = find_libreoffice()
    if program is None:
        raise DocumentError(
            message(
                "{place}: reading this format needs LibreOffice; install it, "
                "or choose 文件 → 另存为 → .docx in Word or WPS",
                place=place,
            )
        )
    try:
        converted = convert(data, ending, "docx", program)
    except ConversionError as error:
        raise DocumentError(_failed(place, error.too_long)) from error
    read = read_docx(converted, place)
    return replace(read, counts={**read.counts, CountKind.CONVERTED: 1})


def office_ending(data: bytes) -> str | None:
    r"""Return the ending of the name that the bytes of an office document should have, None where they are none.

    >>> office_ending(b"{\\rtf1 }"), office_ending(b"plain")
    ('.rtf', None)
    """
    if data.startswith(_OLE):
        names = {"WordDocument": ".doc", "EncryptedPackage": ".doc", "CONTENTS": ".wps"}  # the last of Microsoft Works
        return next((ending for name, ending in names.items() if _wide(name) in data), None)
    if data.startswith(b"PK"):
        if found := _OPEN_TEXT.search(data, 0, 200):
            return ".odt" if found[1] == b"text" else None
        return ".docx" if b"word/" in data else ".odt" if b"content.xml" in data else None
    if b"<office:document" in data[:4096] and _FLAT_TEXT in data[:4096]:
        return ".fodt"
    return ".rtf" if data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rt") else None


def _refuse_locked(data: bytes, place: str) -> None:
    """Raise DocumentError for a locked file, of which LibreOffice would ask the password, or one that is a zip bomb."""
    if data.startswith(_OLE):
        starts = range(0, len(data) - 12, _SECTOR)
        locked = any(data.startswith(_WORD_MAGIC, i) and data[i + 11] & _ENCRYPTED for i in starts)
        locked |= _wide("EncryptedPackage") in data
    else:
        locked = data.startswith(b"PK") and _is_locked_zip(data, place)
    if locked:
        raise DocumentError(message("{place}: locked with a password; save it without one", place=place))


def _is_locked_zip(data: bytes, place: str) -> bool:
    try:
        package = ZipPackage(data, place, LARGEST_OPEN_TEXT)
        package.read("content.xml")  # which raises where it is too large
        return b"encryption-data" in package.read("meta-inf/manifest.xml")
    except PACKAGE_DAMAGE:
        return False  # LibreOffice says whether it can mend it


def _failed(place: str, too_long: bool) -> str:
    if too_long:
        return message(
            "{place}: LibreOffice took more than {seconds:.0f} seconds for it; open it and save it as .docx",
            place=place,
            seconds=LONGEST_CONVERSION,
        )
    return message(
        "{place}: LibreOffice cannot open it; it is damaged or locked, open it and save it as .docx without a password",
        place=place,
    )


def _wide(name: str) -> bytes:
    return name.encode("utf_16_le")
