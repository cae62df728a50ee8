"""Decode bytes to text: find the encoding, and refuse what is no text or no plausible Chinese."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import islice
from math import ceil

from classifier.errors import DocumentError
from classifier.messages import message

# What a Chinese report may be saved in, beside UTF-8; the detection library chooses among them.
CANDIDATES = ["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]
BOMS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
SAMPLE_BYTES = 1 << 16
_MOST_CHECKED = 1 << 12  # characters, from all parts of a text, that are checked
_SHORT = 300  # bytes; shorter texts are too short for the detection library
MENDABLE = 0.001  # share of broken characters up to which a text is still read, with a note

# Blanks among the characters for private use: A3A0 of GBK, which browsers show as a wide blank, A140, and the blank
# of symbol fonts.
PRIVATE_BLANKS = "\ue5e5\ue4c6\uf020"
_GBK_BLANK = b"\xa3\xa0"
_PRIVATE_BLANK = re.compile(f"[{PRIVATE_BLANKS}]")

_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_SEQUENCE = re.compile(rf"{_HAN.pattern}+")
# In a report a tenth or more of the Chinese characters are among these; in mojibake, next to none.
_COMMON_HAN = re.compile("[的一是在不了和有大为中发展工作建设全年加市县国区经济实业强推进新生农项目設業發]")
_LEAST_COMMON, _LEAST_HAN = 0.03, 50  # share of common characters; Chinese characters from which it is asked for
# Unicode categories that text has none of: control characters, unassigned, private use, surrogates.
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
# The category is slow to look up, so it is not for white space and for what most of a report consists of.
_UNCOMMON = re.compile(
    r"[^\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]"
)


def decode(data: bytes, place: str) -> tuple[str, str | None]:
    """Return the text of a file and a note on what was mended, if anything was.

    Raises DocumentError where the bytes are no text or no plausible Chinese.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_leniently(data[len(bom) :], encoding, place)
    try:
        text = data.decode("utf_8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return checked_text(text, place), None
    if _is_nearly_utf8(data):
        return _decode_leniently(data, "utf_8", place)
    return _decode_leniently(data, likeliest_encoding(data) if len(data) < _SHORT else _detect(data, place), place)


def _detect(data: bytes, place: str) -> str:
    from charset_normalizer import from_bytes

    # A sample that ends inside a character is whole with up to three bytes less.
    for left_out in range(4 if len(data) > SAMPLE_BYTES else 1):
        # The library takes nothing for text that has private characters.
        sample = data[: SAMPLE_BYTES - left_out].replace(_GBK_BLANK, b"\xa1\xa1")
        best = from_bytes(sample, cp_isolation=CANDIDATES, threshold=0.5).best()
        if best is not None:
            return best.encoding
    raise DocumentError(_refusal(place))


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


def _decode_leniently(data: bytes, encoding: str, place: str) -> tuple[str, str | None]:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken > MENDABLE * len(text):
        raise DocumentError(_refusal(place))
    note = broken_note(broken, encoding, place) if broken else None
    return checked_text(text, place), note


def broken_note(broken: int, encoding: str, place: str) -> str:
    """Return the note on characters of a text that are broken."""
    return message(
        "{place}: {broken} broken characters were read as U+FFFD ({encoding})",
        place=place,
        broken=broken,
        encoding=encoding.replace("_", "-"),
    )


def _is_nearly_utf8(data: bytes) -> bool:
    text = data[:SAMPLE_BYTES].decode("utf_8", errors="replace")
    return "\0" not in text and text.count("\ufffd") <= MENDABLE * len(text)


def checked_text(text: str, place: str) -> str:
    """Return the text with wide blanks for private ones. Raises DocumentError where it is binary data or mojibake."""
    text = _PRIVATE_BLANK.sub("\u3000", text)
    sample = text[:: len(text) // _MOST_CHECKED + 1]
    no_text = sum(unicodedata.category(c) in _NO_TEXT for c in _UNCOMMON.findall(sample))
    if no_text > 0.01 * len(sample):
        raise DocumentError(_refusal(place))
    han = sum(map(len, _HAN_SEQUENCE.findall(sample)))
    least = _LEAST_COMMON * han if han >= 4 * _LEAST_HAN else 1
    # A report has enough of them near its beginning, so counting stops there.
    if han >= _LEAST_HAN and len(list(islice(_COMMON_HAN.finditer(sample), ceil(least)))) < least:
        raise DocumentError(_refusal(place))
    return text


def _refusal(place: str) -> str:
    return message(
        "{place}: not a readable text file; save it as plain text in UTF-8 or GB18030 and try again", place=place
    )
