"""Split a folded line into sentences: at the ends that stops.py tells, with closing quotes, and where items start."""

import re
from bisect import bisect_left
from itertools import accumulate, pairwise

from classifier import compiled
from classifier.characters import CLOSING_AFTER_ENDS, SENTENCE_ENDS
from classifier.documents import numbering
from classifier.documents.numbering import Level
from classifier.documents.stops import TITLE, mark_stops
from classifier.records import Sentence

# A sentence ends after its closing quotes; short brackets belong to it whole.
_ASIDE = r"\([^()]{0,60}\)"
_SENTENCE = re.compile(
    rf"(?:[^{SENTENCE_ENDS}(]++|{_ASIDE}|\()*+(?:[{SENTENCE_ENDS}]++[{re.escape(CLOSING_AFTER_ENDS)}]*+)?"
)
_WHOLE = re.compile(rf"{_ASIDE}|{TITLE}")
_WORD_CHARACTER = re.compile(r"[^\W_]")
_PAUSE_OR_FIGURE = re.compile(r"[,:\d]")
_LONGEST_GLUED_HEADING = 40  # characters


def split_sentences(folded: str) -> list[Sentence]:
    """Return the sentences of a folded line; `start`, `end` and `normalized` are of the folded line, too.

    >>> [(s.start, s.end, s.item) for s in split_sentences("要做两件事。一是修路;二是办学。")]
    [(0, 6, None), (6, 11, '一是'), (11, 16, '二是')]
    """
    if compiled.BUILT and (known := compiled.kernel.split(folded, Sentence)) is not None:
        return known
    marked = mark_stops(folded)
    parts = _SENTENCE.findall(marked)
    starts = numbering.item_starts(marked)
    if starts:
        parts, starts = _split_at_items(marked, parts, starts)
    if marked is not folded:
        parts = [folded[a:b] for a, b in pairwise(accumulate(map(len, parts), initial=0))]
    items = dict(starts)
    found: list[Sentence] = []
    item: str | None = None
    end = 0
    for part in parts:
        start, end = end, end + len(part)
        if start in items:
            item = items[start]
        text = part.strip()
        if not text:
            continue
        a = start if len(text) == len(part) else start + part.index(text)
        # Nearly every sentence begins with a word character.
        if not text[0].isalnum() and found and start not in items and not _WORD_CHARACTER.search(text):
            first, _, _, own = found[-1]
            b = a + len(text)
            found[-1] = Sentence(first, b, folded[first:b], own)
        else:
            found.append(Sentence(a, a + len(text), text, item))
    return found


def _split_at_items(
    marked: str, parts: list[str], starts: list[tuple[int, str]]
) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the parts of a line divided where items start, and the starts that are not in brackets or titles."""
    whole = [match.span() for match in _WHOLE.finditer(marked)]
    starts = [(i, text) for i, text in starts if not _inside(i, whole)]
    ends = accumulate(map(len, parts), initial=0)
    borders = sorted({*ends, *(i for i, _ in starts)})
    return [marked[a:b] for a, b in pairwise(borders)], starts


def _inside(i: int, whole: list[tuple[int, int]]) -> bool:
    """Whether a place is within one of the passages, which are given in order."""
    n = bisect_left(whole, (i,)) - 1
    return n >= 0 and whole[n][0] < i < whole[n][1]


def ends_in_heading(sentences: list[Sentence], following: str) -> bool:
    """Whether the last of several sentences is the next line's heading: 四、改善民生 or 三是坚持效果导向。

    It is if it alone has numbering of its level. following: the next line with text.
    """
    if len(sentences) < 2:
        return False
    tail = sentences[-1].normalized
    last = numbering.numbering_of(tail) if len(tail) <= _LONGEST_GLUED_HEADING else None
    if last is None or last.level not in (Level.SECTION, Level.SUBSECTION, Level.ITEM):
        return False
    if last.level == Level.ITEM and (
        _PAUSE_OR_FIGURE.search(tail) or not following or numbering.numbering_of(following)
    ):
        return False
    if last.text.lstrip("第(").startswith("一"):
        return False
    before = (numbering.numbering_of(sentence.normalized) for sentence in sentences[:-1])
    return all(other is None or other.level != last.level for other in before)
