"""The text boxes of Word's drawings, each once, though files have them for new and for old programs."""

from collections.abc import Iterator

from lxml import etree

from classifier.readers.docx_xml import word_name

# Drawings for Word since 2010 are of names that begin so; what else a choice requires is not known.
_KNOWN_CHOICE = "http://schemas.microsoft.com/office/"

ALTERNATE = word_name("mc:AlternateContent")
_CHOICE, _FALLBACK = word_name("mc:Choice"), word_name("mc:Fallback")
_T, _BOX, _DRAWN_WORD = word_name("w:t"), word_name("w:txbxContent"), word_name("v:textpath")


def chosen_branch(alternate: etree._Element) -> etree._Element | None:
    """Return the one branch of alternative contents that has text: a choice that Word knows, or else the fallback."""
    branches = [b for b in alternate.iterfind(_CHOICE) if _is_known(b)]
    branches += alternate.iterfind(_FALLBACK)
    return next((b for b in branches if next(b.iter(_T, _DRAWN_WORD), None) is not None), None)


def _is_known(choice: etree._Element) -> bool:
    prefixes = (choice.get("Requires") or "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_KNOWN_CHOICE) for prefix in prefixes)


def text_boxes(drawing: etree._Element) -> Iterator[etree._Element | str]:
    """Yield the text boxes of a drawing, each once, and the text of drawn words."""
    waiting = [drawing]
    while waiting:
        node = waiting.pop()
        if node.tag == _BOX:
            yield node
        elif node.tag == ALTERNATE:
            branch = chosen_branch(node)
            waiting.extend([] if branch is None else [branch])
        elif node.tag == _DRAWN_WORD:
            yield node.get("string") or ""
        else:
            waiting.extend(reversed(node))
