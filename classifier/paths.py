"""Make paths printable."""

import os
from pathlib import Path


def printable(path: str | Path) -> str:
    """Return a path as text, with U+FFFD for bytes that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
