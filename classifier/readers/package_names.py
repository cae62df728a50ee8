"""The names of what is in a package: members of a zip file, streams of an OLE file, which old Office files are."""

import struct
import zipfile
from typing import BinaryIO

from classifier.readers.limits import LARGEST_DIRECTORY

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_END, _ZIP64_END = b"PK\x05\x06", b"PK\x06\x06"
_ZIP_TAIL = (1 << 16) + 1024  # bytes at the end of a zip file, in which its directory is told: a comment may follow
_IN_ZIP64 = 0xFFFFFFFF
_MOST_SECTORS = 4096  # of an OLE directory; four or more names stand in each
_NAME_ENTRY = 128  # bytes


def directory_is_too_large(stream: BinaryIO) -> bool:
    """Return whether the directory of a zip file takes more than LARGEST_DIRECTORY bytes, without reading it."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _ZIP_TAIL))
    tail = stream.read()
    end = tail.rfind(_ZIP_END)
    if end < 0 or len(tail) < end + 20:
        return False
    (length,) = struct.unpack_from("<I", tail, end + 12)
    if length == _IN_ZIP64:
        end = tail.rfind(_ZIP64_END, 0, end)
        length = struct.unpack_from("<Q", tail, end + 40)[0] if 0 <= end <= len(tail) - 48 else 0
    return bool(length > LARGEST_DIRECTORY)


def zip_parts(stream: BinaryIO) -> tuple[frozenset[str], str] | None:
    """Return the names of the members of a zip file in small letters, and its mimetype; None where it is damaged."""
    try:
        if directory_is_too_large(stream):
            return frozenset(), ""  # no document has so many parts
        with zipfile.ZipFile(stream) as package:
            names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in package.infolist()}
            mimetype = ""
            if info := names.get("mimetype"):
                with package.open(info) as member:
                    mimetype = member.read(100).decode("ascii", "replace").strip()
            return frozenset(names), mimetype
    except Exception:  # a damaged file makes the library raise whatever it happens to
        return None


def ole_streams(stream: BinaryIO) -> frozenset[str]:
    """Return the names of the streams of an OLE file, in small letters; those of a damaged one as far as they go."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512 or not header.startswith(OLE):
        return frozenset()
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        return frozenset()
    size = 1 << shift
    tables = struct.unpack_from("<109I", header, 76)  # sectors that say which sector follows which
    sector = struct.unpack_from("<I", header, 48)[0]
    found: set[str] = set()
    for _ in range(_MOST_SECTORS):
        stream.seek((sector + 1) * size)
        entries = stream.read(size)
        found.update(_entry_names(entries))
        table, place = divmod(sector, size // 4)
        if len(entries) < size or table >= len(tables):
            break
        stream.seek((tables[table] + 1) * size + 4 * place)
        following = stream.read(4)
        if len(following) < 4:
            break
        (sector,) = struct.unpack("<I", following)
    return frozenset(found)


def _entry_names(entries: bytes) -> set[str]:
    """Return the names in a sector of an OLE directory."""
    found = set()
    for start in range(0, len(entries) - _NAME_ENTRY + 1, _NAME_ENTRY):
        (length,) = struct.unpack_from("<H", entries, start + 64)
        if 2 < length <= 64:
            found.add(entries[start : start + length - 2].decode("utf_16_le", "replace").lower())
    return found
