"""Split a normalized sentence into clauses."""

from classifier.characters import PAUSE


def split_clauses(sentence: str) -> list[str]:
    """Return the clauses of a normalized sentence, or the sentence itself where it has none.

    >>> split_clauses("粮食总产20万吨,其中稻谷12万吨;投资1,200万元。")
    ['粮食总产20万吨', '其中稻谷12万吨', '投资1,200万元。']
    """
    return [clause for clause in PAUSE.split(sentence) if clause] or [sentence]
