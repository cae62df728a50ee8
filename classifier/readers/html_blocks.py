"""The lines of text of a web page with what of them is links and prose, and how much prose each element holds."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from classifier.readers.html_furniture import is_web_furniture
from classifier.readers.html_lines import BLOCK_TAGS

_LEAST_PROSE = 25  # characters of a paragraph; headings, dates and links have less
_MOSTLY = 0.8  # share of a line's characters that are links
_NAMING = ("class", "id", "role", "title")
_LONGEST_NAMES = 500  # characters of an element's names


class TextBlock(NamedTuple):
    """A line of text of a page. owner: the block that it stands in. linked: how many of its characters are links."""

    owner: etree._Element
    text: str
    linked: int
    links: list[etree._Element]

    @property
    def is_link(self) -> bool:
        """Whether nearly all of it leads to other pages."""
        return self.linked >= _MOSTLY * len(self.text)

    @property
    def prose(self) -> int:
        """How many characters of prose it is; 0 for what is too short, links and furniture."""
        own = len(self.text)
        return own if own >= _LEAST_PROSE and not self.is_link and not is_web_furniture(self.text) else 0


def text_blocks(root: etree._Element) -> Iterator[TextBlock]:
    """Yield the lines of text in an element, in order; blanks do not count."""
    owners, link, links = [root], 0, list[etree._Element]()
    parts: list[str] = []
    linked = 0

    def ended() -> Iterator[TextBlock]:
        nonlocal linked
        if text := "".join(parts):
            yield TextBlock(owners[-1], text, linked, links.copy())
        parts.clear()
        links.clear()
        linked = 0

    for event, node in etree.iterwalk(root, events=("start", "end")):
        block = node.tag in BLOCK_TAGS or node.tag == "br"
        is_link = node.tag == "a" and _leads_away(node)
        if block:
            yield from ended()
        if event == "start":
            if block:
                owners.append(node)
            link += is_link
            if is_link:
                links.append(node)
            piece = node.text
        else:
            if block:
                owners.pop()
            link -= is_link
            piece = node.tail if node is not root else None
        if piece and (piece := "".join(piece.split())):
            parts.append(piece)
            linked += len(piece) if link else 0
    yield from ended()


def _leads_away(link: etree._Element) -> bool:
    """Whether a link leads elsewhere, if only to another place of the page as those of a table of contents do."""
    return (link.get("href") or "#").strip() != "#"


def element_names(element: etree._Element) -> list[str]:
    """Return the classes, the id, the role and, as LibreOffice names headers and footers, the title of an element."""
    if not element.attrib:
        return []
    return " ".join(element.get(key) or "" for key in _NAMING)[:_LONGEST_NAMES].split()


class ProseWeights:
    """How much prose each element holds. total: in all of them."""

    def __init__(self, body: etree._Element, prose: Iterable[int], blocks: list[TextBlock]) -> None:
        """Add up the prose of a page's blocks, of which each has its number of characters."""
        self.elements = list(body.iter(etree.Element))  # kept, so that each stays the same object
        self.held = dict.fromkeys(self.elements, 0)
        self.own: Counter[etree._Element] = Counter()
        for block, n in zip(blocks, prose, strict=True):
            owner = block.owner
            if owner.tag == "br" and (parent := owner.getparent()) is not None:
                owner = parent
            self.own[owner] += n
            self.held[owner] += n
        for element in reversed(self.elements):
            parent = element.getparent()
            if element is not body and parent is not None and self.held[element]:
                self.held[parent] += self.held[element]
        self.total = self.held[body]

    def of(self, element: etree._Element) -> int:
        """Return how much prose an element holds; 0 for one that is not there any more."""
        return self.held.get(element, 0)
