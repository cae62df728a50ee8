"""Make paths and names printable: nothing in them ends a line, turns the writing round or steers a terminal."""

import os
from pathlib import Path

# Control characters, ends of lines, and marks that turn the direction of writing.
STEERING = (*range(32), *range(127, 160), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_ESCAPES = {code: chr(code).encode("unicode_escape").decode() for code in STEERING}


def escaped(text: str) -> str:
    """Return a name or message with escapes for all characters that could forge a line or steer a terminal.

    >>> print(escaped("a\\n\\x1b[2J\\u202e.txt"))
    a\\n\\x1b[2J\\u202e.txt
    """
    return text.translate(_ESCAPES)


def path_text(path: str | Path) -> str:
    """Return a path as records carry it: text, with escapes for bytes that are not UTF-8, so that no two are alike."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def printable(path: str | Path) -> str:
    """Return a path as messages carry it: `path_text`, escaped."""
    return escaped(path_text(path))
