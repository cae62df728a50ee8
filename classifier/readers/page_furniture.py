"""Finds what a page has beside its text: running heads and feet, page numbers and watermarks of many pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from classifier.readers.page_lines import PageLine
from classifier.readers.page_runs import PageRun

EDGE_ZONE = 0.2  # of the page's height: where heads and feet stand
NUMBER_ZONE = 0.15
LINES_IN_ZONE = 3
SAME_PLACE = 6.0  # points
FEWEST_PAGES = 3  # with the same head; two of a document of four pages or less
WATERMARK_SHARE = 0.5  # of the pages
LARGE_WATERMARK = 1.8  # times the body's size: pale letters of that size are a watermark on a single page, too
LONGEST_CHANCE = 3  # letters that may stand in the same place of several pages by chance
SLOT_SHARE = 0.3  # of the pages have a head at this height: another short line there is one, too

_DIGITS = re.compile(r"\d+")
_NUMERAL = r"(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6}|[〇零一二三四五六七八九十百]{1,5})"
PAGE_NUMBER = re.compile(
    rf"[-—–―－─_·•.~|\[【(（<《]*(?:第|[Pp](?:age|\.)?)?{_NUMERAL}页?"
    rf"(?:[,，/／|]?(?:共|of|/)?{_NUMERAL}页?)?[-—–―－─_·•.~|\]】)）>》]*"
)
ATTACHMENT = re.compile(
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
            if run.is_light and (count >= pale_least or is_large):
                chosen.add(i)
            elif count >= least and len(run.text) > LONGEST_CHANCE:
                chosen.add(i)
        found.append(chosen)
    return found


def _place(run: PageRun) -> tuple[str, int, int]:
    return run.text, round(run.x0 / 2), round(run.y / 2)


def drop_furniture(pages: list[list[PageLine]]) -> tuple[list[list[PageLine]], Counter[str]]:
    """Return the lines of each page without running heads, feet and page numbers, and how many of each there were."""
    counts: Counter[str] = Counter()
    edges = [_edges(lines) for lines in pages]
    heads, slots = _repeated(edges)
    kept = []
    for lines, (above, below) in zip(pages, edges, strict=True):
        dropped: set[int] = set()
        for is_top, edge in ((True, above), (False, below)):
            outermost = True
            for line in edge:
                kind = _kind(line, is_top, outermost, heads, slots)
                if kind is None:
                    outermost = False
                    continue
                counts[kind] += 1
                dropped.add(id(line))
        kept.append([line for line in lines if id(line) not in dropped])
    return kept, counts


def _kind(
    line: PageLine, is_top: bool, outermost: bool, heads: set[tuple[bool, str, int]], slots: set[tuple[bool, int, int]]
) -> str | None:
    text = _squeezed(line)
    if ATTACHMENT.fullmatch(text):
        return None
    depth = line.y / line.height if is_top else 1 - (line.y - line.size) / line.height
    if outermost and depth <= NUMBER_ZONE and PAGE_NUMBER.fullmatch(text):
        return "page_numbers"
    if any((is_top, _general(text), near) in heads for near in _near(line)):
        return "running_heads"
    is_short = line.x1 - line.x0 < 0.8 * (line.right - line.left)
    if outermost and is_short and any((is_top, near, round(line.size * 2)) in slots for near in _near(line)):
        return "running_heads"
    return None


def _edges(lines: list[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """The lines near the top, from the outermost, and those near the foot, from the outermost."""
    ordered = sorted((line for line in lines if not line.is_note), key=lambda line: line.y)
    above = [line for line in ordered[:LINES_IN_ZONE] if line.y <= EDGE_ZONE * line.height]
    below = [line for line in ordered[::-1][:LINES_IN_ZONE] if line.y >= (1 - EDGE_ZONE) * line.height]
    return above, below


def _repeated(
    edges: list[tuple[list[PageLine], list[PageLine]]],
) -> tuple[set[tuple[bool, str, int]], set[tuple[bool, int, int]]]:
    """The texts at the same height of several pages, and the heights (with the letters' size) that many pages use."""
    on_pages: dict[tuple[bool, str, int], set[int]] = defaultdict(set)
    sizes: dict[tuple[bool, str, int], int] = {}
    for number, (above, below) in enumerate(edges):
        for is_top, edge in ((True, above), (False, below)):
            for line in edge:
                key = (is_top, _general(_squeezed(line)), round(line.y / SAME_PLACE))
                on_pages[key].add(number)
                sizes[key] = round(line.size * 2)
    least = 2 if len(edges) <= 4 else FEWEST_PAGES
    heads = {key for key, numbers in on_pages.items() if _count_near(on_pages, key) >= least and numbers}
    on_slot: dict[tuple[bool, int, int], set[int]] = defaultdict(set)
    for key in heads:
        on_slot[key[0], key[2], sizes[key]] |= on_pages[key]
    least_slots = max(FEWEST_PAGES, SLOT_SHARE * len(edges))
    return heads, {slot for slot, numbers in on_slot.items() if len(numbers) >= least_slots}


def _count_near(on_pages: dict[tuple[bool, str, int], set[int]], key: tuple[bool, str, int]) -> int:
    is_top, text, height = key
    return len(set().union(*(on_pages.get((is_top, text, near), set()) for near in (height - 1, height, height + 1))))


def _near(line: PageLine) -> tuple[int, int, int]:
    height = round(line.y / SAME_PLACE)
    return height, height - 1, height + 1


def _squeezed(line: PageLine) -> str:
    return "".join(line.text.split())


def _general(text: str) -> str:
    """A head with any number in it is the same head."""
    return _DIGITS.sub("0", text)
