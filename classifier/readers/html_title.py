"""The title of a web page without the name of its site, put before an article that does not begin with it."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from classifier.readers.lines import RawLine

_META_NAMES = frozenset({"articletitle", "og:title", "title", "dc.title"})
_TITLE_NAME = re.compile(
    r"(?:.*[-_])?(?:title|tit|headline|bt|biaoti|rich_media_title|activity-name)\d?|(?:article|news|info|art|con|page|xl|main|text)(?:title|tit|bt)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*[_|｜»>]+\s*|\s+[-–—·]+\s+|(?<![\d—–-])[-–](?![\d—–-])|(?<=[\u3400-\u9fff])—(?=[\u3400-\u9fff])|\s{2,}"
)
_SITE = re.compile(
    r".*(?:人民政府|政府网|门户网站?|官方?网站?|信息网|新闻网|网站|.网|局|委员会|办公室|管委会|频道|专栏|栏目|微信|微博|日报|晚报)|首页|政务公开|信息公开"
    r"|政府信息公开.*|(?:政府)?工作报告栏|.*公开目录|正文|详情页?|内容页?|文章",
)
_NO_NAME = re.compile(
    r"(?:无标题|未命名|新建).{0,10}|.*\.(?:docx?|wps|html?|txt|pdf)|.*(?:Word 文档|加载中|跳转).*", re.IGNORECASE
)
_DOCUMENT = re.compile(
    r"[^。；！]{2,60}(?:报告|讲话|发言|致辞|要点|安排|计划|方案|规划|部署|总结|意见|纲要|任务|打算|通知|汇报)(?:[(（][^()（）]{1,40}[)）])?"
)
_SHORTEST, _LONGEST = 4, 90  # characters of a title
_FIRST_LINES = 6  # of an article, in which its title may stand
_MOST_CANDIDATES = 200


def page_title(root: etree._Element) -> str | None:
    """Return the title of the text of a page, None where none is found.

    It is the one that the page names for itself; else its h1 or what is called a title, if its <title> has that, too;
    else <title> without the name of the site.
    """
    full = _text(next(root.iter("title"), None))
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in _META_NAMES and _is_title(content := _squeezed(meta.get("content") or "")):
            return _without_site(content)
    shown = list(_shown(root))
    squashed = _squash(full)
    for text in shown:
        if _squash(text) in squashed and not _SITE.fullmatch(text):
            return text
    if _is_title(cut := _without_site(full)) and not _SITE.fullmatch(cut):
        return cut
    return next((text for text in shown if not _SITE.fullmatch(text)), None)


def title_above(before: Sequence[str]) -> str | None:
    """Return the last of the lines before an article that has the form of a title, for a page that names none.

    >>> title_above(["您的位置：首页", "云溪县2024年政府工作报告", "阅读次数：3"])
    '云溪县2024年政府工作报告'
    """
    return next((line for line in reversed(before) if _is_title(line) and _DOCUMENT.fullmatch(line)), None)


def _shown(root: etree._Element) -> Iterator[str]:
    """Yield the texts of h1 and of what is called a title, the h1 first."""
    named = (
        e
        for e in root.iter("div", "p", "td", "span", "h2", "h3")
        if e.attrib and any(map(_TITLE_NAME.fullmatch, f"{e.get('class') or ''} {e.get('id') or ''}".split()))
    )
    for elements in (root.iter("h1"), named):
        for _, element in zip(range(_MOST_CANDIDATES), elements, strict=False):
            if _is_title(text := _text(element)):
                yield text


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    parts: list[str] = []
    length = 0
    for part in map(str, element.itertext()):
        parts.append(part)
        length += len(part)
        if length > 10 * _LONGEST:  # a box that holds more than a title
            return ""
    return _squeezed("".join(parts))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _squash(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _is_title(text: str) -> bool:
    named = any("\u3400" <= c <= "\u9fff" for c in text) and not _NO_NAME.fullmatch(text)
    return named and _SHORTEST <= len(text) <= _LONGEST


def _without_site(full: str) -> str:
    """Return a page's <title> without the names of site and column."""
    parts = [part.strip() for part in _SEPARATOR.split(full) if part and part.strip()]
    if any(map(_SITE.fullmatch, full.split())):  # with nothing but a blank behind it
        parts = [piece for part in parts for piece in part.split()]
    if len(parts) < 2:
        return full
    return next((part for part in parts if len(part) >= _SHORTEST and not _SITE.fullmatch(part)), parts[0])


def with_title(lines: Sequence[RawLine], title: str | None, put_before: bool = True) -> list[RawLine]:
    """Return lines that begin with the title as level 0: the line that is it already, or a new one before all.

    put_before: whether a new one may be.
    """
    found = list(lines)
    wanted = _squash(title or "")
    if not title or len(wanted) < _SHORTEST:
        return found
    for at, line in enumerate(found[:_FIRST_LINES]):
        own = _squash(line.text)
        joined = own
        for end in range(at, min(at + 3, len(found))):
            joined = own if end == at else joined + _squash(found[end].text)
            if joined == wanted:
                return found[:at] + [part._replace(level=0) for part in found[at : end + 1]] + found[end + 1 :]
        if len(own) >= _SHORTEST and len(line.text) <= _LONGEST and (own in wanted or wanted in own):
            found[at] = line._replace(level=0)
            return found
    return [RawLine(title, 0, level=0), *found] if put_before else found
