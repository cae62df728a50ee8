"""Joins the title of a notice that stands in several lines, as official documents have it."""

from collections.abc import Sequence

from classifier.patterns import lazy_pattern
from classifier.readers.lines import RawLine

_MOST_FRONT_LINES = 12  # before the title
_MOST_LINES = 4  # of a title
_LONGEST_LINE, _LONGEST_TITLE = 40, 120  # characters
_OFFICE = lazy_pattern(
    r"[\u4e00-\u9fff ]{2,30}(?:政府|办公室|办公厅|委员会|常委会|党委|党组|领导小组|指挥部|局|厅|委|院)"
)
_BEGINS = lazy_pattern(r"(?:关于|印发|转发|批转)")
_END = lazy_pattern(
    r".*(?:通知|决定|意见|公告|通告|批复|请示|函|决议|通报|报告|方案|规划|纲要|要点)(?:[（(][^（）()]{1,12}[）)])?"
)
_ISSUES = lazy_pattern("印发|转发|批转")
_SHORTEST_PART = 4  # characters of a part of the title of what a notice issues
_PUNCTUATION = lazy_pattern("[。；！？，：]")
_QUOTED = lazy_pattern("《[^《》]*》")


def join_title(lines: Sequence[RawLine]) -> list[RawLine] | None:
    """Return lines with the title of a notice in one; None where it is in one already, or there is none.

    The title begins with an office, or with 关于, and ends with the kind of document, in the next lines.

    >>> found = join_title([RawLine("北溪县人民政府", 1), RawLine("关于做好防汛工作的", 2), RawLine("通知", 3)])
    >>> [line.text for line in found or ()]
    ['北溪县人民政府关于做好防汛工作的通知']
    """
    for i, line in enumerate(lines[:_MOST_FRONT_LINES]):
        if not _may_be_part(line.text):
            if len(line.text) > _LONGEST_LINE:
                return None
            continue
        if (end := _title_end(lines, i)) is not None:
            title = "".join(part.text for part in lines[i:end])
            return [*lines[:i], line._replace(text=title), *_with_issued_title(lines[end:], title)]
        if _ISSUES.search(line.text) and _END.fullmatch(line.text):
            rest = _with_issued_title(lines[i + 1 :], line.text)
            return [*lines[: i + 1], *rest] if len(rest) < len(lines) - i - 1 else None
    return None


def _with_issued_title(lines: Sequence[RawLine], notice: str) -> list[RawLine]:
    """Return lines with the title of what a notice issues in one line, where its parts stand in the notice's title."""
    for i, line in enumerate(lines if _ISSUES.search(notice) else ()):
        if not _SHORTEST_PART <= len(line.text) <= _LONGEST_LINE or line.text not in notice:
            continue
        title, end = line.text, i + 1
        while end < len(lines) and title + lines[end].text in notice:
            title, end = title + lines[end].text, end + 1
        if end > i + 1:
            return [*lines[:i], line._replace(text=title), *lines[end:]]
    return list(lines)


def _title_end(lines: Sequence[RawLine], i: int) -> int | None:
    """Return behind which line the title ends that line `i` begins, None if it begins none of several lines."""
    text = lines[i].text
    if _OFFICE.fullmatch(text):
        if i + 1 == len(lines) or not _BEGINS.match(lines[i + 1].text):
            return None
    elif not (_BEGINS.search(text[:30]) and not _is_whole(text)):
        return None
    for end in range(i + 2, min(i + _MOST_LINES, len(lines)) + 1):
        if not _may_be_part(lines[end - 1].text):
            return None
        title = "".join(line.text for line in lines[i:end])
        if len(title) <= _LONGEST_TITLE and _is_whole(title):
            return end
    return None


def _may_be_part(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and not _PUNCTUATION.search(_QUOTED.sub("", text))


def _is_whole(text: str) -> bool:
    return _END.fullmatch(text) is not None and text.count("《") == text.count("》")
