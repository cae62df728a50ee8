"""Mends what was done to lines: sentences broken at links and subscripts, letters set apart by blanks or doubled."""

import re
from collections import Counter
from collections.abc import Sequence

from classifier.patterns import lazy_pattern
from classifier.readers.lines import CountKind, RawLine

_CLOSING = frozenset("，。；：、？！》）”’」』】〕％,;%)")
_OPENING = frozenset("《（“‘「『【〔(")
_PAIRS = tuple(zip("《（“‘「『【〔(", "》）”’」』】〕)", strict=True))
_CLOSING_AFTER_FRAGMENT = frozenset("》）”’」』】〕)")
_STOPS = frozenset("。！？；：!?;:")
_PAUSES = frozenset("，。；：、！？")
_BEFORE_MORE = frozenset("的和与及")  # no sentence ends in one of these
_WHOLE_IN_DE = lazy_pattern("[是有]的|是[^，。]{1,8}的$")  # 形势是很好的 is a sentence
_GOES_ON = lazy_pattern("[是为]：|的(?!士)")  # no sentence begins so
_FIRST_OF_FRAGMENT = _CLOSING | frozenset("是为的")
_CLOSES = lazy_pattern("[^《（“‘「『【〔(》）”’」』】〕)。；！？]{0,20}[》）”’」』】〕)]")
_LONGEST_NAME = 15  # characters of what a link stands on, mostly
_LONGEST_FRAGMENT = 40  # characters of a line in the middle of a sentence
_LOOKED_BACK = 200  # characters before a line
_REST_OF_FIGURE = lazy_pattern(
    r"[.．]\d|[%％‰]|[万亿]?(?:元|吨|亩|户|人|个|家|公里|千米|千瓦|公顷|平方|立方|美元|斤|张|座|项|名|件|所|套|辆)|[万亿][^\s]"
)
_FIGURE = lazy_pattern(r"\d[\d,.．]{0,12}[%％‰]?")  # a line of nothing else
_SHORT_UNIT = lazy_pattern("[A-Za-zμ℃°㎡㎥²³]{1,5}")  # another
_LATIN_END = lazy_pattern(r"(?<![A-Za-z])[A-Za-z]{1,5}$")  # of PM, CO and others that have a figure as a subscript
_RISES_BY = lazy_pattern("(?:增长|下降|达到?|降[至低]|提高|完成|为|超过?|约|实现|占|上升|突破|增加|减少|回落)$")
_MARKED = lazy_pattern(
    r"[一二三四五六七八九十]{1,3}[、.．是]|[（(〔][一二三四五六七八九十\d]{1,3}[）)〕]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条篇部，]|附[件表录]|——|[●■◆•▪]"
)
_LEAST_BLANKS = 0.15  # share of the characters of a text from which its letters may be set apart
_HAN = "\u3400-\u9fff"
_APART = lazy_pattern(rf"(?<=[{_HAN}])[ \u3000](?=[{_HAN}])")
_TOGETHER = lazy_pattern(rf"[{_HAN}](?=[{_HAN}])")
_EVERY_LETTER = lazy_pattern(r"\S(?: {1,3}\S){3,}")
_IN_CHINESE = lazy_pattern(
    rf"(?<=[{_HAN}，。；：、（）《》“”—％%]) (?=\S)|(?<=\S) (?=[{_HAN}，。；：、（）《》“”—％%])"
)
_TWICE = lazy_pattern(r"(?:(\S)\1){5,}")
_LINE = lazy_pattern("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_LEAST_TWICE = 4  # different Chinese characters that stand twice


def join_fragments(lines: Sequence[RawLine]) -> list[RawLine] | None:
    """Return lines with the fragments of a sentence put together; None where there are none.

    A line continues the one before where it begins with closing punctuation, where that one ends in an opening mark or
    in the middle of a figure, or where it is short and itself continued so.

    >>> join_fragments([RawLine("出台《", 1), RawLine("云溪县促进办法", 2), RawLine("》，落实到位。", 3)])[0].text
    '出台《云溪县促进办法》，落实到位。'
    """
    if not any(map(_may_be_broken, (line.text for line in lines))):
        return None
    found: list[list[RawLine]] = []
    before = ""  # the end of what is put together
    for i, line in enumerate(lines):
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        last = found[-1][-1].text if found and len(found[-1]) > 1 else ""
        if found and (
            _continues(before, line.text, following) or _continues_around(before, line.text, following, last)
        ):
            found[-1].append(line)
            before = (before + line.text)[-_LOOKED_BACK:]
        else:
            found.append([line])
            before = line.text
    if len(found) == len(lines):
        return None
    return [part[0] if len(part) == 1 else part[0]._replace(text="".join(line.text for line in part)) for part in found]


def _may_be_broken(text: str) -> bool:
    """Whether a line may be a fragment, or stand before one."""
    if text[0] in _FIRST_OF_FRAGMENT:
        return text[0] in _CLOSING or _GOES_ON.match(text) is not None
    if text[-1] in _STOPS:
        return False
    if text[-1] == "、" or _wants_more(text) or _FIGURE.fullmatch(text) or _RISES_BY.search(text[-2:]):
        return True
    return text[-1] in _OPENING or _in_figure(text) or "。" in text or _is_open(text)


def _continues(before: str, text: str, following: str) -> bool:
    if before[-1] in _OPENING or text[0] in _CLOSING_AFTER_FRAGMENT:
        return True
    if before[-1] in _STOPS:
        return False
    if text[0] in _CLOSING or (_in_figure(before) and _REST_OF_FIGURE.match(text)):
        return True
    in_prose = "。" in before or "，" in before
    short = len(text) <= _LONGEST_FRAGMENT
    if (
        in_prose
        and not _MARKED.match(text)
        and (_GOES_ON.match(text) or (_wants_more(before) and min(len(before), len(text)) <= _LONGEST_FRAGMENT))
    ):
        return True
    if _is_open(before) and (_closes(text) or (short and _closes(following))):
        return True
    return in_prose and short and following[:1] in _PAUSES


def _wants_more(before: str) -> bool:
    """Whether a line ends in a word that no sentence ends in."""
    return before[-1] in _BEFORE_MORE and not _WHOLE_IN_DE.search(before[-_LONGEST_NAME:])


def _continues_around(before: str, text: str, following: str, last: str) -> bool:
    """Whether a line goes on with the one before around what a link or a subscript stood in: a figure, a unit, a name.

    last: the line that was put to the one before, so that this is in the middle of a sentence, if any was.
    """
    if before[-1] in _STOPS or _MARKED.match(text):
        return False
    if _FIGURE.fullmatch(text):  # between a text and what it counts, or below letters, as in PM2.5
        unit = _REST_OF_FIGURE.match(following) or _SHORT_UNIT.fullmatch(following)
        return unit is not None or following[:1] in _CLOSING or _LATIN_END.search(before) is not None
    if last and before[-1].isdigit() and (_REST_OF_FIGURE.match(text) or _SHORT_UNIT.fullmatch(text)):
        return True
    if before[-1] == "、" or (_wants_more(before) and len(text) <= _LONGEST_NAME and text[-1] not in _STOPS):
        return True
    if _FIGURE.match(text) and text[-1] in _STOPS and _RISES_BY.search(before[-2:]):
        return True
    in_prose = any(pause in part for pause in "，。" for part in (before, text))
    return in_prose and 0 < len(last) <= _LONGEST_NAME and "，" not in last


def _is_open(text: str) -> bool:
    """Whether a quotation or a bracket that a line opens near its end is not closed in it."""
    tail = text[-_LONGEST_FRAGMENT:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in _PAIRS)


def _closes(text: str) -> bool:
    """Whether a line closes, near its beginning, what is opened before it."""
    return _CLOSES.match(text) is not None


def _in_figure(text: str) -> bool:
    """Whether a line of a sentence ends in a figure."""
    return text[-1].isdigit() and "，" in text


def mend_letters(text: str, counts: Counter[CountKind]) -> str:
    """Return a text without blanks between its letters, if most stand apart, and with each letter once.

    counts: `lines_set_apart`, `lines_struck_twice`.
    """
    if text.count(" ") > _LEAST_BLANKS * len(text) and len(_APART.findall(text)) > len(_TOGETHER.findall(text)):
        text = _LINE.sub(lambda line: _together(line[0], counts), text)
    return text


def _together(line: str, counts: Counter[CountKind]) -> str:
    stripped = line.strip()
    if _EVERY_LETTER.fullmatch(stripped):
        mended = re.sub(r" ( {2})?", lambda blanks: " " if blanks[1] else "", stripped)
    else:
        mended = _IN_CHINESE.sub("", stripped)
    counts[CountKind.LINES_SET_APART] += mended != stripped
    return line.replace(stripped, mended) if stripped else line


def struck_once(line: str) -> str:
    """Return a line without the second of letters that all stand twice at its beginning.

    >>> struck_once("政政府府工工作作报报告告")
    '政府工作报告'
    """
    if len(line) < 10 or line[0] != line[1] or line[2] != line[3]:
        return line
    twice = _TWICE.match(line)
    if twice is None or len({c for c in twice[0] if "\u3400" <= c <= "\u9fff"}) < _LEAST_TWICE:
        return line
    return twice[0][::2] + line[twice.end() :]
