"""Decode bytes to text: find the encoding, and refuse what is no text or no plausible Chinese."""

import codecs
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from math import ceil

from classifier.errors import DocumentError
from classifier.messages import counted_message, message
from classifier.patterns import lazy_pattern
from classifier.readers.encoding_doubles import (
    decoded_once,
    garbled_at,
    has_no_han,
    looks_decoded_twice,
    mostly_lost_at,
)
from classifier.readers.encoding_escapes import escaped_text
from classifier.readers.lines import CountKind

# What a Chinese report may be saved in, beside UTF-8; the detection library chooses among them.
CANDIDATES = ["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]
BOMS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),  # begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
SAMPLE_BYTES = 1 << 16
_MOST_CHECKED = 1 << 12  # characters, from all parts of a text, that are checked
_SHORT = 300  # bytes; shorter texts are too short for the detection library
MENDABLE = 0.001  # share of broken characters up to which a text is still read, with a note
_FEW_BROKEN, _LEAST_PER_BROKEN = 10, 30  # places that may be broken in a short text; characters for each of them
_SHORTEST_BROKEN = 8  # characters of a text that may be broken in one place
_PADDING = b"\0" * 4  # at the end of a file that was not closed; no text in UTF-16 or UTF-32 ends so
_BROKEN = lazy_pattern("\ufffd{1,3}")  # what one character of UTF-8 becomes
_BROKEN_END = lazy_pattern("\ufffd{1,3}$")
_MOST_RESYNCHRONISED = 20  # broken places of a line, of which each costs a copy of it
_LOOKED_AHEAD = 16  # bytes behind a broken one
_CONTROL = lazy_pattern("[\0-\x08\x0e-\x1b\x1f\x7f]")
_MOST_NULS = 0.05  # share of a text in UTF-8; one in UTF-16 has more
_MOST_CONTROLS = 0.01  # share of a text that need not be Chinese
_LEAST_IN_UTF8 = 20  # bytes more than characters, of a text of which a part is in UTF-8
_LEAST_EVERYDAY = 0.9  # share of the characters of a text of which a part is in UTF-8
_FOREIGN = (("shift_jis", "Shift-JIS"), ("euc_jp", "EUC-JP"), ("euc_kr", "EUC-KR"))
_KANA_OR_HANGUL = lazy_pattern("[\u3041-\u30fa\uac00-\ud7a3]")
_LEAST_FOREIGN = 0.2  # share of kana or hangul in a text of these encodings

# Blanks among the characters for private use: A3A0 of GBK, which browsers show as a wide blank, A140, and the blank
# of symbol fonts.
PRIVATE_BLANKS = "\ue5e5\ue4c6\uf020"
_GBK_BLANK = b"\xa3\xa0"

_HAN = lazy_pattern(r"[\u3400-\u9fff]")
_HAN_SEQUENCE = lazy_pattern(rf"{_HAN.pattern}+")
# In a report a tenth or more of the Chinese characters are among these; in mojibake, next to none.
_COMMON_HAN = lazy_pattern("[的一是在不了和有大为中发展工作建设全年加市县国区经济实业强推进新生农项目設業發]")
_LEAST_COMMON, _LEAST_HAN = 0.03, 50  # share of common characters; Chinese characters from which it is asked for
# Unicode categories that text has none of: control characters and surrogates; unassigned and for private use, as
# symbols of old fonts are.
_NO_TEXT = frozenset({"Cc", "Cs"})
_UNKNOWN = frozenset({"Cn", "Co"})
_MOST_UNKNOWN = 0.15  # share of a text whose other characters are everyday ones
# The category is slow to look up, so it is not for white space and for what most of a report consists of.
_UNCOMMON = lazy_pattern(
    r"[^\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]"
)


def decode(data: bytes, place: str, counts: Counter[CountKind] | None = None) -> tuple[str, str | None]:
    """Return the text of a file and a note on what was mended, if anything was.

    counts: gets `broken_characters`, `control_characters` and `characters_decoded_twice`. Raises DocumentError where
    the bytes are no text or no plausible Chinese.
    """
    counts = Counter() if counts is None else counts
    text, note = _decoded(data, place, counts)
    text = text.removeprefix("\ufeff")
    for blank in PRIVATE_BLANKS:
        text = text.replace(blank, "\u3000")
    if _CONTROL.search(text):
        text, note = _without_controls(text, place, note, counts)
    if looks_decoded_twice(text) and (once := decoded_once(text)) and _is_plausible(once[0]):
        text, wrong = once
        counts[CountKind.CHARACTERS_DECODED_TWICE] += len(text)
        return text, message(
            "{place}: saved after it was read as {encoding} by mistake; that was undone", place=place, encoding=wrong
        )
    if looks_decoded_twice(text) and has_no_han(text):
        raise DocumentError(_garbled(text, 0, place))
    garbled = garbled_at(text)
    if (lost := mostly_lost_at(text)) is not None:
        raise DocumentError(_garbled(text, lost, place))
    if not _is_plausible(text):
        if len(_KANA_OR_HANGUL.findall(text)) > _LEAST_FOREIGN * len(text):
            raise DocumentError(
                message("{place}: a Japanese or Korean text; areas are told of Chinese alone", place=place)
            )
        raise DocumentError(_refusal(data, place) if garbled is None else _garbled(text, garbled, place))
    return text, note if garbled is None else note or _garbled(text, garbled, place)


def _decoded(data: bytes, place: str, counts: Counter[CountKind]) -> tuple[str, str | None]:
    for bom, encoding in BOMS:
        if data.startswith(bom) and encoding != "utf_8":
            return _decode_leniently(data[len(bom) :], encoding, place, counts)
    data = data.removeprefix(codecs.BOM_UTF8)  # some programs put it before any encoding
    if data.endswith(_PADDING) and (whole := data.rstrip(b"\0")) and b"\0" not in whole:
        data = whole
    if (escaped := escaped_text(data)) is not None:
        text, name = escaped
        return text, message(
            "{place}: read as {encoding}, an encoding of old mail programs", place=place, encoding=name
        )
    try:
        text = data.decode("utf_8")
    except UnicodeDecodeError:
        text = "\0"
    if text.count("\0") <= _MOST_NULS * len(text):
        return text, None
    if _is_nearly_utf8(data):
        return _decode_leniently(data, "utf_8", place, counts)
    if (mixed := _mixed_text(data)) is not None:
        text, line = mixed
        return text, message(
            "{place}: of two encodings; line {line} and others were read as GB18030, the rest as UTF-8",
            place=place,
            line=line,
        )
    encoding = _unmarked_utf32(data) or (likeliest_encoding(data) if len(data) < _SHORT else _detect(data))
    return _decode_leniently(data, encoding, place, counts)


def line_at(text: str, i: int) -> int:
    """Return the number of the line, from 1, that a place in a text is in."""
    return 1 + (text.count("\n", 0, i) or text.count("\r", 0, i))


def _unmarked_utf32(data: bytes) -> str | None:
    """Return the encoding of bytes in which the highest of each four is zero."""
    for encoding, highest in (("utf_32_le", 3), ("utf_32_be", 0)):
        if len(data) % 4 == 0 and not any(data[highest::4]) and any(data[3 - highest :: 4]):
            return encoding
    return None


def _mixed_text(data: bytes) -> tuple[str, int] | None:
    """Return the text of a file with lines in UTF-8 and in GB18030, and the first of the latter, else None."""
    lines = data.split(b"\n")
    found, first, in_utf8 = [], 0, 0
    for number, line in enumerate(lines, start=1):
        try:
            found.append(line.decode("utf_8"))
            in_utf8 += len(line) - len(found[-1])
        except UnicodeDecodeError:
            try:
                found.append(line.decode("gb18030"))
            except UnicodeDecodeError:
                return None
            first = first or number
    text = "\n".join(found)
    plausible = in_utf8 >= _LEAST_IN_UTF8 and _everyday(text[:_MOST_CHECKED]) >= _LEAST_EVERYDAY
    return (text, first) if plausible else None


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # A sample that ends inside a character is whole with up to three bytes less.
    for left_out in range(4 if len(data) > SAMPLE_BYTES else 1):
        # The library takes nothing for text that has private characters.
        sample = data[: SAMPLE_BYTES - left_out].replace(_GBK_BLANK, b"\xa1\xa1")
        best = from_bytes(sample, cp_isolation=CANDIDATES, threshold=0.5).best()
        if best is not None:
            return best.encoding
    return likeliest_encoding(data[:_MOST_CHECKED])  # nor a text with a broken character


def likeliest_encoding(data: bytes, candidates: Sequence[str] = CANDIDATES) -> str:
    """Return the encoding in which most characters of a short text are everyday ones; of several, the first."""
    return max(candidates, key=lambda encoding: _everyday(data.decode(encoding, errors="replace")))


def _everyday(text: str) -> float:
    """Return the share of characters that are in the first level of GB 2312 or Big5, ASCII or punctuation."""
    return sum(_is_everyday(c) for c in text) / max(1, len(text))


def _is_everyday(character: str) -> bool:
    if not _HAN.match(character):
        return (
            character.isascii() and character.isprintable()
        ) or character in "，。、；：“”（）《》\r\n\t\u3000\ue5e5"
    simplified = character.encode("gb2312", errors="ignore")
    traditional = character.encode("big5", errors="ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _decode_leniently(data: bytes, encoding: str, place: str, counts: Counter[CountKind]) -> tuple[str, str | None]:
    text = gb18030_text(data) if encoding == "gb18030" else data.decode(encoding, errors="replace")
    first = text.find("\ufffd")
    if first < 0:
        return text, None
    broken = len(_BROKEN.findall(text))
    if not _is_mendable(text):
        raise DocumentError(_refusal(data, place))
    counts[CountKind.BROKEN_CHARACTERS] += broken
    return text, counted_message(
        "{place}: a broken character in line {line} was read as U+FFFD ({encoding})",
        "{place}: {n} broken characters, the first in line {line}, were read as U+FFFD ({encoding})",
        broken,
        place=place,
        line=line_at(text, first),
        encoding=encoding.replace("_", "-"),
    )


def gb18030_text(data: bytes) -> str:
    """Return the text of bytes in GB18030 with U+FFFD for each broken character, behind which the next is found.

    Python leaves out one byte, so that all that follows up to the next Latin letter may be of wrong halves.

    >>> gb18030_text("建设学校".encode("gb18030").replace(b"\\xc9", b"\\xff"))
    '建\ufffd学校'
    """
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return "\n".join(map(_gb18030_line, data.split(b"\n")))


def _gb18030_line(line: bytes) -> str:
    pieces: list[str] = []
    while len(pieces) < _MOST_RESYNCHRONISED:
        try:
            return "".join((*pieces, line.decode("gb18030")))
        except UnicodeDecodeError as error:
            if not pieces and (rest := _without_half(line)) is not None:
                return "\ufffd" + rest
            pieces.append(line[: error.start].decode("gb18030") + "\ufffd")
            tails = [line[error.start + n :] for n in (1, 2)]
            # The later one where both are as good, as half a character is never good text.
            line = max(reversed(tails), key=lambda tail: _everyday(tail[:_LOOKED_AHEAD].decode("gb18030", "ignore")))
    return "".join((*pieces, line.decode("gb18030", "replace")))


def _without_half(line: bytes) -> str | None:
    """Return a line behind its first byte, if that is half of a character: all that follows is good text then."""
    try:
        rest = line[1:].decode("gb18030")
    except UnicodeDecodeError:
        return None
    return rest if _everyday(rest) > _everyday(line.decode("gb18030", "replace")) else None


def _is_mendable(text: str) -> bool:
    """Whether few enough characters are broken: a few in a short text, a thousandth in a long one, and the last."""
    few = min(_FEW_BROKEN, max(len(text) / _LEAST_PER_BROKEN, len(text) >= _SHORTEST_BROKEN))
    return len(_BROKEN.findall(_BROKEN_END.sub("", text))) <= max(MENDABLE * len(text), few)


def _is_nearly_utf8(data: bytes) -> bool:
    text = data[:SAMPLE_BYTES].decode("utf_8", errors="replace")
    return text.count("\0") <= _MOST_NULS * len(text) and _is_mendable(text)


def _without_controls(text: str, place: str, note: str | None, counts: Counter[CountKind]) -> tuple[str, str | None]:
    """Return a text without control characters, of which binary data have more than Chinese text."""
    found = _CONTROL.findall(text)
    mended = _CONTROL.sub("", text)
    if len(found) > _MOST_CONTROLS * len(text) and len(found) > len(_HAN.findall(mended)) / 2:
        raise DocumentError(_no_text(place))
    counts[CountKind.CONTROL_CHARACTERS] += len(found)
    own = counted_message(
        "{place}: a control character in line {line} was left out",
        "{place}: {n} control characters, the first in line {line}, were left out",
        len(found),
        place=place,
        line=line_at(text, text.index(found[0])),
    )
    return mended, note or own


def checked_text(text: str, place: str) -> str:
    """Return the text with wide blanks for private ones. Raises DocumentError where it is binary data or mojibake."""
    for blank in PRIVATE_BLANKS:
        text = text.replace(blank, "\u3000")
    if not _is_plausible(text):
        raise DocumentError(_no_text(place))
    return text


def _is_plausible(text: str) -> bool:
    """Whether a text is no binary data, and its Chinese has common characters."""
    sample = text[:: len(text) // _MOST_CHECKED + 1]
    categories = Counter(map(unicodedata.category, _UNCOMMON.findall(sample)))
    no_text, unknown = (sum(categories[category] for category in some) for some in (_NO_TEXT, _UNKNOWN))
    if no_text + unknown > 0.01 * len(sample):
        known = len(sample) - unknown
        if (
            no_text
            or unknown > _MOST_UNKNOWN * len(sample)
            or _everyday(sample) * len(sample) < _LEAST_EVERYDAY * known
        ):
            return False
    han = sum(map(len, _HAN_SEQUENCE.findall(sample)))
    least = _LEAST_COMMON * han if han >= 4 * _LEAST_HAN else 1
    # A report has enough of them near its beginning, so counting stops there.
    return han < _LEAST_HAN or len(list(islice(_COMMON_HAN.finditer(sample), ceil(least)))) >= least


def _garbled(text: str, i: int, place: str) -> str:
    return message(
        "{place}: characters were lost in line {line} when this file was saved in a wrong encoding; take the original",
        place=place,
        line=line_at(text, i),
    )


def _no_text(place: str) -> str:
    return message(
        "{place}: not a readable text file; save it as plain text in UTF-8 or GB18030 and try again", place=place
    )


def _refusal(data: bytes, place: str) -> str:
    """Return why bytes are not read: they are in the encoding of another language, or no text."""
    for encoding, name in _FOREIGN:
        text = data[:SAMPLE_BYTES].decode(encoding, errors="replace")
        letters = _KANA_OR_HANGUL.findall(text)
        common = len(_COMMON_HAN.findall(data[:SAMPLE_BYTES].decode("gb18030", errors="ignore")))
        chinese = common > _LEAST_COMMON * len(text)  # which is hangul in EUC-KR
        if len(letters) > _LEAST_FOREIGN * len(text) and "\ufffd" not in text[:-1] and not chinese:
            return message(
                "{place}: in {encoding}, an encoding of another language; save it in UTF-8 and try again",
                place=place,
                encoding=name,
            )
    return _no_text(place)
