"""Markup of a web page to a tree, within limits, without what a browser does not show."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.html_styles import PageStyles
from classifier.readers.lines import CountKind

LARGEST_WEB_PAGE = 50 << 20  # bytes; a report of 300 pages has less than two million
MOST_WEB_TAGS = 500_000  # of a page, <p> and </p> being two; one of 300 pages that Word saved has half as many
_DEEPEST = 2_040  # elements within each other; the parser leaves out what is deeper than 2,048

_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]{0,80},[A-Za-z0-9+/=%]{200,}")  # a picture within the page
_INLINE_TAG = re.compile(r"</?(?:font|span|b|strong|i|em|u|a|big|small|o:p)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_EMPTY_ELEMENT = re.compile(r"<(script|style|title|textarea|iframe|a|div|p|span|td)((?:\s[^<>]{0,2000})?)/>")
_NEVER_SHOWN = (
    "script style noscript template iframe object embed applet video audio canvas svg button select option input "
    "textarea datalist rt rp map head title meta link base noframes dialog"
)
_NOT_SHOWN = frozenset(_NEVER_SHOWN.split())
_AWAY = frozenset({"nav", "footer", "aside", "menu"})
_MOST = 0.5  # share of a page's text that is never taken for hidden: many pages show their text by a script


def check_page_size(data: bytes, place: str) -> None:
    """Raise DocumentError where the file of a page is too large."""
    if len(data) > LARGEST_WEB_PAGE:
        raise DocumentError(
            message(
                "{place}: a page of more than {most} MB; save it without its pictures",
                place=place,
                most=LARGEST_WEB_PAGE >> 20,
            )
        )


def page_tree(text: str, place: str) -> etree._Element:
    """Return the root of a page's tree without comments. Raises DocumentError where the page is beyond the limits."""
    text = _DATA_ADDRESS.sub("", text.replace("\0", ""))
    if text.count("<") > MOST_WEB_TAGS:
        raise DocumentError(
            message("{place}: more than {most:,} tags; divide it into several pages", place=place, most=MOST_WEB_TAGS)
        )
    if text.lstrip()[:5] == "<?xml":  # where an element without content may be written as one tag
        text = _EMPTY_ELEMENT.sub(r"<\1\2></\1>", text)
    root = _parsed(text)
    if root is not None and _is_too_deep(root):
        root = _parsed(_INLINE_TAG.sub("", text))  # fonts that are opened and never closed stand within each other
        if root is not None and _is_too_deep(root):
            raise DocumentError(
                message(
                    "{place}: its elements stand too deep in each other; copy its text into a new file", place=place
                )
            )
    if root is None:
        raise DocumentError(message("{place}: no text in this page; check that it was saved whole", place=place))
    return root


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _is_too_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def without_unseen(root: etree._Element, styles: PageStyles, counts: Counter[CountKind]) -> None:
    """Take out of a tree what a browser does not show or what never belongs to an article.

    counts: `deleted_revisions` (<del>), `hidden_text`.
    """
    length = sum(map(len, shown_text(root)))
    for element in _unseen(root, styles):
        kept = _text_length(element)
        if element.tag in _NOT_SHOWN or element.tag in ("del", *_AWAY):
            if element.tag in _AWAY and kept > _MOST * length:
                continue
            counts[CountKind.DELETED_REVISIONS] += element.tag == "del" and kept > 0
        elif kept > _MOST * length:
            continue
        else:
            counts[CountKind.HIDDEN_TEXT] += kept > 0
        drop_element(element)


def _unseen(root: etree._Element, styles: PageStyles) -> list[etree._Element]:
    return [
        element
        for element in root.iter(etree.Element)
        if element is not root
        and (element.tag in _NOT_SHOWN or element.tag in _AWAY or element.tag == "del" or styles.hides(element))
    ]


def shown_text(element: etree._Element) -> Iterator[str]:
    """Yield the pieces of text in an element, without scripts, styles and the like."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node.tag in _NOT_SHOWN:
            walk.skip_subtree()
        elif event == "start":
            yield node.text or ""
        elif node is not element:
            yield node.tail or ""


def _text_length(element: etree._Element) -> int:
    return sum(len("".join(piece.split())) for piece in shown_text(element))


def drop_element(element: etree._Element) -> None:
    """Take an element out of its tree, and leave the text behind it there."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
