"""A plain sentence cut into clauses."""

import re

PAUSE = re.compile(r"(?<![0-9%]),|,(?![0-9])|[;:]")  # a comma between digits groups them


def split_clauses(plain: str) -> list[str]:
    """Return the clauses of a plain sentence, or the sentence itself where it has none.

    >>> split_clauses("粮食总产20万吨,其中稻谷12万吨;投资1,200万元。")
    ['粮食总产20万吨', '其中稻谷12万吨', '投资1,200万元。']
    """
    return [part for part in PAUSE.split(plain) if part] or [plain]
