"""Which chart fits a table of shares: over years, two groups side by side, or groups by areas."""

from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from classifier.analysis.area_shares import BETWEEN_VALUES, EVERYTHING, UNKNOWN_VALUE
from classifier.arrays import Floats
from classifier.output.charts.groups import groups_by_areas, two_groups
from classifier.output.charts.over_years import lines_over_years, stacked_over_years
from classifier.output.language import LEVELS, ShareWords
from classifier.output.shares.share_table import ShareTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REPORT_FIELD = "report"


def shares_chart(table: ShareTable, lang: str, stacked: bool = False) -> "Figure":
    """Draw the shares of groups: over years where these are the groups, else two side by side, else as a heat map.

    stacked: over years, shares one upon the other in place of a line with its interval for each area. Groups whose
    value is not known are left out, unless there are no others.
    """
    known = [i for i, values in enumerate(table.groups) if UNKNOWN_VALUE not in values]
    rows = known or list(range(len(table.groups)))
    shares, low, high = table.shares[rows], table.low[rows], table.high[rows]
    names = [_shown(table, i, lang) for i in rows]
    if table.by == ("year",) and len(rows) > 1 and all(name.isdecimal() for name in names):
        years = np.array([int(name) for name in names])
        order = np.argsort(years, kind="stable")
        if stacked:
            return stacked_over_years(years[order], shares[order], table.areas, lang)
        return lines_over_years(years[order], shares[order], low[order], high[order], table.areas, lang)
    if len(rows) == 2:
        return two_groups(shares[:, :-1].T, _ends(shares, low, high), table.areas, (names[0], names[1]), lang)
    return groups_by_areas(names, shares[:, :-1], table.areas, lang)


def _shown(table: ShareTable, group: int, lang: str) -> str:
    """Return the name of a group: levels by their words, reports by the names of their files."""
    words, shown = ShareWords(lang), []
    for name, value in zip(table.by, table.groups[group], strict=True):
        shown.append(words[value] if value in LEVELS else PurePath(value).stem if name == REPORT_FIELD else value)
    return BETWEEN_VALUES.join(shown) or EVERYTHING


def _ends(shares: Floats, low: Floats, high: Floats) -> Floats:
    """Return low and high of each area in each group, shape (areas, groups, 2); the share itself where not known."""
    ends = np.array([np.where(np.isnan(end), shares, end)[:, :-1] for end in (low, high)])
    return ends.transpose(2, 1, 0)
