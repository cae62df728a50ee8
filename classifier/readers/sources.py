"""List the files that a path stands for, and read their bytes."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.paths import printable
from classifier.readers.formats import Holds, endings
from classifier.readers.raw import Source

STDIN = "-"
_ENDINGS_IN_FOLDERS = endings(Holds.TEXT, Holds.MEMBERS)  # tables must be named, as a folder may hold any


def sources(path: str) -> list[Source]:
    """Return the files that a path stands for. Raises DocumentError where there is nothing to read."""
    return list(listed(path))


def listed(path: str) -> Iterator[Source]:
    """Yield the files that a path stands for: itself, standard input, or the reports and archives of a folder.

    In a folder, names are the paths below it; tables, files of other formats, hidden ones and linked folders are
    passed over, and a folder that cannot be opened is a source with a fault.
    Raises DocumentError where there is nothing to read.
    """
    if path == STDIN:
        yield Source(None, "-")
        return
    if not path:
        raise DocumentError("'': an empty path; give a file or folder")
    name = printable(path)
    try:
        if not os.path.lexists(path):
            raise DocumentError(message("{place}: no such file or folder; check the path", place=name))
        folder = Path(path).is_dir()
    except OSError as error:
        raise DocumentError(f"{name}: cannot be opened ({error.strerror}); check its permissions") from error
    if not folder:
        yield _file(Path(path), name)
        return
    found = False
    for source in _walk(path):
        found = True
        yield source
    if not found:
        raise DocumentError(
            f"{name}: no reports in this folder; it needs files ending in {', '.join(_ENDINGS_IN_FOLDERS)}"
        )


def _walk(top: str) -> Iterator[Source]:
    faults: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=faults.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and os.path.splitext(file)[1].lower() in _ENDINGS_IN_FOLDERS:  # noqa: PTH122 - a Path for each file of a large folder costs too much
                path = Path(folder, file)
                yield _file(path, printable(path.relative_to(top).as_posix()))
    for error in faults:
        place = printable(error.filename)
        yield Source(None, place, f"{place}: cannot be opened ({error.strerror}); check its permissions")


def _file(path: Path, name: str) -> Source:
    try:
        status = path.stat()
    except OSError:  # the message comes when it is opened
        return Source(path, name)
    return Source(path, name, None, status.st_size, status.st_mtime_ns)


def read_bytes(source: Source) -> bytes:
    """Return the bytes of a file or of standard input. Raises DocumentError where they cannot be had."""
    if source.path is None:
        if sys.stdin is None:
            raise DocumentError("standard input: closed; give a file or folder")
        return sys.stdin.buffer.read()
    if source.gzipped:
        from classifier.readers.opening import LARGEST_UNPACKED, unpacked_bytes

        return unpacked_bytes(source, LARGEST_UNPACKED)
    try:
        return source.path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{source.place}: cannot be opened ({error.strerror}); check its permissions") from error
