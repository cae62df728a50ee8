"""The few styles of a web page that its text depends on: what is hidden, centred, bold, indented, or numbered."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

Style = Mapping[str, str]

_USED_NAMES = (
    "display visibility opacity font-size text-align text-indent font-weight list-style list-style-type"
    " mso-list mso-element mso-hide"
)
_USED = frozenset(_USED_NAMES.split())
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_OTHER_MEDIA = re.compile(r"@media\s+print[^{}]{0,200}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,500}\s*\}")
_RULE = re.compile(r"([^{}@;]{1,500})\{([^{}]{0,5000})\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_LARGEST_SHEET = 1 << 20  # characters of a style sheet that are looked through
_MEASURE = re.compile(r"(-?\d{1,5}(?:\.\d{1,6})?)\s*(em|rem|px|pt|cm|mm|in|)")
_CHARACTERS = {"em": 1.0, "rem": 1.0, "": 1 / 16, "px": 1 / 16, "pt": 1 / 12, "cm": 2.36, "mm": 0.236, "in": 6.0}


class PageStyles:
    """The styles of a page: of each element's own `style`, over those of rules for one tag, class or id."""

    def __init__(self, root: etree._Element) -> None:
        """Read the style sheets that stand in a page; those that it only names are not there."""
        self.rules: dict[tuple[str, str, str], dict[str, str]] = {}  # by tag, . or #, name
        for sheet in root.iter("style"):
            for key, style in _rules((sheet.text or "")[:_LARGEST_SHEET]):
                self.rules.setdefault(key, {}).update(style)

    def of(self, element: etree._Element) -> Style:
        """Return the styles of an element that are of use here, by name, in small letters."""
        own = element.get("style")
        if not self.rules:
            return _declarations(own) if own else {}
        found: dict[str, str] = {}
        tag = str(element.tag)
        keys = [(".", name) for name in (element.get("class") or "").split()]
        if id := element.get("id"):
            keys.append(("#", id.strip()))
        for sign, name in [("", ""), *keys]:
            for its_tag in ("", tag) if name else (tag,):
                found.update(self.rules.get((its_tag, sign, name), {}))
        if own:
            found.update(_declarations(own))
        return found

    def hides(self, element: etree._Element) -> bool:
        """Whether an element is not shown, by its attributes or styles."""
        if element.get("hidden") is not None:
            return True
        style = self.of(element)
        return bool(style) and (
            style.get("display") == "none"
            or style.get("visibility") in ("hidden", "collapse")
            or style.get("opacity") == "0"
            or style.get("font-size") in ("0", "0px", "0pt")
            or style.get("mso-hide") == "all"
            or style.get("mso-element") in ("header", "footer", "comment", "comment-list")
        )


def _rules(sheet: str) -> Iterator[tuple[tuple[str, str, str], dict[str, str]]]:
    sheet = _OTHER_MEDIA.sub("", _COMMENT.sub("", sheet))
    for match in _RULE.finditer(sheet):
        style = _declarations(match[2])
        if style:
            for selector in match[1].split(","):
                simple = _SELECTOR.fullmatch(selector.strip())
                if simple and (simple[1] or simple[3]):
                    yield ((simple[1] or "").lower(), simple[2] or "", simple[3] or ""), style


def _declarations(text: str) -> dict[str, str]:
    found = {}
    for declaration in text.split(";"):
        name, colon, value = declaration.partition(":")
        if colon and (name := name.strip().lower()) in _USED:
            found[name] = value.replace("!important", "").strip().lower()
    return found


def in_characters(measure: str | None) -> float | None:
    """Return a length of a style in Chinese characters of the usual size, None where it is none.

    >>> in_characters("2em"), in_characters("32px"), in_characters("auto")
    (2.0, 2.0, None)
    """
    match = _MEASURE.fullmatch(measure) if measure is not None else None
    return float(match[1]) * _CHARACTERS[match[2]] if match else None
