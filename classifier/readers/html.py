"""Web pages that were saved to their lines: the title and the article, without what the site puts around it."""

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from lxml import etree

from classifier.errors import DocumentError
from classifier.messages import counted_message, message
from classifier.readers.encoding import MENDABLE, checked_text
from classifier.readers.heading_ranks import ranked_headings
from classifier.readers.html_around import without_furniture_elements
from classifier.readers.html_article import find_article
from classifier.readers.html_encoding import decode_page
from classifier.readers.html_furniture import is_web_furniture
from classifier.readers.html_lines import WebLineReader
from classifier.readers.html_styles import PageStyles
from classifier.readers.html_title import page_title, title_above, with_title
from classifier.readers.html_tree import check_page_size, drop_element, page_tree, without_unseen
from classifier.readers.lines import CountKind, DocumentLines, Place, RawLine

_LEAST_TEXT = 30  # Chinese characters; a page that has less is a shell, if it has frames or scripts
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAGES = re.compile(r"createPageHTML\w{0,20}\(\s*(?:['\"][^'\"]{0,80}['\"]\s*,\s*)?(\d{1,3})\s*,")
_NEXT_PAGE = re.compile(r"[\s\[【<>»›]*(?:下一?页|余下全文|阅读全文|查看全文)[\s\]】<>»›]*")
_WORD = re.compile(r"^(?:Microsoft Word|Word\.Document|LibreOffice|OpenOffice|WPS)")
_FIRST_PARAGRAPHS = 5
_LEAST_BREAKS, _MOSTLY_BREAKS = 6, 0.5  # lines ended by <br>, of all: a page that is plain text but for these


class _Page(NamedTuple):
    """What is known of a page before anything is taken out of it."""

    title: str | None
    frame: str | None  # the address of the first frame
    has_scripts: bool
    is_of_word: bool  # whether a word processor saved it, which takes for its title what it once had
    is_divided: bool  # whether the article goes on in other pages


def read_html(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a saved web page: its title as level 0, and the paragraphs and tables of its article.

    Counts of the receipt: web_furniture (lines around and in the article), hidden_text, deleted_revisions,
    automatic_numbers, bullets, table_rows, notes, lines_joined. Raises DocumentError where the page holds no text, is
    beyond the limits, or is no readable Chinese.
    """
    if b"<" not in data:  # a text that is only called a page
        from classifier.readers.text import read_plain_text

        return read_plain_text(data, place)
    return read_page(data, place)


def read_page(data: bytes, place: str, declared: str | None = None) -> DocumentLines:
    """Return the lines of a page as `read_html` does. declared: the encoding that was told beside the page."""
    check_page_size(data, place)
    text, encoding = decode_page(data, declared)
    root = page_tree(text, place)
    del text
    counts: Counter[CountKind] = Counter()
    styles, page = PageStyles(root), _page(root)
    lines, before, notes = _article_lines(root, styles, counts, place)
    han = sum(len(_HAN.findall(line.text)) for line in lines)
    if not lines or (han < _LEAST_TEXT and (page.frame is not None or page.has_scripts)):
        raise DocumentError(_no_text(page, place))
    _check(lines, encoding, place, notes)
    lines = ranked_headings(with_title(lines, page.title or title_above(before), not page.is_of_word))
    if page.is_divided:
        notes.append(
            message("{place}: the page says that its text goes on in other pages; save these, too", place=place)
        )
    numbered = tuple(line._replace(number=i) for i, line in enumerate(lines, start=1))
    return DocumentLines(numbered, tuple(notes), counts={kind: n for kind, n in sorted(counts.items()) if n})


def _page(root: etree._Element) -> _Page:
    frame = next(root.iter("frame", "iframe"), None)
    scripts = "".join(script.text or "" for script in root.iter("script"))
    divided = any(int(match[1]) > 1 for match in _PAGES.finditer(scripts)) or any(
        _NEXT_PAGE.fullmatch("".join(map(str, link.itertext()))[:40])
        and not (link.get("href") or "#").strip().startswith(("#", "javascript:;", "javascript:void"))
        for link in root.iter("a")
    )
    has_scripts = next(root.iter("script", "noscript"), None) is not None
    of_word = any(_WORD.search(meta.get("content") or "") for meta in root.iter("meta")) or any(
        p.get("class") == "MsoNormal" for p in islice(root.iter("p"), _FIRST_PARAGRAPHS)
    )
    address = None if frame is None else frame.get("src") or ""
    return _Page(page_title(root), address, has_scripts, of_word, divided)


def _article_lines(
    root: etree._Element, styles: PageStyles, counts: Counter[CountKind], place: str
) -> tuple[list[RawLine], list[str], list[str]]:
    """Return the lines of the article without furniture, the lines before it, and notes on how it was found."""
    without_unseen(root, styles, counts)
    body = next(root.iter("body"), root)
    for field in list(body.iter("textarea")):
        drop_element(field)
    without_furniture_elements(body, counts)
    article = find_article(body)
    reader = WebLineReader(styles, counts)
    lines = [line for part in article.roots for line in reader.read(part)]
    kept = [line for line in lines if line.place is not Place.BODY or not is_web_furniture(line.text)]
    counts[CountKind.WEB_FURNITURE] += len(lines) - len(kept)
    notes = []
    if article.is_whole_page and next(body.iter("a"), None) is not None:
        notes.append(
            message("{place}: no article was found in the page; the text of the whole page was read", place=place)
        )
    if _LEAST_BREAKS <= reader.breaks >= _MOSTLY_BREAKS * len(kept):
        kept = _joined(kept, counts)
    return kept, article.before, notes


def _joined(lines: list[RawLine], counts: Counter[CountKind]) -> list[RawLine]:
    """Return the lines of a page that was wrapped at a width with <br> joined to paragraphs."""
    from classifier.readers.text_source import SourceLine
    from classifier.readers.text_wrapping import join_wrapped

    if any(line.place is not Place.BODY or line.level is not None for line in lines):
        return lines
    wrapped = join_wrapped([SourceLine(line.text, i, line.indent or 0.0, False) for i, line in enumerate(lines)])
    if wrapped is None:
        return lines
    counts[CountKind.LINES_JOINED] += wrapped.joined
    return [lines[line.number]._replace(text=line.text) for line in wrapped.lines]


def _check(lines: list[RawLine], encoding: str, place: str, notes: list[str]) -> None:
    """Raise DocumentError where lines are no plausible Chinese; note what is broken in them."""
    text = "\n".join(line.text for line in lines)
    broken = text.count("\ufffd")
    checked_text(text if broken <= MENDABLE * len(text) + 1 else "\0" * 100, place)
    if broken:
        notes.append(
            counted_message(
                "{place}: a broken character was read as U+FFFD ({encoding})",
                "{place}: {n} broken characters were read as U+FFFD ({encoding})",
                broken,
                place=place,
                encoding=encoding.replace("_", "-"),
            )
        )


def _no_text(page: _Page, place: str) -> str:
    if page.frame is not None:
        return message(
            "{place}: a page of frames without a text of its own; open what is in the frame by itself and save that "
            "({address})",
            place=place,
            address=page.frame[:200] or "-",
        )
    if page.has_scripts:
        return message(
            "{place}: its text is put in by a script and was not saved; copy the text from the browser into a file",
            place=place,
        )
    return message("{place}: no text in this page; check that it was saved whole", place=place)
