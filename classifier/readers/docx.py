"""Word documents (.docx) to their lines, with the numbers that Word shows before paragraphs."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.docx_body import TablesTooDeep, WordTextReader
from classifier.readers.docx_numbering import numbered_lists
from classifier.readers.docx_package import WordParts, word_parts
from classifier.readers.docx_styles import WordStyles
from classifier.readers.docx_xml import word_name
from classifier.readers.lines import CountKind, DocumentLines, Place, RawLine

_ID, _TYPE = word_name("w:id"), word_name("w:type")


def read_docx(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a Word document: its text in order, its notes at the end; no headers, footers and comments.

    Counts of the receipt: automatic_numbers, bullets, deleted_revisions, hidden_text, text_boxes, table_rows, notes,
    contents_lines (of tables of contents), placeholders (empty form fields), embedded_documents (which are not read).
    Raises DocumentError where it is damaged, locked, no Word document, or made to do harm.
    """
    parts = word_parts(data, place)
    try:
        return _document_lines(parts, place)
    except (TablesTooDeep, RecursionError) as error:
        raise DocumentError(
            message(
                "{place}: tables or text boxes stand too deep in each other; copy its text into a new file", place=place
            )
        ) from error


def _document_lines(parts: WordParts, place: str) -> DocumentLines:
    counts: Counter[CountKind] = Counter()
    lists = numbered_lists(parts.numbering)
    styles = WordStyles(parts.styles, lists)
    reader = WordTextReader(styles, lists, counts)
    lines = reader.container(parts.body)
    breaks = reader.runs.page_breaks
    # Where a page begins is known only where the program that saved the file laid all of it out.
    pages = parts.pages if breaks and parts.pages == breaks + 1 else None
    if pages is None:
        lines = [line._replace(page=None) for line in lines]
    lines += _note_lines(parts, reader, WordTextReader(styles, lists, counts))
    notes = list(parts.notes)
    if embedded := counts[CountKind.EMBEDDED_DOCUMENTS]:
        notes.append(message("{place}: documents that are embedded in it are not read ({n})", place=place, n=embedded))
    numbered = tuple(line._replace(number=i) for i, line in enumerate(lines, start=1))
    return DocumentLines(numbered, tuple(notes), pages, {kind: n for kind, n in sorted(counts.items()) if n})


def _note_lines(parts: WordParts, text: WordTextReader, reader: WordTextReader) -> Iterator[RawLine]:
    """Yield the lines of the footnotes and then the endnotes that the text refers to, in its order."""
    for kind, root in (("footnotes", parts.footnotes), ("endnotes", parts.endnotes)):
        notes = _by_id(root)
        for reference in text.runs.notes:
            note = notes.get(reference.id) if reference.part == kind else None
            if note is not None:
                reader.counts[CountKind.NOTES] += 1
                yield from (line._replace(place=Place.NOTE, page=None) for line in reader.container(note))


def _by_id(root: etree._Element | None) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {note.get(_ID) or "": note for note in root if (note.get(_TYPE) or "normal") == "normal"}
