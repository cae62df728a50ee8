"""The numbers that a browser shows before the items of a list: 1. 一、 （a） by the list's type and start."""

import re

from lxml import etree

from classifier.readers.docx_numerals import numeral
from classifier.readers.html_styles import Style

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_NUMERALS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-decimal": "ideographDigital",
    "cjk-ideographic": "taiwaneseCountingThousand",
    "trad-chinese-informal": "taiwaneseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "simp-chinese-formal": "chineseLegalSimplified",
    "trad-chinese-formal": "ideographLegalTraditional",
    "cjk-earthly-branch": "ideographZodiac",
    "cjk-heavenly-stem": "ideographTraditional",
}
_BULLETS = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_TYPE = re.compile(r"[a-z][a-z-]{3,40}")
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})")


class ListCounter:
    """Counts the items of one list as a browser does."""

    def __init__(self, element: etree._Element, style: Style) -> None:
        """Begin a list: `ol`, or `ul` or `menu`, which have no numbers unless a style gives them."""
        self.step = -1 if element.get("reversed") is not None else 1
        self.type = _list_type(style) or (_TYPES.get(element.get("type") or "1", "decimal"))
        if element.tag != "ol" and _list_type(style) is None:
            self.type = "disc"
        items = sum(child.tag == "li" for child in element) if self.step < 0 else 1
        self.next = _whole(element.get("start"), items)

    def number(self, item: etree._Element, style: Style) -> str:
        """Count an item and return its number as it is shown, "" for a bullet or none."""
        value = _whole(item.get("value"), self.next)
        self.next = value + self.step
        its_type = _list_type(style) or _TYPES.get(item.get("type") or "", self.type)
        if its_type in _BULLETS:
            return ""
        text = numeral(value, _NUMERALS.get(its_type, "decimal"))
        return f"{text}、" if its_type.startswith(("cjk", "simp", "trad")) else f"{text}. "


def _list_type(style: Style) -> str | None:
    """Return the type of a list's numbers that a style names."""
    for word in (style.get("list-style-type") or style.get("list-style") or "").split():
        if _TYPE.fullmatch(word) and (word in _NUMERALS or word in _BULLETS):
            return word
    return None


def _whole(text: str | None, otherwise: int) -> int:
    match = _NUMBER.match(text or "")
    return int(match[1]) if match else otherwise
