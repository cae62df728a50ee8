"""Output files and folders that are whole or not there at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from classifier.errors import ClassifierError
from classifier.messages import message, system_reason


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for bytes that takes its name only when the block ends well; an old one stays until then.

    A link keeps pointing where it does, and a device or pipe is written to as it is.
    Raises ClassifierError where the folder does not exist or cannot be written.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise ClassifierError(message("{place}: is a folder; give --out a file name", place=path))
    try:
        if place.exists() and not place.is_file():
            with place.open("wb") as stream:
                yield stream
        else:
            yield from _new_file(place)
    except OSError as error:
        why = system_reason(error)
        raise ClassifierError(
            message("{place}: cannot be written ({why}); check the folder and its space", place=path, why=why)
        ) from error


@contextmanager
def atomic_text_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file as `atomic_file` does; line ends are written as they are given."""
    with atomic_file(path) as data, TextIOWrapper(data, encoding, newline="") as stream:
        yield stream


def _new_file(place: Path) -> Iterator[BinaryIO]:
    temporary = place.with_name(f".{place.name}-{os.urandom(4).hex()}")
    # Not by tempfile, whose files no one else may read: so the system applies the umask.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        replace_file(temporary, place)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(new: Path, place: Path) -> None:
    """Give a file that is whole the name `place`, and the mode of the file that had the name before."""
    if place.exists():
        new.chmod(place.stat().st_mode & 0o777)
    new.replace(place)


OWN_FOLDER = ".classify"  # a file in each folder that this program wrote and may replace


def check_replaceable(folder: Path, shown: Path) -> None:
    """Raise ClassifierError where something stands that is no folder of this program. shown: for the message."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / OWN_FOLDER).is_file()):
        what = message("{place}: holds something else; give --out a new or empty folder", place=shown)
        raise ClassifierError(what)


def replace_folder(new: Path, place: Path) -> None:
    """Give a folder that is whole the name `place`; an old one goes only after it has been moved away."""
    (new / OWN_FOLDER).touch()
    old = place.with_name(f".{place.name}-{os.urandom(4).hex()}")
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except BaseException:
        if old.exists():
            old.rename(place)
        raise
    remove(old)


def remove(place: Path) -> None:
    """Remove a file or folder with all that is in it, if it is there."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


@contextmanager
def atomic_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the name `folder` when the block ends well; an old one stays until then."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        new, old = Path(temporary, "new"), Path(temporary, "old")
        new.mkdir()
        yield new
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise
