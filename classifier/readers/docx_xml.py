"""The XML of a Word file's parts: parsed within limits, and its names, switches and measures."""

import re

from lxml import etree

from classifier.readers.packages import as_utf8, parse_xml

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Files of the strict kind use other names for the same.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_SPACES = {
    "w": _MAIN,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
}
_OFF = ("0", "false", "off", "none")
_POINTS = {"": 0.05, "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"([+-]?\d{1,7}(?:\.\d{1,9})?)(pt|in|cm|mm|pc|pi|)")
_INTEGER = re.compile(r"[+-]?\d{1,10}")


def word_name(prefixed: str) -> str:
    """Return lxml's name of an element or attribute, such as `w:p`."""
    prefix, _, name = prefixed.partition(":")
    return f"{{{_SPACES[prefix]}}}{name}"


WORD_VAL = word_name("w:val")


def parse_part(data: bytes, place: str) -> tuple[etree._Element | None, bool]:
    """Return what `parse_xml` does of a part, with the names of the strict kind as the usual ones."""
    if b"\x00" in data[:64]:
        data = as_utf8(data)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    return parse_xml(data, place)


def element_at(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element below another by the names on the way, in lxml's form."""
    for name in path:
        if element is None:
            return None
        element = element.find(name)
    return element


def val_at(element: etree._Element | None, *path: str) -> str | None:
    """Return the `w:val` of the element that a path leads to."""
    found = element_at(element, *path)
    return None if found is None else found.get(WORD_VAL)


def whole_number(text: str | None) -> int | None:
    """Return a whole number, None where there is none or it is absurd."""
    return int(text) if text is not None and _INTEGER.fullmatch(text) else None


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """Return whether a switch such as bold is on or off below an element, None where it is not there."""
    found = element_at(element, name)
    return None if found is None else (found.get(WORD_VAL) or "on").lower() not in _OFF


def in_points(text: str | None) -> float | None:
    """Return a measure in points: twentieths where it has no unit.

    >>> in_points("480"), in_points("0.5in"), in_points("wide")
    (24.0, 36.0, None)
    """
    match = _MEASURE.fullmatch(text) if text is not None else None
    return float(match[1]) * _POINTS[match[2]] if match else None
