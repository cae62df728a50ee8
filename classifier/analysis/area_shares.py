"""The shares of areas by group, as records: what `classify shares` and `classifier.shares` give."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from classifier.analysis.estimates import Estimate
from classifier.analysis.measures import MeasuredIn
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.records import Area

if TYPE_CHECKING:
    from pandas import DataFrame

NO_AREA = "none"  # in place of an area's id
UNKNOWN_VALUE = "-"  # of a field that is not known of a document
EVERYTHING = "all"  # the group, where documents are in no groups
BETWEEN_VALUES = " "


class ShareRow(NamedTuple):
    """The figures of an area in a group of documents.

    group: its values, put together. area: its id, `none` for texts of no area. raw, share, low, high: the share as the
    model tags, corrected, and its 95 % interval; from 0 to 1, and the shares of all areas and none sum to 1. The
    coverage of an area is of all text that speaks of it, alone or beside others. None where nothing is known of the
    error. documents: how many there are. unlike: in how many of them the model finds so little that it may not know
    their language, so that the figures do not hold. sampled: whether the interval holds that others could have been
    drawn.
    corrected_by: `model`, `labels` or `nothing`. labels: how many rows of labels it rests on.
    """

    group: str
    area: str
    raw: float
    share: float
    low: float | None
    high: float | None
    raw_coverage: float
    coverage: float
    coverage_low: float | None
    coverage_high: float | None
    documents: int
    unlike: int
    sampled: bool
    corrected_by: str
    labels: int


@dataclass(frozen=True, slots=True, eq=False)
class GroupShares:
    """A group of documents: the value of each field that it is made by, its figures, and how many are unlike labels."""

    values: tuple[str, ...]
    estimate: Estimate
    unlike: int = 0

    @property
    def name(self) -> str:
        """Its values as one text; `all` where there are none."""
        return BETWEEN_VALUES.join(self.values) if self.values else EVERYTHING


@dataclass(frozen=True, slots=True, eq=False)
class AreaShares:
    """The shares of areas in groups of documents.

    by: the fields that groups are made by. groups: in the order of their values. whole: all documents together.
    documents: how many there were. duplicates: how many of them were left out as their text was there before.
    unknown: of how many a field is not known. unmatched: how many rows of labels are in no document.
    """

    by: tuple[str, ...]
    measure: MeasuredIn
    areas: tuple[Area, ...]
    groups: tuple[GroupShares, ...]
    whole: GroupShares
    documents: int
    duplicates: int = 0
    unknown: Mapping[str, int] = field(default_factory=dict)
    unmatched: int = 0

    @property
    def rows(self) -> tuple[ShareRow, ...]:
        """One row for each group and area, and for no area."""
        return tuple(row for group in self.groups for row in self.rows_of(group))

    def rows_of(self, group: GroupShares) -> Iterator[ShareRow]:
        """Yield the rows of a group; the coverage of no area is its share."""
        estimate, areas = group.estimate, len(self.areas)
        for i, area in enumerate([*(a.id for a in self.areas), NO_AREA]):
            raw, share, low, high = _figures(estimate, i)
            covered = _figures(estimate, i + areas + 1 if i < areas else i)
            yield ShareRow(
                group.name,
                area,
                raw,
                share,
                _known(low),
                _known(high),
                raw_coverage=covered[0],
                coverage=covered[1],
                coverage_low=_known(covered[2]),
                coverage_high=_known(covered[3]),
                documents=estimate.reports,
                unlike=group.unlike,
                sampled=estimate.sampled,
                corrected_by=estimate.corrected_by.value,
                labels=estimate.labels,
            )

    def records(self) -> Iterator[dict[str, object]]:
        """Yield each row by the names of its columns, the fields of its group among them."""
        for group in self.groups:
            fields = dict(zip(self.by, group.values, strict=True))
            for row in self.rows_of(group):
                yield {"group": row.group, **fields, **{k: v for k, v in row._asdict().items() if k != "group"}}

    def frame(self) -> "DataFrame":
        """Return the records as a DataFrame, one row for each group and area. Raises ClassifierError without pandas."""
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise ClassifierError(message("a DataFrame needs pandas; pip install pandas")) from error

        return DataFrame(self.records())


def _figures(estimate: Estimate, i: int) -> tuple[float, float, float, float]:
    return float(estimate.raw[i]), float(estimate.value[i]), float(estimate.low[i]), float(estimate.high[i])


def _known(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124 - nan alone differs from itself
