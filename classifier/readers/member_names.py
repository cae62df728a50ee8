"""The names of an archive's members, in whatever encoding the program that packed it wrote them.

The standard says that a name without the flag for UTF-8 is in code page 437; Chinese programs write GB18030, Big5 or
UTF-8 all the same, and some add a field with the name in UTF-8.
"""

import struct
import zlib
from collections.abc import Sequence
from zipfile import ZipInfo

UTF8_NAME = 0x800  # a bit of a member's flags
_UNICODE_PATH = 0x7075  # the number of the field that holds the name in UTF-8
_NAME_ENCODINGS = ("utf_8", "gb18030", "big5")


def member_names(infos: Sequence[ZipInfo]) -> list[str]:
    """Return the names of members, in order; which encoding they have is judged over all of them together."""
    names: list[str | None] = [_certain_name(info) for info in infos]
    raw = {i: _raw_name(info) for i, info in enumerate(infos) if names[i] is None}
    encodings = _by_likelihood([name for name in raw.values() if not name.isascii()])
    for i, name in raw.items():
        names[i] = _decoded_name(name, encodings)
    return [(name or "").replace("\\", "/") for name in names]


def _certain_name(info: ZipInfo) -> str | None:
    """Return the name of a member that says its encoding."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    extra = info.extra
    while len(extra) >= 4:
        number, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if number == _UNICODE_PATH and len(field) > 5:
            version, checksum = struct.unpack_from("<BI", field)
            if version == 1 and checksum == zlib.crc32(_raw_name(info)):  # else the name was changed since
                try:
                    return field[5:].decode()
                except UnicodeDecodeError:
                    return None
    return None


def _raw_name(info: ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437", "replace")


def _by_likelihood(raw: Sequence[bytes]) -> list[str]:
    """Return the encodings, that of most names first: the one that fits most of them, in the most everyday words."""
    if not raw:
        return list(_NAME_ENCODINGS)

    def fit(encoding: str) -> tuple[int, float]:
        texts = [text for name in raw if (text := _strictly(name, encoding)) is not None]
        # ASCII tells nothing, as it is alike in all of them.
        return len(texts), _share_of_first_level("".join(c for text in texts for c in text if not c.isascii()))

    return sorted(_NAME_ENCODINGS, key=fit, reverse=True)


def _share_of_first_level(text: str) -> float:
    """Return the share of characters that are everyday ones, of the first level of GB 2312 or of Big5."""
    everyday = sum(
        b"\xb0\xa1" <= c.encode("gb2312", "ignore") <= b"\xd7\xf9"
        or b"\xa4\x40" <= c.encode("big5", "ignore") <= b"\xc6\x7e"
        for c in text
    )
    return everyday / max(1, len(text))


def _decoded_name(raw: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        if (text := _strictly(raw, encoding)) is not None:
            return text
    return raw.decode("utf_8", "backslashreplace")


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
