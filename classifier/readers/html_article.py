"""Finds the article in a web page: the elements that hold it."""

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from classifier.readers.html_blocks import ProseWeights, TextBlock, element_names, text_blocks
from classifier.readers.html_furniture import is_web_furniture

_NEARLY_ALL = 0.95  # share of the page's prose that its article holds
_MOST_PARTS = 50  # elements of one name that may hold the article together
_LONGEST_EXTRACTED = 300_000  # characters of what trafilatura finds
_LARGEST_EXTRACTED = 20_000  # elements of a page that is given to trafilatura
_LEAST_EXTRACTED = 0.5  # share of the page's prose that trafilatura must find to be heard
_LEAST_SUMMARIES = 3
_LEAST_PARAGRAPHS = 3  # of a cell that may hold the article
_LINES_BEFORE = 8  # in which the title may stand

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


class Article(NamedTuple):
    """The elements that hold the article, in order, the lines before them, and whether they are but the whole page."""

    roots: list[etree._Element]
    before: list[str]
    is_whole_page: bool


def find_article(body: etree._Element) -> Article:
    """Return where the article stands: the smallest element with the name of one that holds nearly all prose.

    Where there is none, it is what trafilatura finds to be the article, if it is there and does; else the whole page.
    """
    blocks = list(text_blocks(body))
    prose = _prose(blocks)
    if not any(prose):  # a page of short lines
        prose = [0 if block.is_link or is_web_furniture(block.text) else len(block.text) for block in blocks]
    weights = ProseWeights(body, prose, blocks)
    if (named := _named(body, weights)) is not None:
        return _article(named, blocks, body)
    if len(weights.elements) <= _LARGEST_EXTRACTED:
        extracted = _extracted(body)
        found = [n if n and block.text in extracted else 0 for n, block in zip(prose, blocks, strict=True)]
        if sum(found) >= _LEAST_EXTRACTED * sum(prose):
            weights = ProseWeights(body, found, blocks)
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


def _named(body: etree._Element, weights: ProseWeights) -> list[etree._Element] | None:
    """Return the smallest element that is called an article and holds nearly all prose, or several that do together."""
    enough = _NEARLY_ALL * weights.total
    best: list[etree._Element] | None = None
    together: dict[str, list[etree._Element]] = {}
    for element in weights.elements:
        names = [name for name in element_names(element) if _ARTICLE_NAME.fullmatch(name)]
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
        return best if any(map(_EDITOR_NAME.fullmatch, element_names(best[0]))) else [_innermost(best[0], weights)]
    for parts in together.values():
        if len(parts) > _MOST_PARTS:
            continue
        outermost = [part for part in parts if not any(other in part.iterancestors() for other in parts)]
        if sum(map(weights.of, outermost)) >= enough > 0:
            return [part for part in outermost if weights.of(part)]
    return None


def _innermost(outer: etree._Element, weights: ProseWeights) -> etree._Element:
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
