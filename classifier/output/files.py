"""Output files that are whole or not there at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from classifier.errors import ClassifierError


@contextmanager
def whole_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file that takes its name only when the block ends well; an old one stays until then.

    Raises ClassifierError where the folder does not exist or cannot be written.
    """
    if path.is_dir():
        raise ClassifierError(f"{path}: is a folder; give --out a file name")
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w", encoding=encoding, newline="") as stream:
            yield stream
        _give_usual_mode(temporary)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise ClassifierError(
            f"{path}: cannot be written ({error.strerror}); check the folder and its space"
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _give_usual_mode(path: str) -> None:
    """Give a temporary file, which only its owner may read, the mode of any new file."""
    mask = os.umask(0)
    os.umask(mask)
    Path(path).chmod(0o666 & ~mask)
