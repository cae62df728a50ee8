"""A .docx file as a zip of parts: which part is what, and their XML, within limits."""

import posixpath
from typing import NamedTuple

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.docx_xml import parse_part, whole_number, word_name
from classifier.readers.limits import LARGEST_WORD_TEXT
from classifier.readers.packages import PACKAGE_DAMAGE, ZipPackage, part_name

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
    try:
        with _Package(data, place, LARGEST_WORD_TEXT) as package:
            return package.parts()
    except PACKAGE_DAMAGE as error:
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


class _Package(ZipPackage):
    """An open file, and the notes on what is missing or was mended in it."""

    def __init__(self, data: bytes, place: str, largest: int) -> None:
        super().__init__(data, place, largest)
        self.notes: list[str] = []

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
        except PACKAGE_DAMAGE:
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
        except PACKAGE_DAMAGE:
            return None
        return whole_number(root.findtext("{*}Pages")) if root is not None else None

    def _parse(self, name: str) -> tuple[etree._Element | None, bool]:
        return parse_part(self.read(name), self.place)

    def _relations(self, part: str) -> dict[str, str]:
        """Return for each kind of relation of a part the name of the part that it leads to."""
        folder, name = posixpath.split(part)
        try:
            root, _ = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        except PACKAGE_DAMAGE:
            return {}
        found: dict[str, str] = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External":
                found.setdefault(kind, part_name(posixpath.normpath(posixpath.join("/", folder, target))))
        return found
