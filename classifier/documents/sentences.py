"""A folded line cut into sentences: at 。 ; ! ? with their closing quotes, and where an item starts."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from classifier.documents import marks
from classifier.documents.marks import Level

END = re.compile(r"[。;!?]+[”’」』)》】\]\"]*")
ASIDE = re.compile(r"\([^()]{0,60}\)")  # what stands in brackets belongs to its sentence
END_OR_ASIDE = re.compile(rf"{ASIDE.pattern}|{END.pattern}")
WORD = re.compile(r"[^\W_]")
PAUSE_OR_FIGURE = re.compile(r"[,:\d]")
GLUED = 40  # characters up to which a lone mark at the end of a line is the next heading


@dataclass(frozen=True, slots=True)
class Span:
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
    found = list(END_OR_ASIDE.finditer(folded))
    asides = [m.span() for m in found if m[0].startswith("(")]
    ends = [m.end() for m in found if not m[0].startswith("(")]
    starts = {i: text for i, text in marks.items(folded) if not _inside(i, asides)}
    cuts = sorted({0, len(folded), *ends, *starts})
    spans: list[Span] = []
    item: str | None = None
    for start, end in pairwise(cuts):
        item = starts.get(start, item)
        a = start + len(folded[start:end]) - len(folded[start:end].lstrip())
        b = start + len(folded[start:end].rstrip())
        if a >= b:
            continue
        if spans and not WORD.search(folded, a, b) and start not in starts:
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
    *before, last = [marks.mark_of(folded[s.start : s.end]) for s in spans]
    tail = folded[spans[-1].start : spans[-1].end]
    if last is None or len(tail) > GLUED or last.level not in (Level.SECTION, Level.SUBSECTION, Level.ITEM):
        return False
    if last.level == Level.ITEM and (PAUSE_OR_FIGURE.search(tail) or not following or marks.mark_of(following)):
        return False
    first = last.text.lstrip("第(").startswith("一")
    return not first and all(m is None or m.level != last.level for m in before)
