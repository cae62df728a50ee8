"""Reads OFD (GB/T 33190), the state's own page format: its pages' characters, laid out as those of PDF are."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import counted_message, message
from classifier.readers.lines import CountKind, DocumentLines
from classifier.readers.ocr import ocr_wanted
from classifier.readers.ofd_colors import Look
from classifier.readers.ofd_fonts import GlyphTables
from classifier.readers.ofd_images import with_ocr
from classifier.readers.ofd_objects import OfdDrawing
from classifier.readers.ofd_package import OfdDocument, OfdFile, located
from classifier.readers.ofd_xml import attribute, box_of, child_at, children_named, text_at
from classifier.readers.packages import PACKAGE_DAMAGE
from classifier.readers.page_characters import PageCharacters
from classifier.readers.page_document import check_letters, check_page_count, document_of_pages, page_ranges
from classifier.readers.page_geometry import MOST_RULES, PageBox, covered_share
from classifier.readers.page_visibility import TooManyCharactersError, visible_page

MILLIMETRE = 72 / 25.4  # points
SMALLEST_PAGE = 10.0  # millimetres: a page's box that is smaller is a mistake
MOST_DOCUMENT_OBJECTS = 5_000_000  # drawn by all pages, with those of their templates; a letter may be one
MOST_TEMPLATES = 50  # of one document that are kept parsed


def read_ofd(data: bytes, place: str, ocr: bool | None = None) -> DocumentLines:
    """Return the lines of an OFD file, of all documents in it; stamps, remarks and attached files are not read.

    ocr: whether the text of scans is recognized, which takes seconds a page; None: if CLASSIFY_OCR is set.
    Counts of the receipt: those of page formats, damaged_pages, annotations and embedded_documents.
    Raises DocumentError where it is damaged, locked, no OFD, or made to do harm.
    """
    file = OfdFile(data, place)
    wanted = ocr_wanted() if ocr is None else ocr
    reader = _OfdReader(file, wanted)
    pages = list(reader.pages())
    read = document_of_pages(pages, place, reader.levels, wanted)
    counts = {**read.counts, CountKind.DAMAGED_PAGES: len(reader.damaged), CountKind.ANNOTATIONS: reader.annotations}
    counts[CountKind.EMBEDDED_DOCUMENTS] = reader.attachments
    notes = (*read.notes, *_notes(reader, place))
    return replace(read, notes=notes, counts={kind: n for kind, n in counts.items() if n})


def _notes(reader: "_OfdReader", place: str) -> Iterator[str]:
    if damaged := reader.damaged:
        yield counted_message(
            "{place}: page {pages} is damaged and some of its text may be missing; get the file anew",
            "{place}: pages {pages} are damaged and some of their text may be missing; get the file anew",
            len(damaged),
            place=place,
            pages=page_ranges(damaged),
        )
    if embedded := reader.attachments:
        yield message("{place}: documents that are embedded in it are not read ({n})", place=place, n=embedded)


@dataclass(slots=True)
class _OfdReader:
    """Reads the pages of all documents of a file, and remembers what the user must know of them."""

    file: OfdFile
    ocr: bool = False
    levels: dict[tuple[int, str], int] = field(default_factory=dict)
    damaged: list[int] = field(default_factory=list)
    annotations: int = 0
    attachments: int = 0
    letters: int = 0
    drawn: int = 0
    count: int = 0
    _templates: dict[str, etree._Element | None] = field(default_factory=dict)

    def pages(self) -> Iterator[PageCharacters]:
        """Yield the pages in order, numbered through all documents."""
        for document in self.file.documents():
            self.annotations += document.annotations
            self.attachments += document.attachments
            glyphs = GlyphTables(self.file, document)
            numbers = {}
            self._templates.clear()
            for identity, path in document.pages:
                self.count += 1
                check_page_count(self.count, self.file.place)
                numbers[identity] = self.count
                yield self._page(document, glyphs, path)
            outline = ((numbers.get(page), title, level) for page, title, level in document.outline)
            self.levels |= {(number, title): level for number, title, level in outline if number is not None}
        check_page_count(self.count, self.file.place)

    def _page(self, document: OfdDocument, glyphs: GlyphTables, path: str) -> PageCharacters:
        root = self._root(path)
        for resource in children_named(root, "PageRes"):
            self.file.add_resources(document, located(resource.text, path.rpartition("/")[0]))
        box = _page_box(root, document.box)
        drawing = OfdDrawing(document, glyphs)
        k = MILLIMETRE
        matrix = (k, 0.0, 0.0, k, -box[0] * k, -box[1] * k)
        try:
            for content in self._contents(document, root):
                drawing.group(content, matrix, Look())
        except TooManyCharactersError:
            raise DocumentError(
                message(
                    "{place}: page {page} has more characters than any text; print it anew",
                    place=self.file.place,
                    page=self.count,
                )
            ) from None
        size = ((box[2] - box[0]) * k, (box[3] - box[1]) * k)
        images = [image for _, image in drawing.images]
        share = covered_share(images, (0.0, 0.0, *size))
        rules = drawing.rule_array(MOST_RULES)
        page = visible_page(self.count, size, drawing.characters(), drawing.grounds + images, rules, share)
        self.drawn += drawing.drawn
        if self.drawn > MOST_DOCUMENT_OBJECTS:
            raise DocumentError(
                message("{place}: draws more than any document does; print it anew to PDF", place=self.file.place)
            )
        self.letters += len(page.codes) + page.hidden + drawing.hidden
        check_letters(self.letters, self.file.place)
        page = replace(page, hidden=page.hidden + drawing.hidden)
        return with_ocr(page, drawing.images, document, self.file) if self.ocr else page

    def _contents(self, document: OfdDocument, root: etree._Element | None) -> Iterator[etree._Element]:
        """Yield what is drawn on a page: the templates behind it, itself, and those before it."""
        used = list(children_named(root, "Template"))
        before = [template for template in used if attribute(template, "ZOrder") == "Foreground"]
        behind = [template for template in used if template not in before]
        roots = [
            *(self._template(document, template) for template in behind),
            root,
            *(self._template(document, template) for template in before),
        ]
        yield from (content for found in roots for content in children_named(found, "Content"))

    def _template(self, document: OfdDocument, used: etree._Element) -> etree._Element | None:
        identity = attribute(used, "TemplateID") or ""
        if identity not in self._templates:
            if len(self._templates) >= MOST_TEMPLATES:
                self._templates.clear()
            self._templates[identity] = self._root(document.templates.get(identity, ""))
        return self._templates[identity]

    def _root(self, path: str) -> etree._Element | None:
        """Return a page's XML; where it is missing or broken the page counts as damaged."""
        try:
            root, mended = self.file.xml(path)
        except PACKAGE_DAMAGE:
            root, mended = None, True
        if (root is None or mended) and self.count not in self.damaged:
            self.damaged.append(self.count)
        return root


def _page_box(root: etree._Element | None, otherwise: PageBox) -> PageBox:
    """Return the box of a page in millimetres; some programs put its area within its content."""
    areas = (child_at(root, *path) for path in (("Area",), ("PageArea",), ("Content", "Area"), ("Content", "PageArea")))
    found = next((box_of(text_at(area, "PhysicalBox")) for area in areas if area is not None), None) or otherwise
    wide = found[2] - found[0] >= SMALLEST_PAGE and found[3] - found[1] >= SMALLEST_PAGE
    return found if wide else (0.0, 0.0, 210.0, 297.0)
