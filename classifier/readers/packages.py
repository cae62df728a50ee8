"""Documents that are a zip of XML parts, as .docx and .ofd are: opened, read and parsed within limits."""

import lzma
import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Self

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.limits import MOST_WORD_MARKUP, MOST_WORD_PARTS

# What a damaged archive makes the library raise.
PACKAGE_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
)
_ANY_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class ZipPackage:
    """An open file; names of parts are compared without regard to case, and its text is unpacked up to a limit.

    largest: bytes of the parts that are read, unpacked. Raises DocumentError where it has too many parts or bytes, or
    is locked, and one of PACKAGE_DAMAGE where it is damaged.
    """

    def __init__(self, data: bytes, place: str, largest: int) -> None:
        """Open a file."""
        if data.count(b"PK\x01\x02") > MOST_WORD_PARTS:
            raise DocumentError(
                message(
                    "{place}: more than {most:,} parts in the file; save it anew", place=place, most=MOST_WORD_PARTS
                )
            )
        self.archive = zipfile.ZipFile(BytesIO(data))
        self.place, self.largest, self.left = place, largest, largest
        self.members = {part_name(info.filename): info for info in self.archive.infolist()}

    def __enter__(self) -> Self:
        """Return itself; it is closed at the end."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the file."""
        self.archive.close()

    def read(self, name: str) -> bytes:
        """Return the bytes of a part. Raises KeyError where it is not there."""
        info = self.members[name]
        if info.flag_bits & 0x1:
            raise DocumentError(
                message("{place}: locked with a password; unlock it and save it again", place=self.place)
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("compressed as no document is")
        with self.archive.open(info) as stream:
            content = stream.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise DocumentError(
                message("{place}: more than {most} MB of text; divide it", place=self.place, most=self.largest >> 20)
            )
        return content


def part_name(name: str) -> str:
    r"""Return the name of a part in the one way in which names are compared.

    >>> part_name("/Doc_0\\Document.xml")
    'doc_0/document.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()


def parse_xml(data: bytes, place: str) -> tuple[etree._Element | None, bool]:
    """Return the root of a part, None where nothing of it can be read, and whether broken XML was mended.

    No entity is resolved and nothing is fetched. Raises DocumentError where the XML is made to do harm.
    """
    if b"\x00" in data[:64]:
        data = as_utf8(data)
    if _ANY_DOCTYPE.search(data):
        raise DocumentError(_declares(place))
    if data.count(b"<") + data.count(b"=") > MOST_WORD_MARKUP:
        raise DocumentError(
            message("{place}: more than {most:,} tags and attributes; divide it", place=place, most=MOST_WORD_MARKUP)
        )
    try:
        root = etree.fromstring(data, _parser(recover=False))
        mended = False
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):  # libxml2 allows 256 elements within each other
            raise DocumentError(
                message("{place}: too many elements within each other; open it and save it anew", place=place)
            ) from error
        root = _recovered(data)
        mended = True
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(_declares(place))
    return root, mended


def _declares(place: str) -> str:
    return message("{place}: it declares entities, which no document does; open it and save it anew", place=place)


def _recovered(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def as_utf8(data: bytes) -> bytes:
    """Return UTF-16 as UTF-8, so that what is looked for in bytes is found."""
    encoding = (
        "utf_16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf_16_le" if data[1:2] == b"\x00" else "utf_16_be"
    )
    text = data.decode(encoding, "replace")
    return re.sub(r"<\?xml[^>]*\?>", "", text, count=1).encode("utf_8", "replace")
