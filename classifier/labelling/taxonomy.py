"""The taxonomy: which policy areas there are, read from taxonomy.toml."""

import re
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import LabelError
from classifier.messages import message
from classifier.records import Area
from classifier.toml_files import read_toml

TAXONOMY_FILE = "taxonomy.toml"
_AREA_ID = re.compile(r"[a-z][a-z0-9_]*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TEXTS = ("zh", "en", "definition", "definition_en")


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The policy areas in their order, core areas first."""

    areas: tuple[Area, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the areas, in order."""
        return tuple(area.id for area in self.areas)

    @property
    def core(self) -> tuple[str, ...]:
        """The ids of the core areas."""
        return tuple(area.id for area in self.areas if area.core)


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy.toml. Raises LabelError with a line for each fault."""
    rows = read_toml(path, message("a labels folder needs a taxonomy.toml"), LabelError).get("areas")
    if not isinstance(rows, list) or not rows:
        raise LabelError(message("{place}: no [[areas]]; list at least one area with id, zh and en", place=path))
    faults: list[str] = []
    areas: dict[str, Area] = {}
    for n, row in enumerate(rows, start=1):
        fault, area = _area(row)
        if area is not None and area.id in areas:
            fault = message("id {id!r} stands twice; give each area its own", id=area.id)
        if fault:
            faults.append(message("{place}: area {n}: {fault}", place=path, n=n, fault=fault))
        elif area is not None:
            areas[area.id] = area
    if faults:
        raise LabelError("\n".join(faults))
    return Taxonomy(tuple(sorted(areas.values(), key=lambda area: not area.core)))


def _area(row: object) -> tuple[str | None, Area | None]:
    """Return the first fault of a row, or its area."""
    if not isinstance(row, dict):
        return message("not a table; write [[areas]] with id, zh and en"), None
    identity = row.get("id")
    if not isinstance(identity, str) or not _AREA_ID.fullmatch(identity):
        return message("id {id!r} is not lower-case letters, digits and _; mend it", id=identity), None
    for key in _TEXTS:
        value = row.get(key, "")
        if not isinstance(value, str) or (not value and key in ("zh", "en")):
            return message("{key} of {id} is missing or no text; add it", key=key, id=identity), None
    color = row.get("color", "#888888")
    if not isinstance(color, str) or not _COLOR.fullmatch(color):
        return message("color {color!r} of {id} is not of the form #rrggbb; mend it", color=color, id=identity), None
    core = row.get("core", False)
    if not isinstance(core, bool):
        return message("core of {id} is neither true nor false; mend it", id=identity), None
    zh, en, definition, definition_en = (row.get(key, "") for key in _TEXTS)
    return None, Area(identity, zh, en, definition, definition_en, color, core)
