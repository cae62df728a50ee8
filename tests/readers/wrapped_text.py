"""Builds hard-wrapped texts of paragraphs, as people have them, for tests."""

import re
from collections.abc import Iterable
from itertools import pairwise

_NEVER_FIRST = "，。、；：？！）》”’％,.;:?!)%…"
_OPENING = "（《“‘(["
INDENT = "　　"


def wrapped_by_characters(paragraph: str, width: int, first: int = 0) -> list[str]:
    """Break a paragraph into lines of so many characters, the first of which is shorter by `first`."""
    starts = [0, *range(width - first, len(paragraph), width), len(paragraph)]
    return [paragraph[start:end] for start, end in pairwise(starts)]


def wrapped_by_width(paragraph: str, width: float, first: int = 0) -> list[str]:
    """Break a paragraph as a word processor does: Latin letters count half and punctuation begins no line."""
    units: list[str] = []
    opening = ""
    for token in re.findall(r"[A-Za-z0-9.%]+|.", paragraph):
        if token in _OPENING:
            opening += token
        elif token in _NEVER_FIRST and units and not opening:
            units[-1] += token
        else:
            units.append(opening + token)
            opening = ""
    lines = [""]
    room = width - first
    for unit in units:
        if lines[-1] and _width(lines[-1] + unit) > room:
            lines.append("")
            room = width
        lines[-1] += unit
    return lines


def in_pages(lines: Iterable[str], per_page: int, head: str = "") -> list[str]:
    """Put page numbers as official documents have them, and a running head, between lines."""
    found: list[str] = []
    for i, line in enumerate(lines, start=1):
        found.append(line)
        if i % per_page == 0:
            found.append(f"— {i // per_page} —")
            if head:
                found.append(head)
    return found


def _width(text: str) -> float:
    return sum(0.5 if c.isascii() else 1 for c in text)
