"""What `predict` says of a file that it wrote: the areas in it, and the threshold of its tags."""

import json
from pathlib import Path
from typing import Any

from classifier.output.answer_language import OutputWords, WideWords
from classifier.readers.raw import Source

_META = ".meta.json"  # behind the name of what `predict` writes
_BOTH = ("zh", "en")


def written_areas(path: Path) -> tuple[str, ...] | None:
    """Return the areas that `predict` wrote to a file, as the file beside it says; None where there is none."""
    areas = _about(path).get("areas")
    return tuple(map(str, areas)) if isinstance(areas, list) else None


def threshold_beside(path: Path) -> float | None:
    """Return the threshold of the tags of a file, as the file beside it says; None where there is none."""
    return _probability(_about(path).get("threshold"))


def threshold_inside(path: Path) -> float | None:
    """Return the threshold that the sheet about a workbook of `predict` names, to two digits; None where none does."""
    from classifier.readers.workbook import workbook_cells

    sheets = {WideWords(lang).about_sheet for lang in _BOTH}
    names = {OutputWords(lang).threshold for lang in _BOTH}
    for sheet, _, cells in workbook_cells(Source(path, str(path))):
        if sheet in sheets and len(cells) > 1 and str(cells[0]).strip() in names:
            return _probability(cells[1])
    return None


def _about(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.with_name(path.name + _META).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return about if isinstance(about, dict) else {}


def _probability(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
