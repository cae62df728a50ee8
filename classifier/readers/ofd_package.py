"""An .ofd file as a zip of parts: its documents, their pages, and what the pages share."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.ofd_xml import attribute, box_of, child_at, children_named, is_set, local_name, text_at
from classifier.readers.packages import PACKAGE_DAMAGE, ZipPackage, parse_xml, part_name
from classifier.readers.page_document import squeezed
from classifier.readers.page_geometry import PageBox

LARGEST_OFD_TEXT = 512 << 20  # bytes of the parts that are read, unpacked; 300 pages have about 50 MB
MOST_DOCUMENTS = 100  # in one file
MOST_OUTLINE = 2_000  # entries
DEEPEST_OUTLINE = 6
_A4_MM = (0.0, 0.0, 210.0, 297.0)


@dataclass(slots=True)
class OfdFont:
    """A font: its names, whether it is bold, and the part of the file that holds it, if any does."""

    names: str
    is_bold: bool
    path: str | None


@dataclass(slots=True)
class OfdDocument:
    """One document of a file: its pages with their ids and parts, and by id what the pages share.

    box: of the pages that name none, in millimetres: left, top, right, bottom. levels: of headings, by page and title.
    """

    box: PageBox
    pages: list[tuple[str, str]] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, OfdFont] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    units: dict[str, etree._Element] = field(default_factory=dict)
    draw_params: dict[str, etree._Element] = field(default_factory=dict)
    outline: list[tuple[str, str, int]] = field(default_factory=list)  # page's id, title without blanks, level
    annotations: int = 0
    attachments: int = 0


class OfdFile:
    """An open file. Raises DocumentError where it is damaged, locked, no OFD, or made to do harm."""

    def __init__(self, data: bytes, place: str) -> None:
        """Open a file."""
        self.place = place
        try:
            self.package = ZipPackage(data, place, LARGEST_OFD_TEXT)
            root = self.xml("ofd.xml")[0] if "ofd.xml" in self.package.members else None
        except PACKAGE_DAMAGE as error:
            raise DocumentError(
                message("{place}: not a whole .ofd file; check that it was saved or sent whole", place=place)
            ) from error
        if root is None:
            raise DocumentError(self._no_start())
        self.root = root

    def _no_start(self) -> str:
        if any("encrypt" in name for name in self.package.members):
            return message("{place}: locked with a password; save it without one", place=self.place)
        return message(
            "{place}: no OFD text in this file (OFD.xml is missing); check that it was saved whole", place=self.place
        )

    def xml(self, path: str) -> tuple[etree._Element | None, bool]:
        """Return the root of a part, and whether it had to be mended; raises one of PACKAGE_DAMAGE, too."""
        return parse_xml(self.package.read(path), self.place)

    def documents(self) -> Iterator[OfdDocument]:
        """Yield the documents in order; what is damaged beside the pages is left out."""
        bodies = list(children_named(self.root, "DocBody"))[:MOST_DOCUMENTS]
        for body in bodies:
            path = part_name(text_at(body, "DocRoot"))
            root = self._side_part(path)
            if root is not None:
                yield self._document(root, posixpath.dirname(path))

    def _document(self, root: etree._Element, folder: str) -> OfdDocument:
        common = child_at(root, "CommonData")
        found = OfdDocument(box_of(text_at(common, "PageArea", "PhysicalBox")) or _A4_MM)
        for kind in ("PublicRes", "DocumentRes"):
            for resource in children_named(common, kind):
                self.add_resources(found, located(resource.text, folder))
        for template in children_named(common, "TemplatePage"):
            found.templates[attribute(template, "ID") or ""] = located(attribute(template, "BaseLoc"), folder)
        for page in children_named(child_at(root, "Pages"), "Page"):
            found.pages.append((attribute(page, "ID") or "", located(attribute(page, "BaseLoc"), folder)))
        _add_outline(found.outline, child_at(root, "Outlines"), 1)
        found.annotations = self._annotations(located(text_at(root, "Annotations"), folder))
        attachments = self._side_part(located(text_at(root, "Attachments"), folder))
        found.attachments = sum(1 for _ in children_named(attachments, "Attachment"))
        return found

    def add_resources(self, document: OfdDocument, path: str) -> None:
        """Add the fonts, images, units and drawing parameters of a part to those of a document."""
        root = self._side_part(path)
        if root is None:
            return
        folder = located(attribute(root, "BaseLoc"), posixpath.dirname(path))
        for element in (inner for group in root for inner in group):
            identity, kind = attribute(element, "ID") or "", local_name(element)
            if kind == "Font":
                names = f"{attribute(element, 'FontName') or ''} {attribute(element, 'FamilyName') or ''}"
                file = text_at(element, "FontFile")
                is_bold = is_set(element, "Bold")
                document.fonts[identity] = OfdFont(names, is_bold, located(file, folder) if file else None)
            elif kind == "MultiMedia":
                document.images[identity] = located(text_at(element, "MediaFile"), folder)
            elif kind == "CompositeGraphicUnit":
                document.units[identity] = element
            elif kind == "DrawParam":
                document.draw_params[identity] = element

    def _annotations(self, path: str) -> int:
        """Return how many annotations the pages have, such as stamps and remarks; they are not read."""
        root, folder = self._side_part(path), posixpath.dirname(path)
        pages = (self._side_part(located(text_at(page, "FileLoc"), folder)) for page in children_named(root, "Page"))
        return sum(1 for page in pages for _ in children_named(page, "Annot"))

    def _side_part(self, path: str) -> etree._Element | None:
        """Return a part that the text can be read without, None where it is missing or damaged."""
        if path not in self.package.members:
            return None
        try:
            return self.xml(path)[0]
        except PACKAGE_DAMAGE:
            return None


def located(target: str | None, folder: str) -> str:
    """Return the name of the part that a part in a folder names.

    >>> located("Pages/Page_0/Content.xml", "doc_0"), located("/Doc_1/Res", "doc_0")
    ('doc_0/pages/page_0/content.xml', 'doc_1/res')
    """
    return part_name(posixpath.normpath(posixpath.join("/", folder, (target or "").strip().replace("\\", "/"))))


def _add_outline(found: list[tuple[str, str, int]], element: etree._Element | None, level: int) -> None:
    for entry in children_named(element, "OutlineElem"):
        if len(found) >= MOST_OUTLINE or level > DEEPEST_OUTLINE:
            return
        target = child_at(entry, "Actions", "Action", "Goto", "Dest")
        if target is not None:
            found.append((attribute(target, "PageID") or "", squeezed(attribute(entry, "Title") or ""), level))
        _add_outline(found, entry, level + 1)
