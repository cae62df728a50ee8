"""A folded line cut into sentences: at 。 ; ! ? with their closing quotes, and where an item starts."""

import re
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from classifier.documents import marks
from classifier.documents.marks import Level

# What stands in brackets belongs to its sentence. Each alternative starts with a plain character, which lets
# the search skip all others.
END_OR_ASIDE = re.compile(r"\([^()]{0,60}\)|" + "|".join(rf"{re.escape(c)}[。;!?]*[”’」』)》】\]\"]*" for c in "。;!?"))
WORD = re.compile(r"[^\W_]")
PAUSE_OR_FIGURE = re.compile(r"[,:\d]")
GLUED = 40  # characters up to which a lone mark at the end of a line is the next heading


class Span(NamedTuple):
    """A sentence of a folded line. `glued` says that it is the next heading, stuck to this line's end."""

    start: int
    end: int
    item: str | None = None
    glued: bool = False


def split(folded: str, following: str = "") -> list[Span]:
    """Cut a folded line into sentences; `following` is the next line with text.

    >>> [(s.start, s.end, s.item) for s in split("要做两件事。一是修路;二是办学。")]
    [(0, 6, None), (6, 11, '一是'), (11, 16, '二是')]
    """
    asides, ends = [], []
    for match in END_OR_ASIDE.finditer(folded):
        start, end = match.span()
        if folded[start] == "(":
            asides.append((start, end))
        else:
            ends.append(end)
    starts = {i: text for i, text in marks.items(folded) if not _inside(i, asides)}
    cuts = sorted([0, *ends, len(folded), *starts])
    spans: list[Span] = []
    item: str | None = None
    for start, end in pairwise(cuts):
        item = starts.get(start, item)
        piece = folded[start:end]
        a, b = end - len(piece.lstrip()), start + len(piece.rstrip())
        if a >= b:
            continue
        if spans and start not in starts and not WORD.search(folded, a, b):
            spans[-1] = Span(spans[-1].start, b, spans[-1].item)
        else:
            spans.append(Span(a, b, item))
    if len(spans) > 1 and _ends_in_heading(folded, spans, following):
        spans[-1] = Span(spans[-1].start, spans[-1].end, None, glued=True)
    return spans


def _inside(i: int, asides: list[tuple[int, int]]) -> bool:
    """Whether a place lies within one of the bracketed passages, which are given in order."""
    n = bisect_left(asides, (i,)) - 1
    return n >= 0 and asides[n][0] < i < asides[n][1]


def _ends_in_heading(folded: str, spans: list[Span], following: str) -> bool:
    """Whether the last sentence is a lone mark's: 四、改善民生 or 三是坚持效果导向。 is the next line's heading."""
    tail = folded[spans[-1].start : spans[-1].end]
    last = marks.mark_of(tail) if len(tail) <= GLUED else None
    if last is None or last.level not in (Level.SECTION, Level.SUBSECTION, Level.ITEM):
        return False
    if last.level == Level.ITEM and (PAUSE_OR_FIGURE.search(tail) or not following or marks.mark_of(following)):
        return False
    if last.text.lstrip("第(").startswith("一"):
        return False
    before = (marks.mark_of(folded[s.start : s.end]) for s in spans[:-1])
    return all(m is None or m.level != last.level for m in before)
