"""A table of shares, as charts are drawn from it: made from shares, or read back from a file of `classify shares`."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from classifier.analysis.area_shares import NO_AREA, UNKNOWN_VALUE, AreaShares, ShareRow
from classifier.arrays import Floats
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.records import Area

_FIGURES = frozenset({*ShareRow._fields, "name"}) - {"group"}
_NEEDED = ("area", "share")


@dataclass(frozen=True, slots=True, eq=False)
class ShareTable:
    """Shares of areas in groups.

    by: the fields of a group. groups: its value of each. areas: as they are drawn; after them, as the last column of
    the figures, stands what is no area. shares, low, high: shape (groups, areas + 1), parts of one, low and high nan
    where the error is not known.
    """

    by: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    areas: tuple[Area, ...]
    shares: Floats
    low: Floats
    high: Floats


def share_table(found: AreaShares) -> ShareTable:
    """Return shares as a table."""
    columns = len(found.areas) + 1
    estimates = [group.estimate for group in found.groups]
    figures = [[e.value[:columns], e.low[:columns], e.high[:columns]] for e in estimates]
    value, low, high = np.array(figures).transpose(1, 0, 2)
    return ShareTable(found.by, tuple(group.values for group in found.groups), found.areas, value, low, high)


def is_share_table(path: Path) -> bool:
    """Whether a file has the columns of a table of shares; what cannot be read has none."""
    try:
        rows = _rows(path)
    except (OSError, ValueError, csv.Error):
        return False
    return bool(rows) and all(name in rows[0] for name in _NEEDED)


def read_share_table(path: Path, areas: Sequence[Area]) -> ShareTable:
    """Read a file that `classify shares` wrote as csv, json or panel.

    areas: those that are known, for names and colours; the table may have others. Raises ClassifierError where a row
    is missing, stands twice or has no figure.
    """
    rows = _rows(path)
    known = {area.id: area for area in areas}
    ids = [area for area in dict.fromkeys(str(row["area"]) for row in rows) if area != NO_AREA]
    by = tuple(name for name in rows[0] if name not in _FIGURES and name != "group") or ("group",)
    groups = list(dict.fromkeys(_values(row, by) for row in rows))
    figures = np.full((3, len(groups), len(ids) + 1), np.nan)
    for number, row in enumerate(rows, start=2):
        i, area = groups.index(_values(row, by)), str(row["area"])
        j = len(ids) if area == NO_AREA else ids.index(area)
        if not np.isnan(figures[0, i, j]):
            raise ClassifierError(
                message(
                    "{place}:{line}: {area} stands twice in its group; leave one", place=path, line=number, area=area
                )
            )
        figures[:, i, j] = [_figure(row.get(key), path, number) for key in ("share", "low", "high")]
    figures[0, :, -1] = np.where(np.isnan(figures[0, :, -1]), 1 - figures[0, :, :-1].sum(axis=1), figures[0, :, -1])
    if np.isnan(figures[0]).any():
        raise ClassifierError(message("{place}: a group lacks an area or its share; give all of them", place=path))
    return ShareTable(by, tuple(groups), tuple(known.get(i, Area(i, i, i)) for i in ids), *figures)


def _rows(path: Path) -> list[Mapping[str, object]]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".json":
        rows = json.loads(text)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return list(csv.DictReader(StringIO(text, newline="")))


def _values(row: Mapping[str, object], by: Sequence[str]) -> tuple[str, ...]:
    return tuple(UNKNOWN_VALUE if row.get(name) in {None, ""} else str(row[name]) for name in by)


def _figure(value: object, path: Path, number: int) -> float:
    """Return a share, nan for an empty one. Raises ClassifierError where it is none."""
    if value in {None, ""}:
        return float("nan")
    try:
        share = float(str(value))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ClassifierError(
            message("{place}:{line}: {value} is no share; give one from 0 to 1", place=path, line=number, value=value)
        )
    return share
