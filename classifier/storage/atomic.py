"""Output files that are whole or not there at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from classifier.errors import ClassifierError


@contextmanager
def atomic_text_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file that takes its name only when the block ends well; an old one stays until then.

    A link keeps pointing where it does, and a device or pipe is written to as it is.
    Raises ClassifierError where the folder does not exist or cannot be written.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise ClassifierError(f"{path}: is a folder; give --out a file name")
    try:
        if place.exists() and not place.is_file():
            with place.open("w", encoding=encoding, newline="") as stream:
                yield stream
        else:
            yield from _replaced(place, encoding)
    except OSError as error:
        raise ClassifierError(
            f"{path}: cannot be written ({error.strerror}); check the folder and its space"
        ) from error


def _replaced(place: Path, encoding: str) -> Iterator[TextIO]:
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as stream:
            yield stream
        Path(temporary).chmod(file_mode(place))
        Path(temporary).replace(place)
    finally:
        Path(temporary).unlink(missing_ok=True)


def file_mode(place: Path) -> int:
    """Return the mode of an old file, or that of any new one; a temporary file may be read by its owner alone."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
