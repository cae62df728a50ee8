"""Split a normalized sentence into clauses."""

import re

_PAUSE = re.compile(r"(?<![0-9%]),|,(?![0-9])|[;:]")  # a comma between digits groups them


def split_clauses(sentence: str) -> list[str]:
    """Return the clauses of a normalized sentence, which is its own only clause where it has no pause.

    >>> split_clauses("粮食总产20万吨,其中稻谷12万吨;投资1,200万元。")
    ['粮食总产20万吨', '其中稻谷12万吨', '投资1,200万元。']
    """
    return [part for part in _PAUSE.split(sentence) if part] or [sentence]
