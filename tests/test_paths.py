import os
import unicodedata
from pathlib import Path

import pytest

from classifier.paths import STEERING, escaped, path_text, printable

BIDI = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def test_all_that_steers_is_escaped() -> None:
    steering = {
        c
        for c in map(chr, range(0x110000))
        if unicodedata.category(c) in {"Cc", "Zl", "Zp"} or unicodedata.bidirectional(c) in BIDI
    }
    assert steering <= set(map(chr, STEERING))
    assert escaped("".join(steering)).isprintable()


@pytest.mark.parametrize("name", ["报告 2024（终稿）.txt", "a b.txt", "ａ　ｂ"])
def test_ordinary_names_stay(name: str) -> None:
    assert escaped(name) == printable(name) == printable(Path(name)) == name


def test_names_that_are_not_utf_8_stay_apart() -> None:
    first, second = (os.fsdecode(raw) for raw in (b"\xb1\xa8.txt", b"\xb8\xe6.txt"))
    assert path_text(first) == "\\xb1\\xa8.txt"
    assert path_text(first) != path_text(second)
