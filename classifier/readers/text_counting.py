"""What begins a paragraph though nothing else shows it: some words, and numbers that are counted on."""

import re
from collections.abc import Sequence

from classifier.patterns import lazy_pattern

_VALUES = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ENDS = ("。", "！", "？", "；", "）", ")", "”", ".")
_NUMERAL = "十?[一二三四五六七八九]|十"
_MARK = lazy_pattern(rf"(?:([(（]?)({_NUMERAL})([、.．)）])(?![一二三四五六七八九十])|([\[【〔])(\d{{1,3}})([\]】〕]))")
BEGINS_ANEW = re.compile(  # behind a full stop
    r"(?:[^，。；：、]{0,3})各位[^，。；]{2,8}[：！，、]|附件|——|名词(?:解释|术语|注释)|[\[【〔［]\d{1,3}[\]】〕］]"
)


def counted_lines(texts: Sequence[str]) -> set[int]:
    """Return the places of lines that begin with 一、 （一） or [1] and are counted on: a 一、 with a 二、 after it.

    >>> counted_lines(["一、回顾", "抓好", "二、今年", "二、三产业", "四、抓好"])
    {0, 2}
    """
    found: set[int] = set()
    last: dict[str, tuple[int, int]] = {}  # the last number of each kind of mark, and its line
    for i, text in enumerate(texts):
        mark = _MARK.match(text)
        if mark is None or (i and texts[i - 1].endswith("第")):
            continue
        if mark[5] and i and not texts[i - 1].endswith(_ENDS):  # a reference to a note, within a sentence
            continue
        kind = f"{mark[1]}{mark[3]}" if mark[2] else f"{mark[4]}{mark[6]}"
        number = sum(_VALUES[c] for c in mark[2]) if mark[2] else int(mark[5])
        before, place = last.get(kind, (0, i))
        if number > 1 and number == before + 1:
            found |= {place, i}
        last[kind] = number, i
    return found
