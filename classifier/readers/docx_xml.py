"""The XML of a Word file's parts: parsed within limits, and its names, switches and measures."""

import re

from lxml import etree

from classifier.messages import message

# An element takes some hundred bytes in memory, and a part of 300 pages has less than a million of these.
MOST_WORD_MARKUP = 5_000_000  # tags and attributes of a part

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
_ANY_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_POINTS = {"": 0.05, "pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"([+-]?\d{1,7}(?:\.\d{1,9})?)(pt|in|cm|mm|pc|pi|)")
_INTEGER = re.compile(r"[+-]?\d{1,10}")


class WordXmlRefused(Exception):  # noqa: N818 - it says what happened
    """XML that is made to do harm; the message says how, and what to do."""


def word_name(prefixed: str) -> str:
    """Return lxml's name of an element or attribute, such as `w:p`."""
    prefix, _, name = prefixed.partition(":")
    return f"{{{_SPACES[prefix]}}}{name}"


WORD_VAL = word_name("w:val")


def parse_part(data: bytes) -> tuple[etree._Element | None, bool]:
    """Return the root of a part, None where nothing of it can be read, and whether broken XML was mended.

    No entity is resolved and nothing is fetched. Raises WordXmlRefused where the XML is made to do harm.
    """
    if b"\x00" in data[:64]:
        data = _as_utf8(data)
    if _ANY_DOCTYPE.search(data):
        raise _declares_entities()
    if data.count(b"<") + data.count(b"=") > MOST_WORD_MARKUP:
        raise WordXmlRefused(message("more than {most:,} tags and attributes; divide it", most=MOST_WORD_MARKUP))
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, _parser(recover=False))
        mended = False
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):  # libxml2 allows 256 elements within each other
            raise WordXmlRefused(
                message("too many elements within each other; open it in Word and save it anew")
            ) from error
        root = _recovered(data)
        mended = True
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise _declares_entities()
    return root, mended


def _declares_entities() -> WordXmlRefused:
    return WordXmlRefused(message("it declares entities, which Word never does; open it in Word and save it anew"))


def _recovered(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _as_utf8(data: bytes) -> bytes:
    """Return UTF-16 as UTF-8, so that what is looked for in bytes is found."""
    encoding = (
        "utf_16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf_16_le" if data[1:2] == b"\x00" else "utf_16_be"
    )
    text = data.decode(encoding, "replace")
    return re.sub(r"<\?xml[^>]*\?>", "", text, count=1).encode("utf_8", "replace")


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
