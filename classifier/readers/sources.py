"""List the files that a path stands for, and read their bytes."""

import errno
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.paths import path_text, printable
from classifier.readers.formats import PLAIN_TEXT, Format, Holds, endings
from classifier.readers.limits import LARGEST_FILE
from classifier.readers.passing_over import counted_words, ending_of, is_hidden, passed_over_as, passed_over_by_name
from classifier.readers.raw import PassedOver, Source
from classifier.readers.recognition import recognised_file
from classifier.readers.unread import Unread, refusal

STDIN = "-"
_STREAMS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")  # what another program writes into while it is read


def sources(path: str) -> list[Source]:
    """Return the files that a path stands for. Raises DocumentError where there is nothing to read."""
    return list(listed(path))


def listed(path: str, full_names: bool = False) -> Iterator[Source]:
    """Yield the files that a path stands for: itself, standard input, or the documents and archives of a folder.

    In a folder, names are the paths below it, with full_names behind the folder's own; what is not read there
    (tables, pictures, hidden files, linked folders and so on) is a source that is passed over, and a folder that
    cannot be opened is a source with a fault.
    Raises DocumentError where there is nothing to read.
    """
    if path == STDIN:
        yield Source(None, "-")
        return
    if not path:
        raise DocumentError(message("'': an empty path; give a file or folder"))
    place = printable(path)
    try:
        if not os.path.lexists(path):
            raise DocumentError(message("{place}: no such file or folder; check the path", place=place))
        folder = Path(path).is_dir()
    except OSError as error:
        raise unopenable(place, error) from error
    if not folder:
        yield _named(Path(path))
        return
    found, passed_over = False, Counter[PassedOver]()
    for source in _walk(path, full_names):
        if source.passed_over is None:
            found = True
        else:
            passed_over[source.passed_over] += 1
        yield source
    if not found:
        raise DocumentError(_nothing_to_read(place, passed_over))


def _nothing_to_read(place: str, passed_over: Counter[PassedOver]) -> str:
    if set(passed_over) == {PassedOver.TABLE}:
        return message(
            "{place}: no reports in this folder, but {found}; give the file of a table by itself to read its rows",
            place=place,
            found=counted_words(passed_over),
        )
    if not passed_over:
        return message(
            "{place}: no reports in this folder; it needs files such as .docx, .pdf, .ofd, .html or .txt", place=place
        )
    return message(
        "{place}: no reports in this folder, but {found}; it needs files such as .docx, .pdf, .ofd, .html or .txt",
        place=place,
        found=counted_words(passed_over),
    )


def _walk(top: str, full_names: bool) -> Iterator[Source]:
    faults: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=faults.append):
        within = os.path.relpath(folder, top) if folder != top else ""
        prefix = top if full_names else ""
        passed = sorted(f for f in folders if is_hidden(f) or os.path.islink(f"{folder}{os.sep}{f}"))  # noqa: PTH114 - of many folders
        folders[:] = sorted(f for f in folders if f not in passed)
        for name in passed:
            why = PassedOver.HIDDEN if is_hidden(name) else PassedOver.OTHER
            yield Source(Path(folder, name), _name(prefix, within, name), passed_over=why)
        for file in sorted(files):
            yield _in_folder(Path(folder, file), file, _name(prefix, within, file))
    for error in faults:
        place = printable(error.filename)
        yield Source(None, path_text(error.filename), str(unopenable(place, error)))


def _name(*parts: str) -> str:
    """Return the name of a file below a folder, as records carry it."""
    return path_text("/".join(part.replace(os.sep, "/").rstrip("/") or part for part in parts if part))


def _in_folder(path: Path, file: str, name: str) -> Source:
    """Return a file of a folder; one whose ending says nothing is looked at, whether it is a known document."""
    why, certain = passed_over_by_name(file)
    if why is not None:
        return Source(path, name, passed_over=why)
    source, mode = _with_status(path, name)
    if mode and not stat.S_ISREG(mode):
        return replace(source, passed_over=PassedOver.DEVICE)
    if certain:
        return source
    try:
        form: Format | Unread = recognised_file(path, ending_of(file)).form if mode else PLAIN_TEXT
    except OSError:
        form = PLAIN_TEXT
    if form is PLAIN_TEXT:  # which may be anything
        return Source(path, name, passed_over=PassedOver.OTHER)
    return replace(source, passed_over=passed_over_as(form), ending=form.endings[0] if form.endings else None)


def _named(path: Path) -> Source:
    """Return a file that the user named: by its content, or with the reason why it is not read."""
    source, mode = _with_status(path, path_text(path))
    if is_stream(path) or source.fault is not None or source.gzipped:
        return source
    if mode and not stat.S_ISREG(mode):
        why = message("{place}: a device or pipe and no file; give a file or folder", place=source.place)
        return replace(source, fault=why)
    try:
        form = recognised_file(path, ending_of(path.name)).form
    except OSError:  # the message comes when it is opened
        return source
    if isinstance(form, Unread):
        return replace(source, fault=refusal(form, source.place))
    if form.holds is Holds.TEXT:  # where the bytes are read, it is told again, and what was read otherwise than named
        return source if ending_of(path.name) in endings(Holds.TEXT) else replace(source, ending=form.endings[0])
    return replace(source, ending=form.endings[0])


def _with_status(path: Path, name: str) -> tuple[Source, int]:
    """Return a source with its size and time, and its mode, which is 0 where it is not known."""
    try:
        status = path.stat()
    except OSError as error:
        source = Source(path, name)  # what else may be amiss is told when it is opened
        if path.is_symlink() and (isinstance(error, FileNotFoundError) or error.errno == errno.ELOOP):
            why = message("{place}: a link that points nowhere; mend or remove it", place=source.place)
            source = replace(source, fault=why)
        return source, 0
    return Source(path, name, None, status.st_size, status.st_mtime_ns), status.st_mode


def is_stream(path: Path | None) -> bool:
    """Return whether this is standard input, or a pipe that the shell puts into the place of a file: read but once."""
    return path is None or os.fspath(path).startswith(_STREAMS)


def unopenable(place: str, error: OSError) -> DocumentError:
    """Return the error for a file or folder that the system does not open."""
    if isinstance(error, FileNotFoundError):
        return DocumentError(message("{place}: was there when it was listed and is gone; run again", place=place))
    return DocumentError(
        message(
            "{place}: cannot be opened ({why}); check its permissions", place=place, why=error.strerror or "damaged"
        )
    )


def read_bytes(source: Source) -> bytes:
    """Return the bytes of a file or of standard input. Raises DocumentError where there are none or too many."""
    if source.content is not None:
        return source.content
    if source.gzipped:
        from classifier.readers.opening import LARGEST_UNPACKED, unpacked_bytes

        return unpacked_bytes(source, LARGEST_UNPACKED)
    try:
        if source.path is None:
            if sys.stdin is None:
                raise DocumentError(message("standard input: closed; give a file or folder"))
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        elif source.size > LARGEST_FILE:  # which need not be read to know it
            raise DocumentError(_too_large(source.place))
        else:
            with source.path.open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1) if _may_be_endless(stream.fileno()) else stream.read()
    except OSError as error:
        raise unopenable(source.place, error) from error
    if len(data) > LARGEST_FILE:
        raise DocumentError(_too_large(source.place))
    return data


def _may_be_endless(descriptor: int) -> bool:
    """Whether a file is a pipe or device, or larger than the limit."""
    status = os.fstat(descriptor)
    return not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE


def _too_large(place: str) -> str:
    return message(
        "{place}: larger than {most} MB; divide it, or raise CLASSIFY_LIMIT_LARGEST_FILE",
        place=place,
        most=LARGEST_FILE >> 20,
    )
