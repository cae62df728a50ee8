"""The XML of OFD: elements by their local names, as programs write namespaces of their own, and numbers."""

import math
from collections.abc import Iterator

from lxml import etree

from classifier.readers.page_geometry import UNCHANGED, PageBox, PageMatrix

_FALSE = ("false", "0")


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children_named(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the children that have one of these names."""
    if element is not None:
        yield from (child for child in element if local_name(child) in names)


def child_at(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element that a path of names leads to, None where there is none."""
    for name in path:
        element = next(children_named(element, name), None)
    return element


def text_at(element: etree._Element | None, *path: str) -> str:
    """Return the text of the element that a path of names leads to, without blanks around it."""
    found = child_at(element, *path)
    return "" if found is None else (found.text or "").strip()


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute; some programs write the names of attributes in small letters."""
    value = element.get(name)
    return element.get(name.lower()) if value is None else value


def is_off(element: etree._Element, name: str) -> bool:
    """Whether an attribute says false."""
    return (attribute(element, name) or "").strip().lower() in _FALSE


def is_set(element: etree._Element, name: str) -> bool:
    """Whether an attribute is there and does not say false."""
    return attribute(element, name) is not None and not is_off(element, name)


def numbers(text: str | None, most: int = 16) -> list[float]:
    """Return the numbers of a text, up to `most`; what is no number counts 0.

    >>> numbers("0 1.5 x")
    [0.0, 1.5, 0.0]
    """
    return [number(part) for part in (text or "").split(None, most)[:most]]


def number(text: str | None, otherwise: float = 0.0) -> float:
    """Return a number, `otherwise` where it is none or absurd."""
    try:
        value = float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
    return value if math.isfinite(value) and abs(value) < 1e7 else otherwise


def box_of(text: str | None) -> PageBox | None:
    """Return a box, which is written as left, top, width and height, as left, top, right, bottom."""
    found = numbers(text)
    if len(found) < 4:
        return None
    left, top, width, height = found[:4]
    return left, top, left + width, top + height


def matrix_of(text: str | None) -> PageMatrix:
    """Return a matrix of six numbers, that which changes nothing where there is none."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) >= 6 else UNCHANGED
