"""Finds what a page has beside its text: running heads and feet, page numbers and watermarks of many pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from classifier.readers.lines import CountKind
from classifier.readers.page_runs import PageRun

EDGE_ZONE = 0.15  # of the page's height: where heads and feet stand
MOST_DROPPED = 0.4  # of a document's letters: a text that is the same on every page is no furniture
LINES_IN_ZONE = 3
SAME_PLACE = 6.0  # points
FEWEST_PAGES = 3  # with the same head
FEW_PAGES = 4  # a document of no more pages has a running head when two of them have it
SAME_LINE_PART = 0.3  # of the letters' size: how far baselines of one line lie apart
SHORT_SHARE = 0.8  # of the text's width: a head that takes more may be text
WATERMARK_SHARE = 0.5  # of the pages
LARGE_WATERMARK = 1.8  # times the body's size: pale letters of that size are a watermark on a single page, too
OTHER_SIZE = 0.25  # dark watermarks differ so much from the body's size
LONGEST_CHANCE = 3  # letters that may stand in the same place of several pages by chance
SLOT_SHARE = 0.3  # of the pages have a head at this height: another short line there is one, too

_DIGITS = re.compile(r"\d+")
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})"
_NUMERAL = "[〇零一二三四五六七八九十百]{1,5}"
_DASH = "[-—–―－─_·•.~|]"
_PAGE_NUMBER = re.compile(
    rf"(?:{_DASH}|[\[【(（<])*(?:第|[Pp](?:age|\.)?)?{_NUMBER}页?"
    rf"(?:[,，/／|]?(?:共|of|/)?{_NUMBER}页?)?(?:{_DASH}|[\]】)）>])*|第{_NUMERAL}页(?:[,，/]?共{_NUMERAL}页)?"
    rf"|{_DASH}+{_NUMERAL}{_DASH}+"
)
_ATTACHMENT = re.compile(
    r"(?:附件|附表|附录|附|表|图|专栏)[\d一二三四五六七八九十]{0,3}[:：]?"
)  # heads a page, but is text


def watermarks(pages: Sequence[Sequence[PageRun]], heights: Sequence[float], body_size: float) -> list[set[int]]:
    """Return for each page the numbers of the runs that are a watermark.

    That is the same text in the same place on half of the pages, or pale letters much larger than the text.
    """
    seen: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for number, runs in enumerate(pages):
        for run in runs:
            if len(run.text) > 1:
                seen[_place(run)].add(number)
    least = max(FEWEST_PAGES, WATERMARK_SHARE * len(pages))
    pale_least = max(2.0, WATERMARK_SHARE * len(pages))
    found = []
    for runs, height in zip(pages, heights, strict=True):
        chosen = set()
        for i, run in enumerate(runs):
            is_large = run.size >= LARGE_WATERMARK * body_size
            is_inside = EDGE_ZONE * height < run.y < (1 - EDGE_ZONE) * height  # else it is a running head
            count = len(seen[_place(run)]) if is_inside and len(run.text) > 1 else 0
            is_pale_mark = run.is_light and (count >= pale_least or is_large)
            is_text = abs(run.size - body_size) < OTHER_SIZE * body_size or len(run.text) <= LONGEST_CHANCE
            if is_pale_mark or (count >= least and not is_text):
                chosen.add(i)
        found.append(chosen)
    return found if _is_little(pages, found) else [set() for _ in pages]


def _place(run: PageRun) -> tuple[str, int, int]:
    return run.text, round(run.x0 / 2), round(run.y / 2)


class _Head(NamedTuple):
    """A line near the top or the foot of a page, over all columns; runs are the numbers of its runs."""

    is_top: bool
    text: str
    y: float
    size: float
    share: float  # of the text's width that it takes
    runs: tuple[int, ...]


def furniture(
    pages: Sequence[Sequence[PageRun]], heights: Sequence[float]
) -> tuple[list[set[int]], Counter[CountKind]]:
    """Return for each page the numbers of the runs of running heads, feet and page numbers, and how many there are."""
    counts: Counter[CountKind] = Counter()
    edges = [_edges(runs, height) for runs, height in zip(pages, heights, strict=True)]
    heads, slots = _repeated(edges)
    found = []
    for edge in edges:
        dropped: set[int] = set()
        outermost = {True: True, False: True}
        for head in edge:
            kind = _kind(head, outermost[head.is_top], heads, slots)
            if kind is None:
                outermost[head.is_top] = False
                continue
            counts[kind] += 1
            dropped.update(head.runs)
        found.append(dropped)
    return (found, counts) if _is_little(pages, found) else ([set() for _ in pages], Counter())


def _is_little(pages: Sequence[Sequence[PageRun]], dropped: Sequence[set[int]]) -> bool:
    """Whether what would be dropped is but a small part of the document."""
    every = sum(len(run.text) for runs in pages for run in runs)
    part = sum(len(runs[i].text) for runs, numbers in zip(pages, dropped, strict=True) for i in numbers)
    return part <= MOST_DROPPED * every


def _kind(
    head: _Head, is_outermost: bool, heads: set[tuple[bool, str, int]], slots: set[tuple[bool, int, int]]
) -> CountKind | None:
    if _ATTACHMENT.fullmatch(head.text):
        return None
    if is_outermost and _PAGE_NUMBER.fullmatch(head.text):
        return CountKind.PAGE_NUMBERS
    if any((head.is_top, _general(head.text), near) in heads for near in _near(head.y)):
        return CountKind.RUNNING_HEADS
    fits = any((head.is_top, near, round(head.size * 2)) in slots for near in _near(head.y))
    return CountKind.RUNNING_HEADS if is_outermost and fits and head.share < SHORT_SHARE else None


def _edges(runs: Sequence[PageRun], height: float) -> list[_Head]:
    """The lines near the top, from the outermost, and those near the foot, from the outermost."""
    if not runs:
        return []
    width = max(run.x1 for run in runs) - min(run.x0 for run in runs)
    found = []
    for is_top in (True, False):
        near = [
            (i, run)
            for i, run in enumerate(runs)
            if (run.y <= EDGE_ZONE * height if is_top else run.y >= (1 - EDGE_ZONE) * height)
        ]
        near.sort(key=lambda pair: pair[1].y, reverse=not is_top)
        groups: list[list[tuple[int, PageRun]]] = []
        for i, run in near:
            if groups and abs(groups[-1][0][1].y - run.y) <= SAME_LINE_PART * groups[-1][0][1].size:
                groups[-1].append((i, run))
            else:
                groups.append([(i, run)])
        found += [_head(group, is_top, width) for group in groups[:LINES_IN_ZONE]]
    return found


def _head(group: list[tuple[int, PageRun]], is_top: bool, width: float) -> _Head:
    runs = sorted((run for _, run in group), key=lambda run: run.x0)
    main = max(runs, key=lambda run: len(run.text))
    share = (max(run.x1 for run in runs) - runs[0].x0) / max(width, 1.0)
    numbers = tuple(i for i, _ in group)
    return _Head(is_top, "".join(run.text for run in runs), main.y, main.size, share, numbers)


def _repeated(edges: list[list[_Head]]) -> tuple[set[tuple[bool, str, int]], set[tuple[bool, int, int]]]:
    """The texts at the same height of several pages, and the heights (with the letters' size) that many pages use."""
    on_pages: dict[tuple[bool, str, int], set[int]] = defaultdict(set)
    sizes: dict[tuple[bool, str, int], int] = {}
    for number, edge in enumerate(edges):
        for head in edge:
            key = (head.is_top, _general(head.text), round(head.y / SAME_PLACE))
            on_pages[key].add(number)
            sizes[key] = round(head.size * 2)
    least = 2 if len(edges) <= FEW_PAGES else FEWEST_PAGES
    heads = {key for key in on_pages if _run_together(_pages_near(on_pages, key), least)}
    on_slot: dict[tuple[bool, int, int], set[int]] = defaultdict(set)
    for key in heads:
        on_slot[key[0], key[2], sizes[key]] |= on_pages[key]
    least_slots = max(FEWEST_PAGES, SLOT_SHARE * len(edges))
    return heads, {slot for slot, numbers in on_slot.items() if len(numbers) >= least_slots}


def _pages_near(on_pages: dict[tuple[bool, str, int], set[int]], key: tuple[bool, str, int]) -> set[int]:
    is_top, text, height = key
    return set().union(*(on_pages.get((is_top, text, near), set()) for near in (height - 1, height, height + 1)))


def _run_together(pages: set[int], least: int) -> bool:
    """Whether so many of the pages, at least, stand in a row or on every other page: far apart it is chance."""
    numbers = sorted(pages)
    return any(b - a <= 2 * least for a, b in zip(numbers, numbers[least - 1 :], strict=False))


def _near(y: float) -> tuple[int, int, int]:
    height = round(y / SAME_PLACE)
    return height, height - 1, height + 1


def _general(text: str) -> str:
    """A head with any number in it is the same head."""
    return _DIGITS.sub("0", text)
