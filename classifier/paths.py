"""Paths as they can be printed."""

import os
from pathlib import Path


def printable(path: str | Path) -> str:
    """Return a path as it can be printed; bytes that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
