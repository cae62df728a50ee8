"""The bytes of a web page to its markup: in the encoding that it declares, unless its bytes say otherwise."""

import re

from classifier.readers.encoding import BOMS, likeliest_encoding

_DECLARED = re.compile(
    rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,20})|<\?xml[^<>]{0,80}encoding=["']([\w-]{2,20})""",
    re.IGNORECASE,
)
_HEAD = 1 << 16  # bytes in which the declaration stands
_OUTSIDE_ASCII = re.compile(rb"(?:[\x81-\xfe][\x40-\xfe])+")
_MOST_SAMPLED = 400  # stretches of Chinese that are looked at
_MOST_COUNTED = 20_000  # characters
_UNICODE_SHARE = 0.02  # of Chinese characters: what may be broken in a page of UTF-8
# Names of pages to those of Python; each is read as the largest character set of its kind, as browsers do.
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_NAMES |= {"gb_2312-80": "gb18030", "hz-gb-2312": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the markup of a page, and its encoding; what is broken becomes U+FFFD.

    declared: the encoding that stands outside the page, as in the part of an .mhtml file.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding
    if data[:2] in (b"<\0", b"\0<"):
        encoding = "utf_16_le" if data[1:2] == b"\0" else "utf_16_be"
        return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf_8"), "utf_8"
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf_8", "replace")
    every = len(lenient) // _MOST_COUNTED + 1
    chinese = every * sum("\u3400" <= c <= "\u9fff" for c in lenient[::every])
    if lenient.count("\ufffd") <= _UNICODE_SHARE * chinese:
        return lenient, "utf_8"
    encoding = _likeliest(data, declared)
    return data.decode(encoding, "replace"), encoding


def _likeliest(data: bytes, declared: str | None) -> str:
    """Return the encoding of a page that is not in UTF-8, the declared one first."""
    match = _DECLARED.search(data[:_HEAD])
    name = declared or (match and (match[1] or match[2]).decode("ascii")) or ""
    candidates = ["gb18030", "big5hkscs"]
    if (known := _NAMES.get(name.lower())) is not None:
        candidates.sort(key=lambda candidate: candidate != known)
    sample = b"\n".join(match[0] for _, match in zip(range(_MOST_SAMPLED), _OUTSIDE_ASCII.finditer(data), strict=False))
    return likeliest_encoding(sample, candidates)
