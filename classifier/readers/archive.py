"""Read the reports of a zip archive, member by member."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from classifier.errors import DocumentError
from classifier.readers.formats import Holds, endings
from classifier.readers.raw import RawDocument, Source

_REPORT_ENDINGS = endings(Holds.TEXT)
LARGEST_MEMBER = 256 << 20  # bytes; only a member made to exhaust the memory is larger
UTF8_NAME, _ENCRYPTED = 0x800, 0x1  # bits of a member's flags
# What zipfile raises for a damaged archive.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


def archive_members(source: Source, start: int = 0) -> Iterator[RawDocument]:
    """Yield the reports of an archive from number `start` on; members of other formats are passed over.

    Raises DocumentError where the archive cannot be opened or holds no reports.
    """
    if source.path is None:
        raise DocumentError(f"{source.place}: no archive; give a file")
    try:
        with zipfile.ZipFile(source.path) as archive:
            reports = [(name, info) for info in archive.infolist() if _is_report(name := _member_name(info))]
            if not reports:
                needed = f"it needs files ending in {', '.join(_REPORT_ENDINGS)}"
                raise DocumentError(f"{source.place}: no reports in this archive; {needed}")
            for name, info in reports[start:]:
                yield _member(archive, info, source, name)
    except OSError as error:
        why = error.strerror or "damaged"
        raise DocumentError(f"{source.place}: cannot be opened ({why}); check its permissions") from error
    except _DAMAGE as error:
        raise DocumentError(f"{source.place}: not a whole zip archive; check that it was saved whole") from error


def _member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member.

    The standard says that a name without the flag for UTF-8 is in code page 437; Chinese programs write GB18030 or
    UTF-8 all the same.
    """
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf_8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_report(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return not name.endswith("/") and not hidden and path.suffix.lower() in _REPORT_ENDINGS


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, name: str) -> RawDocument:
    """Return a member with its content, or with the reason why it has none."""
    place = f"{source.place}/{name}"
    document = RawDocument(f"{source.name}/{name}", place, weight=info.compress_size)
    if info.flag_bits & _ENCRYPTED:
        return document._replace(fault=f"{place}: locked with a password; unpack the archive and give the folder")
    try:
        with archive.open(info) as stream:
            content = stream.read(LARGEST_MEMBER + 1)
    except Exception:  # each compression method raises errors of its own
        return document._replace(fault=f"{place}: damaged in the archive; pack it again")
    if len(content) > LARGEST_MEMBER:
        return document._replace(fault=f"{place}: more than {LARGEST_MEMBER >> 20} MB of text; unpack it and divide it")
    return document._replace(content=content, size=len(content))
