"""Takes off the name and address of a web site that stand at the end or the beginning of many lines."""

from collections import Counter
from collections.abc import Sequence

from classifier.patterns import lazy_pattern
from classifier.readers.lines import CountKind
from classifier.readers.text_source import SourceLine

_LEAST_LINES = 3  # that have it
_LEAST_SHARE = 0.25  # of all lines
_SAMPLE = 7  # characters by which lines are put together
_SHORTEST, _LONGEST = 6, 200  # characters of a watermark
_SITE = lazy_pattern(
    r"https?://|www\.|[a-z]\.(?:com|cn|net|org)|公众号|源自|来自|来源|转载|版权|[\u4e00-\u9fff]网|发布】"
    "|内部资料|内部文件|注意保密|严禁外传|仅供|下载|扫描全能王|CamScanner|试用版|Evaluation"
)
_LONGEST_BRACKET = 15  # characters of 【…】
_BEFORE_TEXT = " \u3000（(《“‘【〔"
_NOT_OF_IT = "。！？；：，、.!?;:,”’）)》 \u3000"


def without_watermarks(lines: list[SourceLine], counts: Counter[CountKind]) -> list[SourceLine]:
    """Return lines without what a site puts at the end, or at the beginning, of each; lines of nothing else go.

    counts: `watermarks`.
    """
    for backwards in (True, False):
        if (mark := _watermark(lines, backwards)) is None:
            continue
        found = []
        for line in lines:
            at_edge = line.text.endswith(mark) if backwards else line.text.startswith(mark)
            text = line.text.removesuffix(mark) if backwards else line.text.removeprefix(mark)
            counts[CountKind.WATERMARKS] += at_edge
            if text := text.strip():
                found.append(line._replace(text=text))
        lines = found
    return lines


def _watermark(lines: Sequence[SourceLine], backwards: bool) -> str | None:
    """Return what many lines end with, begin with or consist of, if it names a site or tells who may read it."""
    long = [line.text for line in lines if len(line.text) >= _SAMPLE]
    edges = (
        [text[-_SAMPLE:] for text in long]
        if backwards
        else [_beginning(text) if text[0] == "【" else text[:_SAMPLE] for text in long]
    )
    least = max(_LEAST_LINES, _LEAST_SHARE * len(lines))
    if len(edges) - len(set(edges)) < least - 1:  # too few are alike, which is faster to see than to count
        return None
    edge, n = Counter(edges).most_common(1)[0]
    if n < least:
        return None
    marked = [
        text[::-1] if backwards else text for text in long if (text.endswith if backwards else text.startswith)(edge)
    ]
    if len(set(marked)) == 1 and _SITE.search(line := marked[0][::-1] if backwards else marked[0]):
        return line
    if len(set(marked)) < _LEAST_LINES:  # lines that are alike are no text with a mark
        return None
    first, last = min(marked), max(marked)  # all others begin with what these two begin with
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    common = first[: min(same, _LONGEST)]
    mark = common[::-1].lstrip(_NOT_OF_IT) if backwards else common.rstrip(_BEFORE_TEXT)
    if edge.endswith("】"):
        mark = edge
    return mark if len(mark) >= _SHORTEST and _SITE.search(mark) else None


def _beginning(text: str) -> str:
    """Return 【…】 at the beginning of a line, or some characters where it is not closed soon."""
    return text[: text.find("】", 0, _LONGEST_BRACKET) + 1 or _SAMPLE]
