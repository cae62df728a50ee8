"""Takes out of a web page what names of elements and lists of links show to be no article."""

from collections import Counter

from lxml import etree

from classifier.readers.html_blocks import ProseWeights, TextBlock, element_names, text_blocks
from classifier.readers.html_furniture import is_furniture_name, leads_to_file, opens_related_links
from classifier.readers.html_tree import drop_element
from classifier.readers.lines import CountKind

_MOST_DROPPED = 0.05  # share of it that an element may hold whose name says that it is no article
_LEAST_LINKED_LINES = 3  # one after the other, which are a list of other pages


def without_furniture_elements(body: etree._Element, counts: Counter[CountKind]) -> None:
    """Take out of a page what the names of elements and lists of links show to be no article.

    counts: `web_furniture`, the lines that went.
    """
    blocks = list(text_blocks(body))
    weights = ProseWeights(body, [block.prose for block in blocks], blocks)
    doomed = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        named = element is not body and any(map(is_furniture_name, element_names(element)))
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
