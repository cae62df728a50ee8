"""How bright and how opaque the objects of OFD are filled, by their own word or by shared drawing parameters."""

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from classifier.readers.ofd_xml import attribute, child_at, number, text_at

MOST_RELATED = 8  # drawing parameters that go back to each other
_OPAQUE = 255.0


class Look(NamedTuple):
    """What an object has from those around it. fill: its colour element, if any. opacity: 0 clear to 1."""

    fill: etree._Element | None = None
    opacity: float = 1.0

    def below(self, item: etree._Element, params: Mapping[str, etree._Element]) -> "Look":
        """Return the look of an item that stands in this one."""
        fill = _param_fill(attribute(item, "DrawParam"), params)
        alpha = number(attribute(item, "Alpha"), _OPAQUE) / _OPAQUE
        return Look(self.fill if fill is None else fill, self.opacity * alpha)


def _param_fill(identity: str | None, params: Mapping[str, etree._Element]) -> etree._Element | None:
    for _ in range(MOST_RELATED):
        param = params.get(identity or "")
        if param is None:
            return None
        fill = child_at(param, "FillColor")
        if fill is not None:
            return fill
        identity = attribute(param, "Relative")
    return None


def fill_of(item: etree._Element, look: Look) -> tuple[float, float]:
    """Return how bright an object is filled, 0 black to 1 white, and how opaque; black where nothing says it."""
    fill = child_at(item, "FillColor")
    if fill is None:
        fill = look.fill
    if fill is None:
        return 0.0, look.opacity
    opacity = look.opacity * number(attribute(fill, "Alpha"), _OPAQUE) / _OPAQUE
    return _brightness(attribute(fill, "Value") or text_at(fill, "Value")), opacity


def _brightness(value: str) -> float:
    """Return the brightness of a grey, red-green-blue or four-colour value of 0 to 255.

    >>> _brightness("255"), _brightness("255 255 255"), _brightness("0 0 0 #FF"), _brightness("")
    (1.0, 1.0, 0.0, 0.0)
    """
    parts = [_component(part) for part in value.split(None, 4)[:4]]
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)]
    if len(parts) == 3:
        return round(0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2], 6)
    return parts[0] if parts else 0.0


def _component(part: str) -> float:
    try:
        value = int(part[1:], 16) if part.startswith("#") else float(part)
    except ValueError:
        return 0.0
    return min(max(value / _OPAQUE, 0.0), 1.0)
