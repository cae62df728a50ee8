"""The taxonomy: which policy areas there are, read from taxonomy.toml."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import LabelError
from classifier.records import Area

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
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LabelError(
            f"{path}: cannot be opened ({error.strerror}); a labels folder needs a taxonomy.toml"
        ) from error
    except (ValueError, RecursionError) as error:
        raise LabelError(f"{path}: not valid TOML ({error}); mend it") from error
    rows = data.get("areas")
    if not isinstance(rows, list) or not rows:
        raise LabelError(f"{path}: no [[areas]]; list at least one area with id, zh and en")
    faults: list[str] = []
    areas: dict[str, Area] = {}
    for n, row in enumerate(rows, start=1):
        fault, area = _area(row)
        if area is not None and area.id in areas:
            fault = f"id {area.id!r} stands twice; give each area its own"
        if fault:
            faults.append(f"{path}: area {n}: {fault}")
        elif area is not None:
            areas[area.id] = area
    if faults:
        raise LabelError("\n".join(faults))
    return Taxonomy(tuple(sorted(areas.values(), key=lambda area: not area.core)))


def _area(row: object) -> tuple[str | None, Area | None]:
    """Return the first fault of a row, or its area."""
    if not isinstance(row, dict):
        return "not a table; write [[areas]] with id, zh and en", None
    identity = row.get("id")
    if not isinstance(identity, str) or not _AREA_ID.fullmatch(identity):
        return f"id {identity!r} is not lower-case letters, digits and _; mend it", None
    for key in _TEXTS:
        value = row.get(key, "")
        if not isinstance(value, str) or (not value and key in ("zh", "en")):
            return f"{key} of {identity} is missing or no text; add it", None
    color = row.get("color", "#888888")
    if not isinstance(color, str) or not _COLOR.fullmatch(color):
        return f"color {color!r} of {identity} is not of the form #rrggbb; mend it", None
    core = row.get("core", False)
    if not isinstance(core, bool):
        return f"core of {identity} is neither true nor false; mend it", None
    zh, en, definition, definition_en = (row.get(key, "") for key in _TEXTS)
    return None, Area(identity, zh, en, definition, definition_en, color, core)
