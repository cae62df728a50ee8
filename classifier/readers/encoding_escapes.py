"""Reads text in the encodings of old mail programs, which write Chinese in ASCII: HZ, UTF-7 and ISO 2022."""

import re

from classifier.patterns import lazy_pattern

_LEAST_HAN = 0.1  # share of Chinese characters that what was decoded has
_HAN = lazy_pattern(r"[\u3400-\u9fff]")
_SHIFTED_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}")
_DESIGNATION = re.compile(rb"\x1b(?:\$[()*+]?[@A-M]|[()*+][A-Z])")
_SHIFTED_OUT = re.compile(rb"\x0e([^\x0f\n]*)\x0f?")
_HIGH_BITS = bytes(code | 0x80 if code > 0x20 else code for code in range(256))


def escaped_text(data: bytes) -> tuple[str, str] | None:
    """Return the text of bytes in an encoding that escapes Chinese, and the encoding's name; None for all others.

    >>> escaped_text(b"~{U~8.9$Ww1(8f~}")
    ('政府工作报告', 'HZ')
    """
    if b"\x1b" in data:
        return _iso_2022(data)
    if not data.isascii():
        return None
    if b"~{" in data:
        return _decoded(data, "hz", "HZ")
    return _decoded(data, "utf_7", "UTF-7") if _SHIFTED_UTF7.search(data) else None


def _iso_2022(data: bytes) -> tuple[str, str] | None:
    if not _DESIGNATION.search(data):
        return None
    if data.isascii() and b"\x0e" not in data and (found := _decoded(data, "iso2022_jp_2", "ISO-2022")):
        return found
    # ISO-2022-CN: GB 2312 without its high bits between SO and SI; some programs keep the bits and leave these out.
    shifted = _SHIFTED_OUT.sub(lambda match: match[1].translate(_HIGH_BITS), _DESIGNATION.sub(b"", data))
    return _decoded(shifted, "gb18030", "ISO-2022")


def _decoded(data: bytes, codec: str, name: str) -> tuple[str, str] | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return (text, name) if len(_HAN.findall(text)) >= _LEAST_HAN * len(text) else None
