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
from classifier.readers.docx_xml import WordXmlRefused, parse_part, whole_number, word_name
from classifier.readers.limits import LARGEST_WORD_TEXT, MOST_WORD_PARTS

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
_SAVE_AS = "in Word choose 文件 → 另存为 → .docx"
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
# What a file is that is named .docx and is no zip, by how it begins.
_OTHERS = (
    (b"{\\rtf", f"this is an RTF file; {_SAVE_AS}"),
    (b"%PDF", "this is a PDF file; name it .pdf"),
    (b"<", "this is a web page or XML and no .docx; name it .html, or " + _SAVE_AS),
)
_MAIN_PARTS = ("word/document.xml", "word/document2.xml", "document.xml")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ROOTS = ("styles", "numbering", "footnotes", "endnotes")
_WORDS = {
    "styles": "styles and levels",
    "numbering": "automatic numbers",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
}


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
        raise DocumentError(f"{place}: {_what_it_is(data)}")
    if data.count(b"PK\x01\x02") > MOST_WORD_PARTS:
        raise DocumentError(f"{place}: more than {MOST_WORD_PARTS:,} parts in the file; {_SAVE_AS}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Package(archive, place).parts()
    except WordXmlRefused as refused:
        raise DocumentError(f"{place}: {refused}") from refused
    except _DAMAGE as error:
        raise DocumentError(f"{place}: not a whole .docx file; check that it was saved or sent whole") from error


def _what_it_is(data: bytes) -> str:
    """Return the message for a file that is no zip."""
    if data.startswith(_OLE):
        if _wide("EncryptedPackage") in data:
            return "locked with a password; take the password off in Word (文件 → 信息 → 保护文档) and save it"
        if _wide("WordDocument") in data:
            return f"this is an old .doc file, though it is named .docx; {_SAVE_AS}"
        return f"this is an old Office file and no .docx; {_SAVE_AS}"
    if not data.strip():
        return "the file is empty; check that it was saved whole"
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    found = next((message for begin, message in _OTHERS if start.startswith(begin)), None)
    return found or "this is no .docx file; give it the ending of what it is"


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
            raise DocumentError(f"{self.place}: its text is damaged and nothing of it can be read; {_SAVE_AS}")
        if mended:
            self.notes.append(f"{self.place}: its XML is broken; some text may be missing")
        related = self._relations(main)
        found = {kind: self._side_part(kind, related.get(kind, f"word/{kind}.xml")) for kind in _ROOTS}
        return WordParts(body, **found, pages=self._pages(), notes=tuple(self.notes))

    def _main_name(self) -> str:
        named = self._relations("").get("officeDocument", "")
        for name in [named, *_MAIN_PARTS]:
            if name in self.members and not name.startswith(("xl/", "ppt/")):
                return name
        raise DocumentError(f"{self.place}: {self._other_package()}")

    def _other_package(self) -> str:
        if any(name.startswith("xl/") for name in self.members):
            return "this is an Excel file; name it .xlsx"
        if any(name.startswith("ppt/") for name in self.members):
            return f"these are PowerPoint slides and no .docx; {_SAVE_AS}"
        if "mimetype" in self.members and "content.xml" in self.members:
            return "this is an OpenDocument file; name it .odt"
        return "no Word text in this file (word/document.xml is missing); check that it was saved whole"

    def _side_part(self, kind: str, name: str) -> etree._Element | None:
        """Return a part that the text can be read without; a note says what is missing where it is damaged."""
        if name not in self.members:
            return None
        try:
            root, mended = self._parse(name)
        except _DAMAGE:
            root, mended = None, True
        if mended:
            self.notes.append(f"{self.place}: {name} is damaged; {_WORDS[kind]} may be missing")
        return root

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
            raise DocumentError(f"{self.place}: locked with a password; unlock it and save it again")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("compressed as no .docx is")
        with self.archive.open(info) as stream:
            content = stream.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise DocumentError(f"{self.place}: more than {LARGEST_WORD_TEXT >> 20} MB of text; divide it")
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
