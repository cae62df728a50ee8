"""Finds the article in a web page: the elements that hold it, and the links around and in it that are none of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from classifier.readers.html_furniture import (
    is_furniture_name,
    is_web_furniture,
    leads_to_file,
    opens_related_links,
)
from classifier.readers.html_lines import BLOCK_TAGS
from classifier.readers.html_tree import drop_element
from classifier.readers.lines import CountKind

_LEAST_PROSE = 25  # characters of a paragraph; headings, dates and links have less
_NEARLY_ALL = 0.95  # share of the page's prose that its article holds
_MOST_DROPPED = 0.05  # share of it that an element may hold whose name says that it is no article
_MOST_PARTS = 50  # elements of one name that may hold the article together
_LONGEST_EXTRACTED = 300_000  # characters of what it finds
_LARGEST_EXTRACTED = 20_000  # elements of a page that is given to trafilatura
_LEAST_EXTRACTED = 0.5  # share of the page's prose that trafilatura must find to be heard
_LEAST_SUMMARIES = 3
_LEAST_PARAGRAPHS = 3  # of a cell that may hold the article
_NAMING = ("class", "id", "role", "title")
_LONGEST_NAMES = 500  # characters of an element's names
_LINES_BEFORE = 8  # in which the title may stand
_MOSTLY = 0.8  # share of a line's characters that are links
_LEAST_LINKED_LINES = 3  # one after the other, which are a list of other pages

# What editors and systems of Chinese government sites and of news sites call the element of an article.
_EDITOR_NAME = re.compile(
    r"trs_(?:u?editor|paper_preappend|editor_view)|ucap-?content|(?:font)?zoom(?:con)?|vsb_?content.*|v_news_content|js_content"
    r"|custom_unionstyle|pages_?content|con_?txt\d*|info_?content|article[-_]?(?:content|con|body|txt|text)|ivs_content",
    re.IGNORECASE,
)
_ARTICLE_NAME = re.compile(
    rf"{_EDITOR_NAME.pattern}|.*zoom.*|rich_media_content|.*article.*|.*content.*|.*detail.*|.*zhengwen.*|.*wzy?(?:nr|con).*"
    r"|(?:news|art|info|main|text|txt|page|xl|con|xw|nr|zw|view|post|entry)[-_]?(?:text|txt|con|box|body|main|nr|info|wrap|view)?\d{0,2}"
    r"|easysite.*|mainbody|text-?body",
    re.IGNORECASE,
)
_ARTICLE_TAGS = frozenset({"article", "main"})
_NO_ROOTS = frozenset({"thead", "tbody", "tfoot", "tr", "table", "ol", "ul", "dl", "li", "dt", "dd", "p", "pre"})


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


class Article(NamedTuple):
    """The elements that hold the article, in order, the lines before them, and whether they are but the whole page."""

    roots: list[etree._Element]
    before: list[str]
    is_whole_page: bool


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


def without_furniture_elements(body: etree._Element, counts: Counter[CountKind]) -> None:
    """Take out of a page what the names of elements and lists of links show to be no article.

    counts: `web_furniture`, the lines that went.
    """
    blocks = list(text_blocks(body))
    weights = _Weights(body, [block.prose for block in blocks], blocks)
    doomed = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        named = element is not body and any(map(is_furniture_name, _names(element)))
        if named and weights.of(element) <= _MOST_DROPPED * weights.total:
            doomed.append(element)
            walk.skip_subtree()
    for element in doomed:
        counts[CountKind.WEB_FURNITURE] += sum(1 for _ in text_blocks(element))
        drop_element(element)
    _drop_links(list(text_blocks(body)), counts)


def _drop_links(blocks: list[TextBlock], counts: Counter[CountKind]) -> None:
    """Take out lines that are links: several in a line or one after the other, below 相关链接, or to attachments."""
    doomed: list[TextBlock] = []
    run: list[TextBlock] = []
    related = False  # whether what stood before the run of links says that they are such
    for block in blocks:
        if block.is_link and "。" not in block.text:
            run.append(block)
        else:
            doomed += _no_text(run, related)
            run, related = [], opens_related_links(block.text)
    doomed += _no_text(run, related)
    counts[CountKind.WEB_FURNITURE] += len(doomed)
    for block in doomed:
        for link in block.links:
            drop_element(link)


def _no_text(run: list[TextBlock], related: bool) -> list[TextBlock]:
    if related or len(run) >= _LEAST_LINKED_LINES:
        return run
    return [b for b in run if len(b.links) > 1 or any(leads_to_file(link.get("href") or "") for link in b.links)]


def _names(element: etree._Element) -> list[str]:
    """Return the classes, the id, the role and, as LibreOffice names headers and footers, the title of an element."""
    if not element.attrib:
        return []
    return " ".join(element.get(key) or "" for key in _NAMING)[:_LONGEST_NAMES].split()


def find_article(body: etree._Element) -> Article:
    """Return where the article stands: the smallest element with the name of one that holds nearly all prose.

    Where there is none, it is what trafilatura finds to be the article, if it is there and does; else the whole page.
    """
    blocks = list(text_blocks(body))
    prose = _prose(blocks)
    if not any(prose):  # a page of short lines
        prose = [0 if block.is_link or is_web_furniture(block.text) else len(block.text) for block in blocks]
    weights = _Weights(body, prose, blocks)
    if (named := _named(body, weights)) is not None:
        return _article(named, blocks, body)
    if len(weights.elements) <= _LARGEST_EXTRACTED:
        extracted = _extracted(body)
        found = [n if n and block.text in extracted else 0 for n, block in zip(prose, blocks, strict=True)]
        if sum(found) >= _LEAST_EXTRACTED * sum(prose):
            weights = _Weights(body, found, blocks)
            if (named := _named(body, weights)) is not None:
                return _article(named, blocks, body)
    return _article([_innermost(body, weights)], blocks, body)


def _article(roots: list[etree._Element], blocks: list[TextBlock], body: etree._Element) -> Article:
    first = next(
        (at for at, block in enumerate(blocks) if block.owner is roots[0] or roots[0] in block.owner.iterancestors()), 0
    )
    before = [block.text for block in blocks[max(0, first - _LINES_BEFORE) : first] if not block.is_link]
    return Article(roots, before, roots[0] is body)


def _prose(blocks: list[TextBlock]) -> list[int]:
    """Return how much prose each line is; none for summaries of other pages, which stand behind a link to each."""
    found = [block.prose for block in blocks]
    summaries = [at for at in range(1, len(blocks)) if found[at] and blocks[at - 1].is_link]
    if len(summaries) >= _LEAST_SUMMARIES:
        for at in summaries:
            found[at] = 0
    return found


class _Weights:
    """How much prose each element holds. total: in all of them."""

    def __init__(self, body: etree._Element, prose: Iterable[int], blocks: list[TextBlock]) -> None:
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


def _named(body: etree._Element, weights: _Weights) -> list[etree._Element] | None:
    """Return the smallest element that is called an article and holds nearly all prose, or several that do together."""
    enough = _NEARLY_ALL * weights.total
    best: list[etree._Element] | None = None
    together: dict[str, list[etree._Element]] = {}
    for element in weights.elements:
        names = [name for name in _names(element) if _ARTICLE_NAME.fullmatch(name)]
        if element.tag in _ARTICLE_TAGS:
            names.append(str(element.tag))
        if not names or element is body or element.tag in _NO_ROOTS:
            continue
        if weights.of(element) >= enough:
            best = [element]  # a later one stands within this one
        else:
            for name in names:
                together.setdefault(name, []).append(element)
    if best is not None and weights.total:
        # The name may be that of a box around the article and what stands beside it.
        return best if any(map(_EDITOR_NAME.fullmatch, _names(best[0]))) else [_innermost(best[0], weights)]
    for parts in together.values():
        if len(parts) > _MOST_PARTS:
            continue
        outermost = [part for part in parts if not any(other in part.iterancestors() for other in parts)]
        if sum(map(weights.of, outermost)) >= enough > 0:
            return [part for part in outermost if weights.of(part)]
    return None


def _innermost(outer: etree._Element, weights: _Weights) -> etree._Element:
    """Return the innermost element that holds nearly all prose and stands in none that has paragraphs of its own."""
    found, enough = outer, _NEARLY_ALL * weights.total
    while enough:
        inner = next((child for child in found if weights.of(child) >= enough), None)
        if inner is None or (inner.tag in ("td", "th") and not _is_page_cell(inner)):
            break
        paragraphs = weights.own[found] + sum(weights.own[c] for c in found if c is not inner and c.tag == "p")
        if paragraphs:
            break
        found = inner
    while found.tag in _NO_ROOTS and found is not outer and (parent := found.getparent()) is not None:
        found = parent
    return found


def _is_page_cell(cell: etree._Element) -> bool:
    """Whether a cell of a table holds several paragraphs, as in a table that lays out a page; one of data has one."""
    prose = (block for block in text_blocks(cell) if block.prose)
    return len(list(islice(prose, _LEAST_PARAGRAPHS))) == _LEAST_PARAGRAPHS


def _extracted(body: etree._Element) -> str:
    """Return the text that trafilatura takes for the article, without blanks; "" where it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return ""
    from copy import deepcopy

    from lxml import html

    page = html.Element("html")
    page.append(deepcopy(body))
    etree.strip_attributes(page, "colspan", "rowspan")  # which it expands, however wide they are
    try:
        found = trafilatura.bare_extraction(page, include_comments=False)
    except RecursionError:
        return ""
    return "".join((getattr(found, "text", None) or "")[:_LONGEST_EXTRACTED].split())
