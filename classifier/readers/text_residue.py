"""Takes out of a text what tools left in it: escapes, entities, and marks that stand for line ends."""

import re
from collections import Counter

from classifier.readers.lines import CountKind

LINE_END = "\u2028"  # ends a line, but leaves the numbers of the lines in the file as they are

_R_ESCAPE = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>")
_SPREADSHEET_ESCAPE = re.compile(r"_x(000[9AaDd]|00[Aa]0|3000|005[Ff])_")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")
_ESCAPED_LINE_END = re.compile(r"(?:\\r)?\\n|\\r")
_TAG = re.compile(r"<(?:br ?/?|/?p|/?div)(?: [^<>]{0,200})?>", re.IGNORECASE)
_SEPARATOR = re.compile(r" ?\[(?:SEP|sep)\] ?")
_WIDE_BLANK = re.compile(r"(?<=\S)(?:\u3000{2,}|[ \xa0]{2,})(?=\S)")
_BLANKS = re.compile(r"[ \u3000\xa0]{2,}")
_PRIVATE_USE_BLANKS = ("\ue5e5", "\uf020", "\uf0a0")  # of GBK A3A0, and of the Symbol font

_LEAST = 2  # marks of one kind from which they are taken for residue
_LEAST_WIDE_BLANKS = 3
_LONG_LINE = 120  # characters a line on average from which wide blanks may stand for line ends
_LEAST_AFTER_STOP = 0.4  # share of the wide blanks that stand behind a full stop or colon


def without_residue(text: str, counts: Counter[CountKind]) -> str:
    """Return a text with what its tools escaped decoded, and with its marks of line ends as line ends.

    A text that has none of these is returned as it is. counts: `escapes_decoded` (R's <U+00A0>, spreadsheets'
    _x000D_), `entities_decoded` (&nbsp;), `private_use_blanks`, `marked_line_ends` (two-character \\n, <br>, [SEP],
    wide blanks).
    """
    for blank in _PRIVATE_USE_BLANKS:
        if blank in text:
            counts[CountKind.PRIVATE_USE_BLANKS] += text.count(blank)
            text = text.replace(blank, "\u3000")
    if "<U+" in text:
        text, n = _R_ESCAPE.subn(_decoded, text)
        counts[CountKind.ESCAPES_DECODED] += n
    if "_x" in text:
        text, n = _SPREADSHEET_ESCAPE.subn(_decoded, text)
        counts[CountKind.ESCAPES_DECODED] += n
    if "&" in text and len(_ENTITY.findall(text)) >= _LEAST:
        from html import unescape

        text, n = _ENTITY.subn(lambda match: unescape(match[0]), text)
        counts[CountKind.ENTITIES_DECODED] += n
    return _with_line_ends(text, counts)


def _decoded(match: re.Match[str]) -> str:
    """Return the character of an escape; what is no character stays."""
    code = int(match[1], 16)
    return match[0] if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code).replace("\r", "\n")


def _with_line_ends(text: str, counts: Counter[CountKind]) -> str:
    for needle, pattern in (("\\", _ESCAPED_LINE_END), ("<", _TAG), ("[", _SEPARATOR)):
        if needle in text:
            marks = len(pattern.findall(text))
            if marks >= _LEAST and (marks > _line_ends(text) or pattern is _TAG):
                text = pattern.sub(LINE_END, text)
                if pattern is _ESCAPED_LINE_END:
                    text = text.replace("\\t", "\t")
                counts[CountKind.MARKED_LINE_ENDS] += marks
    if len(text) > _LONG_LINE * (_line_ends(text) + 1):
        text = _wide_blanks_as_line_ends(text, counts)
    return text


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count(LINE_END) + text.count("\r")


def _wide_blanks_as_line_ends(text: str, counts: Counter[CountKind]) -> str:
    """Return a text that has few line ends with one for each wide blank between its paragraphs."""
    least = max(_LEAST_WIDE_BLANKS, 2 * _line_ends(text) + 1)
    # The first search finds indents as well, but is ten times as fast.
    if len(_BLANKS.findall(text)) < least or len(blanks := list(_WIDE_BLANK.finditer(text))) < least:
        return text
    after_stop = sum(text[blank.start() - 1] in "。！？；：!?;:”" for blank in blanks)
    if after_stop < _LEAST_AFTER_STOP * len(blanks):
        return text
    counts[CountKind.MARKED_LINE_ENDS] += len(blanks)
    return _WIDE_BLANK.sub(LINE_END, text)
