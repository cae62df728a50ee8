"""The form of a line that the patterns of structure look at, whatever blanks and dots it is written with."""

from classifier.characters import NUMERALS
from classifier.documents.stops import mark_stops
from classifier.patterns import lazy_pattern

_HAN = "[\u3400-\u9fff]"
_SET_APART = lazy_pattern(rf"{_HAN}(?: {_HAN})+")
# A title that is set apart behind or before a name: 北溪县 政 府 工 作 报 告.
_WORDS_APART = lazy_pattern(rf"(?<!\S){_HAN}(?: {_HAN}){{3,}}(?!\S)")
_BLANKS_IN_MARK = lazy_pattern(rf"^(\(?) ?(第?[{NUMERALS}]{{1,3}}|\d{{1,2}}) ?([、)]|\.(?!\d)) ?")
_MAY_BE_MARK = frozenset(f"(第{NUMERALS}0123456789")


def pattern_text(folded: str) -> str:
    """Return a folded line with single blanks, none between letters that are set apart or in a mark, and 。 for dots.

    >>> pattern_text("政 府  工 作 报 告"), pattern_text("( 一 ) 修路."), pattern_text("3 .5公里")
    ('政府工作报告', '(一)修路。', '3 .5公里')
    """
    text = folded
    if " " in folded or "\t" in folded:
        text = " ".join(folded.split())
        if _SET_APART.fullmatch(text):
            return text.replace(" ", "")
        text = _WORDS_APART.sub(lambda match: match[0].replace(" ", ""), text)
        if text[0] in _MAY_BE_MARK:
            text = _BLANKS_IN_MARK.sub(r"\1\2\3", text)
    return mark_stops(text) if "." in text else text
