"""A .docx file as a zip of parts: which part is what, and their XML, within limits."""

import lzma
import posixpath
import struct
import zipfile
import zlib
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.docx_xml import WordXmlRefused, parse_part, whole_number, word_name

LARGEST_WORD_TEXT = 64 << 20  # bytes of the parts that are read, unpacked; 300 pages have about 10 MB
MOST_WORD_PARTS = 20_000  # members of the file; pictures are one each
# What a damaged archive makes the library raise.
_DAMAGE = (
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
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_MAIN_PARTS = ("word/document.xml", "word/document2.xml", "document.xml")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ROOTS = ("styles", "numbering", "footnotes", "endnotes")


class WordParts(NamedTuple):
    """The parts of a Word document that hold its text and how it looks, None for those that are not there.

    notes: what was mended or is missing. pages: how many there are by the program that saved the file.
    """

    body: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    pages: int | None
    notes: tuple[str, ...]


def word_parts(data: bytes, place: str) -> WordParts:
    """Open a .docx file. Raises DocumentError where it is damaged, locked, something else, or made to do harm."""
    if not data.startswith(_ZIP):
        raise DocumentError(message("{place}: {fault}", place=place, fault=_what_it_is(data)))
    if data.count(b"PK\x01\x02") > MOST_WORD_PARTS:
        raise DocumentError(
            message(
                "{place}: more than {most:,} parts in the file; {remedy}",
                place=place,
                most=MOST_WORD_PARTS,
                remedy=_save_as(),
            )
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Package(archive, place).parts()
    except WordXmlRefused as refused:
        raise DocumentError(message("{place}: {fault}", place=place, fault=refused)) from refused
    except _DAMAGE as error:
        raise DocumentError(
            message("{place}: not a whole .docx file; check that it was saved or sent whole", place=place)
        ) from error


def _what_it_is(data: bytes) -> str:
    """Return the message for a file that is no zip."""
    if data.startswith(_OLE):
        return _which_old_file(data)
    if not data.strip():
        return message("the file is empty; check that it was saved whole")
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{\\rtf"):
        return message("this is an RTF file; {remedy}", remedy=_save_as())
    if start.startswith(b"%PDF"):
        return message("this is a PDF file; name it .pdf")
    if start.startswith(b"<"):
        return message("this is a web page or XML and no .docx; name it .html, or {remedy}", remedy=_save_as())
    return message("this is no .docx file; give it the ending of what it is")


def _which_old_file(data: bytes) -> str:
    """Return the message for a file in the container of the Office of before 2007, in which locked files stand too."""
    if _wide("EncryptedPackage") in data:
        return message("locked with a password; take the password off in Word (文件 → 信息 → 保护文档) and save it")
    if _wide("WordDocument") in data:
        return message("this is an old .doc file, though it is named .docx; {remedy}", remedy=_save_as())
    return message("this is an old Office file and no .docx; {remedy}", remedy=_save_as())


def _save_as() -> str:
    return message("in Word choose 文件 → 另存为 → .docx")


def _wide(name: str) -> bytes:
    return name.encode("utf_16_le")


class _Package:
    """An open file; names of parts are compared without regard to case, as Word does."""

    def __init__(self, archive: zipfile.ZipFile, place: str) -> None:
        self.archive, self.place = archive, place
        self.members = {_plain(info.filename): info for info in archive.infolist()}
        self.notes: list[str] = []
        self.left = LARGEST_WORD_TEXT

    def parts(self) -> WordParts:
        main = self._main_name()
        document, mended = self._parse(main)
        body = None if document is None else document.find(word_name("w:body"))
        if body is None:
            raise DocumentError(
                message(
                    "{place}: its text is damaged and nothing of it can be read; {remedy}",
                    place=self.place,
                    remedy=_save_as(),
                )
            )
        if mended:
            self.notes.append(message("{place}: its XML is broken; some text may be missing", place=self.place))
        related = self._relations(main)
        found = {kind: self._side_part(kind, related.get(kind, f"word/{kind}.xml")) for kind in _ROOTS}
        return WordParts(body, **found, pages=self._pages(), notes=tuple(self.notes))

    def _main_name(self) -> str:
        named = self._relations("").get("officeDocument", "")
        for name in [named, *_MAIN_PARTS]:
            if name in self.members and not name.startswith(("xl/", "ppt/")):
                return name
        raise DocumentError(message("{place}: {fault}", place=self.place, fault=self._other_package()))

    def _other_package(self) -> str:
        if any(name.startswith("xl/") for name in self.members):
            return message("this is an Excel file; name it .xlsx")
        if any(name.startswith("ppt/") for name in self.members):
            return message("these are PowerPoint slides and no .docx; {remedy}", remedy=_save_as())
        if "mimetype" in self.members and "content.xml" in self.members:
            return message("this is an OpenDocument file; name it .odt")
        return message("no Word text in this file (word/document.xml is missing); check that it was saved whole")

    def _side_part(self, kind: str, name: str) -> etree._Element | None:
        """Return a part that the text can be read without; a note says what is missing where it is damaged."""
        if name not in self.members:
            return None
        try:
            root, mended = self._parse(name)
        except _DAMAGE:
            root, mended = None, True
        if mended:
            self.notes.append(self._missing(kind, name))
        return root

    def _missing(self, kind: str, name: str) -> str:
        about = {"place": self.place, "part": name}
        notes = {
            "styles": message("{place}: {part} is damaged; styles and levels may be missing", **about),
            "numbering": message("{place}: {part} is damaged; automatic numbers may be missing", **about),
            "footnotes": message("{place}: {part} is damaged; footnotes may be missing", **about),
            "endnotes": message("{place}: {part} is damaged; endnotes may be missing", **about),
        }
        return notes[kind]

    def _pages(self) -> int | None:
        try:
            root, _ = self._parse("docprops/app.xml")
        except _DAMAGE:
            return None
        return whole_number(root.findtext("{*}Pages")) if root is not None else None

    def _parse(self, name: str) -> tuple[etree._Element | None, bool]:
        return parse_part(self._read(name))

    def _read(self, name: str) -> bytes:
        info = self.members[name]
        if info.flag_bits & 0x1:
            raise DocumentError(
                message("{place}: locked with a password; unlock it and save it again", place=self.place)
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("compressed as no .docx is")
        with self.archive.open(info) as stream:
            content = stream.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise DocumentError(
                message(
                    "{place}: more than {most} MB of text; divide it", place=self.place, most=LARGEST_WORD_TEXT >> 20
                )
            )
        return content

    def _relations(self, part: str) -> dict[str, str]:
        """Return for each kind of relation of a part the name of the part that it leads to."""
        folder, name = posixpath.split(part)
        try:
            root, _ = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        except _DAMAGE:
            return {}
        found: dict[str, str] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                found.setdefault(kind, _plain(posixpath.normpath(posixpath.join("/", folder, target))))
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
