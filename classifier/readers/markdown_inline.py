"""The inside of a Markdown paragraph to lines: marks go, and lines that were only wrapped come together."""

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from classifier.readers.lines import CountKind, Place, RawLine

if TYPE_CHECKING:
    from markdown_it.token import Token

_STOP = re.compile(r"[。！？；：!?;:…][”’）)》」』】〕\"']*$")
_BEGINS_ANEW = re.compile(
    r"[\u3000\xa0]|[一二三四五六七八九十]{1,3}(?:、|是)|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部篇编，、]"
    r"|\d{1,2}[.、．](?!\d)|[㈠-㈩⒈-⒛①-⑳⑴-⒇]|——|各位|附件"
)
_PAUSE = re.compile("[，。；：、,;:]")
_WIDEST, _NARROWEST = 120, 16  # characters of a line that may be wrapped
_FULL = 0.75  # of the widest line: what is shorter ends a paragraph
_EVEN = 3  # characters that lines may be shorter which are wrapped by counting
_LEFT_MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|\[\^[^\]\s]{1,60}\]")
_ROW_END = re.compile(r"<br\s*/?>|</(?:p|tr|li|div|h[1-6]|table)\s*>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s*>\s*(?=<t[dh][\s>])", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LATIN_WRAP = re.compile(r"(?!\d\d)[!-~]{2}")  # where a blank stood; figures are cut only by tools that count letters
_BLANKS = re.compile(r"[ \t\r]+")
_BREAK, _WRAP = "\n", "\r"  # a line end that is meant, and one that may be but a wrap


def inline_lines(token: "Token", counts: Counter[CountKind]) -> list[RawLine]:
    """Return the lines of a paragraph, heading or cell. A picture by itself is a note with its words.

    counts: `lines_joined`, `deleted_revisions`.
    """
    parts: list[str] = []
    bold = plain = struck = 0
    strong = 0
    pictures: list[str] = []
    for child in token.children or ():
        kind = child.type
        if kind in ("softbreak", "hardbreak"):
            parts.append(_WRAP if kind == "softbreak" else _BREAK)
        elif kind == "html_inline":
            parts.append(_BREAK if child.content.lower().startswith("<br") else "")
        elif kind == "image":
            pictures.append(child.content.strip())
        elif kind in ("s_open", "s_close"):
            struck += 1 if kind == "s_open" else -1
            counts[CountKind.DELETED_REVISIONS] += kind == "s_open"
        elif kind in ("strong_open", "strong_close"):
            strong += 1 if kind == "strong_open" else -1
        elif not struck and child.content:
            parts.append(child.content)
            bold, plain = (bold + 1, plain) if strong else (bold, plain + bool(child.content.strip()))
    text = _LEFT_MARKS.sub("", "".join(parts))
    lines = [
        RawLine(line.strip(), 0, bold=bold > 0 and not plain)
        for piece in text.split(_BREAK)
        for line in _unwrapped(piece, counts)
    ]
    if not any(line.text for line in lines):
        return [RawLine(words, 0, Place.NOTE) for words in pictures if words]
    return [line for line in lines if line.text]


def _unwrapped(text: str, counts: Counter[CountKind]) -> list[str]:
    """Return the paragraphs of a text, in which lines are either wrapped or paragraphs by themselves."""
    lines = [line for line in text.split(_WRAP) if line.strip()]
    if len(lines) < 2:
        return lines
    found = [[lines[0].rstrip()]]
    even = _is_even(lines)
    widest = max(map(len, lines[:-1]))
    for before, line in pairwise(lines):
        if _continues(before, line, widest, even):
            counts[CountKind.LINES_JOINED] += 1
            found[-1].append(
                f" {line.strip()}"
                if _LATIN_WRAP.fullmatch(f"{before.rstrip()[-1]}{line.lstrip()[0]}")
                else line.strip()
            )
        else:
            found.append([line.rstrip()])
    return ["".join(parts) for parts in found]


def _is_even(lines: Sequence[str]) -> bool:
    """Whether lines are wrapped at a width: but for the last they are as long as each other, and most go on."""
    full = lines[:-1]
    widest = max(map(len, full))
    going_on = sum(not _STOP.search(line.rstrip()) for line in full)
    return len(full) > 1 and all(widest - len(line) <= _EVEN for line in full) and 2 * going_on > len(full)


def _continues(before: str, line: str, widest: int, even: bool) -> bool:
    if _BEGINS_ANEW.match(line) or len(before) > _WIDEST:
        return False
    if even:
        return True
    if _STOP.search(before.rstrip()):
        return False
    return len(before) >= _FULL * widest and (len(before) >= _NARROWEST and _PAUSE.search(before) is not None)


def markup_lines(markup: str, counts: Counter[CountKind]) -> list[RawLine]:
    """Return the text of a piece of HTML within Markdown: rows of tables with tabs, other tags gone.

    counts: `lines_joined`.
    """
    markup = _BLANKS.sub(" ", _NOT_SHOWN.sub("", markup)).strip().replace("\n", _WRAP)
    markup = _TAG.sub("", _ROW_END.sub(_BREAK, _CELL_END.sub("\t", markup)))
    found = []
    for piece in _LEFT_MARKS.sub("", markup).split(_BREAK):
        for line in _unwrapped(piece, counts):
            cells = [unescape(cell).strip() for cell in line.split("\t")]
            if any(cells):
                found.append(RawLine("\t".join(cells), 0, Place.TABLE if len(cells) > 1 else Place.BODY))
    return found
