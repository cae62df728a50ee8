"""The user's cache folder: arrays that could be computed again, under keys that name all that they were made of.

Nothing in it is needed: what is missing, damaged or cannot be written is computed.
"""

import hashlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from numpy.typing import NDArray

from classifier.errors import ClassifierError
from classifier.storage.atomic import atomic_file

CACHE_VARIABLE = "CLASSIFY_CACHE"  # names the folder, if it is to be elsewhere
_KEPT = 3  # files of one name that stay, the latest ones
_ABANDONED = 3600  # seconds after which a file that is not whole is of a process that was ended from outside
_NAME = "classify"


def cache_folder() -> Path:
    """Return the folder: that of CLASSIFY_CACHE, or one where the system keeps caches of a user."""
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / _NAME / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / _NAME
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / _NAME


def load_arrays(name: str, key: str) -> dict[str, NDArray[Any]] | None:
    """Return arrays that were kept; None where there are none of the key, or their file is damaged."""
    import numpy as np

    place = _place(name, key)
    try:
        with place.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return {each: stored[each] for each in stored.files}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def save_arrays(name: str, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays, if the folder can be written; older ones of the same name go, and what was never whole."""
    import numpy as np

    place = _place(name, key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(place) as stream:
            np.savez(stream, allow_pickle=False, **arrays)
        latest = sorted(place.parent.glob(f"{name}-*.npz"), key=lambda f: f.stat().st_mtime, reverse=True)
        for old in latest[_KEPT:]:
            old.unlink(missing_ok=True)
        for part in place.parent.glob(f".{name}-*.npz-*"):
            if part.stat().st_mtime < time.time() - _ABANDONED:
                part.unlink(missing_ok=True)
    except (OSError, ClassifierError):
        return


def packed_texts(texts: Sequence[str]) -> NDArray[Any]:
    """Return texts as an array of bytes, which can be kept."""
    import numpy as np
    import orjson

    return np.frombuffer(orjson.dumps(list(texts)), dtype=np.uint8)


def unpacked_texts(packed: NDArray[Any]) -> tuple[str, ...]:
    """Return the texts of `packed_texts`."""
    import orjson

    return tuple(orjson.loads(packed.tobytes()))


def _place(name: str, key: str) -> Path:
    return cache_folder() / f"{name}-{key[:32]}.npz"


@cache
def program_key() -> str:
    """Return a SHA-256 of the program: of all its Python files, and of the compiled kernel."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for file in sorted([*package.rglob("*.py"), *package.glob("_kernel.*")]):
        digest.update(f"{file.relative_to(package).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
