"""A folded line cut into sentences: at 。 ; ! ? with their closing quotes, and where an item starts."""

import re
from bisect import bisect_left
from itertools import accumulate, pairwise

from classifier import compiled
from classifier.documents import numbering
from classifier.documents.numbering import Level
from classifier.records import Sentence

# A sentence ends in its closing quotes; what stands in brackets belongs to it.
ASIDE = r"\([^()]{0,60}\)"
SENTENCE = re.compile(rf"(?:[^。;!?(]++|{ASIDE}|\()*+(?:[。;!?]++[”’」』)》】\]\"]*+)?")
ASIDES = re.compile(ASIDE)
WORD_CHARACTER = re.compile(r"[^\W_]")
PAUSE_OR_FIGURE = re.compile(r"[,:\d]")
GLUED = 40  # characters up to which a lone mark at the end of a line is the next heading


def split_sentences(folded: str) -> list[Sentence]:
    """Cut a folded line into sentences; places and `plain` are of the folded line.

    >>> [(s.start, s.end, s.item) for s in split_sentences("要做两件事。一是修路;二是办学。")]
    [(0, 6, None), (6, 11, '一是'), (11, 16, '二是')]
    """
    if compiled.BUILT and (known := compiled.kernel.split(folded, Sentence)) is not None:
        return known
    pieces = SENTENCE.findall(folded)
    starts = numbering.item_starts(folded)
    if starts:
        pieces, starts = _cut_at_items(folded, pieces, starts)
    items = dict(starts)
    found: list[Sentence] = []
    item: str | None = None
    end = 0
    for piece in pieces:
        start, end = end, end + len(piece)
        if start in items:
            item = items[start]
        text = piece.strip()
        if not text:
            continue
        a = start if len(text) == len(piece) else start + piece.index(text)
        # Nearly every sentence begins with a word character.
        if not text[0].isalnum() and found and start not in items and not WORD_CHARACTER.search(text):
            first, _, _, own = found[-1]
            b = a + len(text)
            found[-1] = Sentence(first, b, folded[first:b], own)
        else:
            found.append(Sentence(a, a + len(text), text, item))
    return found


def _cut_at_items(
    folded: str, pieces: list[str], starts: list[tuple[int, str]]
) -> tuple[list[str], list[tuple[int, str]]]:
    """Return pieces cut where items start, and those starts that do not lie within brackets."""
    asides = [match.span() for match in ASIDES.finditer(folded)]
    starts = [(i, text) for i, text in starts if not _inside(i, asides)]
    ends = accumulate(map(len, pieces), initial=0)
    cuts = sorted({*ends, *(i for i, _ in starts)})
    return [folded[a:b] for a, b in pairwise(cuts)], starts


def _inside(i: int, asides: list[tuple[int, int]]) -> bool:
    """Whether a place lies within one of the bracketed passages, which are given in order."""
    n = bisect_left(asides, (i,)) - 1
    return n >= 0 and asides[n][0] < i < asides[n][1]


def ends_in_heading(sentences: list[Sentence], following: str) -> bool:
    """Whether the last of several sentences is a lone mark's: 四、改善民生 or 三是坚持效果导向。

    That is the heading of the next line, stuck to this one's end. `following` is the next line with text.
    """
    if len(sentences) < 2:
        return False
    tail = sentences[-1].normalized
    last = numbering.numbering_of(tail) if len(tail) <= GLUED else None
    if last is None or last.level not in (Level.SECTION, Level.SUBSECTION, Level.ITEM):
        return False
    if last.level == Level.ITEM and (
        PAUSE_OR_FIGURE.search(tail) or not following or numbering.numbering_of(following)
    ):
        return False
    if last.text.lstrip("第(").startswith("一"):
        return False
    before = (numbering.numbering_of(sentence.normalized) for sentence in sentences[:-1])
    return all(m is None or m.level != last.level for m in before)
