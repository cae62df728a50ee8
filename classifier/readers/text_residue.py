"""Takes out of a text what tools left in it: escapes, entities, and marks that stand for line ends."""

import re
from collections import Counter

from classifier.patterns import lazy_pattern
from classifier.readers.lines import CountKind

LINE_END = "\u2028"  # ends a line, but leaves the numbers of the lines in the file as they are

_R_ESCAPE = lazy_pattern(r"<U\+([0-9A-Fa-f]{4,6})>")
_CODE_ESCAPE = lazy_pattern(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|%u([0-9A-Fa-f]{4})")  # of JSON, R and JavaScript
_BYTES = lazy_pattern(r"(?:<[0-9a-f]{2}>){2,}|(?:\\x[0-9A-Fa-f]{2}){2,}")  # of R and Python
_HEX = lazy_pattern("[0-9A-Fa-f]{2}")
_SPREADSHEET_ESCAPE = lazy_pattern(r"_x(000[9AaDd]|00[Aa]0|3000|005[Ff])_")
_ENTITY = lazy_pattern(r"&(?:#\d{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")
_ESCAPED_LINE_END = lazy_pattern(r"(?:\\{1,2}r)?\\{1,2}n|\\{1,2}r")
_TAG = lazy_pattern(r"<(?:br ?/?|/?p|/?div)(?: [^<>]{0,200})?>", re.IGNORECASE)
_SEPARATOR = lazy_pattern(r" ?\[(?:SEP|sep)\] ?")
_WIDE_BLANKS = tuple(re.compile(rf"(?<=\S){blank}{{2,}}(?=\S)") for blank in ("\u3000", "\xa0", " ", "[ \xa0\u3000]"))
_MOSTLY = 0.8  # share of the wide blanks of a text that are of one kind, so that others stand for no line ends
# What stands for line ends in texts from databases and forms, with what a text that has it must contain.
_SEPARATORS = tuple(
    (needle, re.compile(rf"(?<=\S) ?(?:{pattern}) ?(?=\S)"))
    for needle, pattern in (
        ("\t", r"\t+"),
        ("|", r"\|{1,3}"),
        ("↵", "↵"),
        ("¶", "¶"),
        ("⏎", "⏎"),
        ("/n", "/n"),
        ("^p", r"\^p"),
        ("\\t", r"\\t"),
        ("@@", "@{2,}"),
        ("$$", r"\${2,}"),
        ("##", "#{2,}"),
        ("~~", "~{2,}"),
        ("换行", r"[\[【<]换行符?[\]】>]"),
    )
)
_BLANKS = " \u3000\xa0"
_PRIVATE_USE_BLANKS = ("\ue5e5", "\uf020", "\uf0a0")  # of GBK A3A0, and of the Symbol font

_LEAST = 2  # marks of one kind from which they are taken for residue
_LEAST_WIDE_BLANKS = 3
_LONG_LINE = 120  # characters a line on average from which wide blanks may stand for line ends
_MOST_LINE_ENDS = 20  # of a text in which other marks are looked for
_LEAST_AFTER_STOP = 0.4  # share of the wide blanks that stand behind a full stop or colon


def without_residue(text: str, counts: Counter[CountKind]) -> str:
    """Return a text with what its tools escaped decoded, and with its marks of line ends as line ends.

    A text that has none of these is returned as it is. counts: `escapes_decoded` (R's <U+00A0> and <e5><a4>, JSON's
    \\u5e74, spreadsheets' _x000D_), `entities_decoded` (&nbsp;), `private_use_blanks`, `marked_line_ends` (<br>, [SEP],
    two-character \\n, ↵, wide blanks).
    """
    for blank in _PRIVATE_USE_BLANKS:
        if blank in text:
            counts[CountKind.PRIVATE_USE_BLANKS] += text.count(blank)
            text = text.replace(blank, "\u3000")
    if "<U+" in text:
        text, n = _R_ESCAPE.subn(_decoded, text)
        counts[CountKind.ESCAPES_DECODED] += n
    if "\\u" in text or "\\U" in text or "%u" in text:
        text = _without_code_escapes(text, counts)
    if ("<" in text or "\\x" in text) and _BYTES.search(text):
        text, n = _BYTES.subn(_decoded_bytes, text)
        counts[CountKind.ESCAPES_DECODED] += n
    if "_x" in text:
        text, n = _SPREADSHEET_ESCAPE.subn(_decoded, text)
        counts[CountKind.ESCAPES_DECODED] += n
    if "&" in text and len(_ENTITY.findall(text)) >= _LEAST:
        from html import unescape

        text, n = _ENTITY.subn(lambda match: unescape(match[0]), text)
        counts[CountKind.ENTITIES_DECODED] += n
    return _with_line_ends(text, counts)


def _without_code_escapes(text: str, counts: Counter[CountKind]) -> str:
    if len(found := _CODE_ESCAPE.findall(text)) < _LEAST:
        return text
    counts[CountKind.ESCAPES_DECODED] += len(found)
    return _CODE_ESCAPE.sub(_decoded, text)


def _decoded_bytes(match: re.Match[str]) -> str:
    """Return the characters of escaped bytes; what is no text stays."""
    data = bytes.fromhex("".join(_HEX.findall(match[0])))
    for encoding in ("utf_8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return match[0]


def _decoded(match: re.Match[str]) -> str:
    """Return the character of an escape; what is no character stays."""
    code = int(match[match.lastindex or 0], 16)
    return match[0] if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code).replace("\r", "\n")


def _with_line_ends(text: str, counts: Counter[CountKind]) -> str:
    for needle, pattern in (("\\", _ESCAPED_LINE_END), ("<", _TAG), ("[SEP]", _SEPARATOR), ("[sep]", _SEPARATOR)):
        if needle in text:
            marks = len(pattern.findall(text))
            if marks >= _LEAST and (marks > _line_ends(text) or pattern is _TAG):
                text = pattern.sub(LINE_END, text)
                if pattern is _ESCAPED_LINE_END:
                    text = text.replace("\\t", "\t")
                counts[CountKind.MARKED_LINE_ENDS] += marks
    if len(text) > _LONG_LINE * (_line_ends(text) + 1):
        text = _separators_as_line_ends(text, counts)
    return text


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count(LINE_END) + text.count("\r")


def _separators_as_line_ends(text: str, counts: Counter[CountKind]) -> str:
    """Return a text that has few line ends with one for each wide blank, or other mark, between its paragraphs."""
    least = max(_LEAST_WIDE_BLANKS, 2 * _line_ends(text) + 1)
    # Counting blanks, of which each takes two, is far faster than looking for them.
    if sum(map(text.count, _BLANKS)) >= 2 * least:
        *kinds, any_kind = _WIDE_BLANKS
        every = len(any_kind.findall(text))
        for pattern in (*(kind for kind in kinds if len(kind.findall(text)) >= _MOSTLY * every), any_kind):
            if _stands_between_paragraphs(pattern, text, least):
                return _with_ends_for(pattern, text, counts)
    for needle, pattern in _SEPARATORS if _line_ends(text) <= _MOST_LINE_ENDS else ():
        if needle in text and _stands_between_paragraphs(pattern, text, least):
            return _with_ends_for(pattern, text, counts)
    return text


def _stands_between_paragraphs(pattern: re.Pattern[str], text: str, least: int) -> bool:
    """Whether enough of the marks in a text stand behind a full stop or colon."""
    marks = list(pattern.finditer(text))
    if len(marks) < least:
        return False
    return sum(text[mark.start() - 1] in "。！？；：!?;:”" for mark in marks) >= _LEAST_AFTER_STOP * len(marks)


def _with_ends_for(pattern: re.Pattern[str], text: str, counts: Counter[CountKind]) -> str:
    text, n = pattern.subn(LINE_END, text)
    counts[CountKind.MARKED_LINE_ENDS] += n
    return text
