"""Read the documents of a zip archive, member by member."""

import errno
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.paths import escaped
from classifier.readers.formats import PLAIN_TEXT
from classifier.readers.limits import LARGEST_ARCHIVE, LARGEST_DIRECTORY, LARGEST_MEMBER, MOST_TIMES_UNPACKED
from classifier.readers.member_names import member_names
from classifier.readers.package_names import directory_is_too_large
from classifier.readers.passing_over import counted_words, ending_of, is_hidden, passed_over_as, passed_over_by_name
from classifier.readers.raw import PassedOver, RawDocument, Source
from classifier.readers.recognition import recognised_bytes
from classifier.readers.signatures import HEAD_BYTES
from classifier.readers.sources import unopenable

_ENCRYPTED = 0x1  # a bit of a member's flags
_MEMBER_HEAD = 30  # bytes before a member's name
# What zipfile raises for a damaged archive.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error)
_OF_DAMAGE = (None, errno.EINVAL)  # numbers of system errors from looking for a place that is not in the file


class _Member(NamedTuple):
    """A member that is no folder: its entry, its name, and why it is passed over, if it is."""

    info: zipfile.ZipInfo
    name: str
    passed_over: PassedOver | None


def archive_members(source: Source, start: int = 0) -> Iterator[RawDocument]:
    """Yield the members of an archive from number `start` on; those that are not read as ones that are passed over.

    Archives within it are not opened. Raises DocumentError where it cannot be opened, is made to do harm, or holds
    nothing to read.
    """
    try:
        with _opened(source) as archive:
            _check_honest([info for info in archive.infolist() if not info.is_dir()], source)
            members = list(_members(archive))
            _check_reports(members, source)
            for member in members[start:]:
                yield _document(archive, member, source)
    except (OSError, *_DAMAGE) as error:
        if isinstance(error, OSError) and error.errno not in _OF_DAMAGE:
            raise unopenable(source.place, error) from error
        raise DocumentError(
            message("{place}: not a whole zip archive; check that it was saved whole", place=source.place)
        ) from error


def _opened(source: Source) -> zipfile.ZipFile:
    if source.path is None and source.content is None:
        raise DocumentError(message("{place}: no archive; give a file", place=source.place))
    file = source.path if source.content is None and source.path is not None else BytesIO(source.content or b"")
    with file.open("rb") if isinstance(file, Path) else nullcontext(file) as stream:
        if directory_is_too_large(stream):
            raise DocumentError(
                message(
                    "{place}: a directory of more than {most} MB; divide the archive, or raise "
                    "CLASSIFY_LIMIT_LARGEST_DIRECTORY",
                    place=source.place,
                    most=LARGEST_DIRECTORY >> 20,
                )
            )
    return zipfile.ZipFile(file)


def _members(archive: zipfile.ZipFile) -> Iterator[_Member]:
    """Yield the members that are no folders, each with a name of its own."""
    infos = archive.infolist()
    taken: dict[str, int] = {}
    for info, name in zip(infos, member_names(infos), strict=True):
        if not name.endswith("/"):
            yield _Member(info, _own_name(name, taken), _passed_over(archive, info, name))


def _own_name(name: str, taken: dict[str, int]) -> str:
    """Return a member's name, with a number before its ending where another has the name already.

    taken: names with the last number that was given to another of that name; the new one is added.
    """
    own, ending = name, PurePosixPath(name).suffix
    while own in taken:
        taken[name] += 1
        own = f"{name.removesuffix(ending)} ({taken[name]}){ending}"
    taken[own] = 1
    return own


def _passed_over(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> PassedOver | None:
    """Return why a member is passed over, None where it is read; one whose name says nothing is looked into."""
    *folders, file = PurePosixPath(name).parts or ("",)
    if any(is_hidden(folder) for folder in folders if folder not in ("..", ".")):
        return PassedOver.HIDDEN
    why, certain = passed_over_by_name(file, within_archive=True)
    if certain:
        return why
    try:
        with archive.open(info) as stream:
            head = stream.read(HEAD_BYTES)
            if head.startswith((b"PK", b"\xd0\xcf")) and info.file_size <= LARGEST_MEMBER:  # a package shows as a whole
                head += stream.read(LARGEST_MEMBER)
    except Exception:  # locked or damaged, and of a kind that nobody knows
        return PassedOver.OTHER
    form = recognised_bytes(head, ending_of(file)).form
    return PassedOver.OTHER if form is PLAIN_TEXT else passed_over_as(form, within_archive=True)


def _check_reports(members: Sequence[_Member], source: Source) -> None:
    """Raise DocumentError where there is nothing to read."""
    counts = Counter(member.passed_over for member in members if member.passed_over is not None)
    if counts.total() < len(members):
        return
    if set(counts) == {PassedOver.TABLE}:
        raise DocumentError(
            message(
                "{place}: no reports in this archive, but {found}; unpack it and give the file of a table by itself",
                place=source.place,
                found=counted_words(counts),
            )
        )
    if not counts:
        raise DocumentError(
            message(
                "{place}: no reports in this archive; it needs files such as .docx, .pdf, .ofd, .html or .txt",
                place=source.place,
            )
        )
    raise DocumentError(
        message(
            "{place}: no reports in this archive, but {found}; it needs files such as .docx, .pdf, .ofd, .html or .txt",
            place=source.place,
            found=counted_words(counts),
        )
    )


def _check_honest(infos: Sequence[zipfile.ZipInfo], source: Source) -> None:
    """Raise DocumentError where the members stand for far more than the archive can hold."""
    if _overlap(infos):
        raise DocumentError(
            message(
                "{place}: its members share bytes, which no honest archive does; pack the files anew",
                place=source.place,
            )
        )
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if unpacked > LARGEST_ARCHIVE and unpacked > MOST_TIMES_UNPACKED * packed:
        raise DocumentError(
            message(
                "{place}: unpacks to {size} MB, more than {times} times its size; unpack it yourself, or raise "
                "CLASSIFY_LIMIT_LARGEST_ARCHIVE",
                place=source.place,
                size=unpacked >> 20,
                times=MOST_TIMES_UNPACKED,
            )
        )


def _overlap(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Return whether members stand for the same bytes of the archive."""
    end = -1
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _MEMBER_HEAD + info.compress_size
    return False


def _document(archive: zipfile.ZipFile, member: _Member, source: Source) -> RawDocument:
    """Return a member with its content, or with the reason why it has none."""
    info, name, passed_over = member
    place = f"{source.place}/{escaped(name)}"
    document = RawDocument(f"{source.name}/{name}", place, weight=info.compress_size, passed_over=passed_over)
    if passed_over is not None:
        return document
    if info.flag_bits & _ENCRYPTED:
        locked = message("{place}: locked with a password; unpack the archive and give the folder", place=place)
        return document._replace(fault=locked)
    try:
        with archive.open(info) as stream:
            content = stream.read(LARGEST_MEMBER + 1)
    except Exception:  # each compression method raises errors of its own
        return document._replace(fault=message("{place}: damaged in the archive; pack it again", place=place))
    if len(content) > LARGEST_MEMBER:
        large = message(
            "{place}: more than {most} MB of text; unpack it and divide it, or raise CLASSIFY_LIMIT_LARGEST_MEMBER",
            place=place,
            most=LARGEST_MEMBER >> 20,
        )
        return document._replace(fault=large)
    return document._replace(content=content, size=len(content))
