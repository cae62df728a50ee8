"""Bytes to text: which encoding it is, and whether the result can be a Chinese text."""

import codecs
import re
import unicodedata
from itertools import islice
from math import ceil

from classifier.errors import DocumentError

# What a Chinese report may be saved in, beside UTF-8; the detection library chooses among them.
CANDIDATES = ["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]
BOMS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
SAMPLE_BYTES = 1 << 16
LOOKS = 1 << 12  # characters that are looked at, at most, from all parts of a text
SHORT = 300  # bytes under which statistics of a whole text say little, and those of its characters more
MENDABLE = 0.001  # share of broken characters up to which a text is read with a note

HAN = re.compile(r"[\u3400-\u9fff]")
HAN_RUN = re.compile(rf"{HAN.pattern}+")
# A report of any kind consists of these for a tenth and more; mojibake has next to none of them.
COMMON_HAN = re.compile("[的一是在不了和有大为中发展工作建设全年加市县国区经济实业强推进新生农项目設業發]")
LEAST_COMMON, LEAST_HAN = 0.03, 50
ODD = frozenset({"Cc", "Cn", "Co", "Cs"})
# Only these are asked for their category, which is slow: not white space, nor what most of a report consists of.
UNSURE = re.compile(r"[^\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]")


def decode(data: bytes, name: str) -> tuple[str, str | None]:
    """Return the text of a file and a note on what was mended, if anything was.

    Raises DocumentError where the bytes are no text or no plausible Chinese.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding, name)
    try:
        text = data.decode("utf_8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return _checked(text, name), None
    if _is_nearly_utf8(data):
        return _lenient(data, "utf_8", name)
    return _lenient(data, _detect_short(data) if len(data) < SHORT else _detect(data, name), name)


def _detect(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    # Where the sample ends inside a character, it is whole after up to three bytes less.
    for cut in range(4 if len(data) > SAMPLE_BYTES else 1):
        best = from_bytes(data[: SAMPLE_BYTES - cut], cp_isolation=CANDIDATES, threshold=0.5).best()
        if best is not None:
            return best.encoding
    raise DocumentError(_no_text(name))


def _detect_short(data: bytes) -> str:
    """Return the encoding in which most characters are everyday ones; of several, the first candidate."""
    return max(CANDIDATES, key=lambda encoding: _everyday(data.decode(encoding, errors="replace")))


def _everyday(text: str) -> float:
    """Return the share of characters that are in the first level of GB 2312 or Big5, ASCII or punctuation."""
    return sum(_is_everyday(c) for c in text) / max(1, len(text))


def _is_everyday(character: str) -> bool:
    if not HAN.match(character):
        return (character.isascii() and character.isprintable()) or character in "，。、；：“”（）《》\r\n\t\u3000"
    simplified = character.encode("gb2312", errors="ignore")
    traditional = character.encode("big5", errors="ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _lenient(data: bytes, encoding: str, name: str) -> tuple[str, str | None]:
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken > MENDABLE * len(text):
        raise DocumentError(_no_text(name))
    note = f"{name}: {broken} broken characters were read as U+FFFD ({encoding.replace('_', '-')})" if broken else None
    return _checked(text, name), note


def _is_nearly_utf8(data: bytes) -> bool:
    text = data[:SAMPLE_BYTES].decode("utf_8", errors="replace")
    return "\0" not in text and text.count("\ufffd") <= MENDABLE * len(text)


def _checked(text: str, name: str) -> str:
    """Return the text if it can be one; raise DocumentError if it is binary or in an unknown encoding."""
    sample = text[:: len(text) // LOOKS + 1]
    odd = sum(unicodedata.category(c) in ODD for c in UNSURE.findall(sample))
    if odd > 0.01 * len(sample):
        raise DocumentError(_no_text(name))
    han = sum(map(len, HAN_RUN.findall(sample)))
    least = LEAST_COMMON * han if han >= 4 * LEAST_HAN else 1
    # In a report the least number is soon found, and the rest need not be counted.
    if han >= LEAST_HAN and len(list(islice(COMMON_HAN.finditer(sample), ceil(least)))) < least:
        raise DocumentError(_no_text(name))
    return text


def _no_text(name: str) -> str:
    return f"{name}: not a readable text file; save it as plain text in UTF-8 or GB18030 and try again"
