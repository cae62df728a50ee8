"""What every format of output has in common: which areas are written, in which language, and which scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from classifier.analysis.units import Unit
from classifier.records import Area, AreaScore
from classifier.settings import Settings

if TYPE_CHECKING:
    from classifier.output.about import About

ABOUT_IN_LINE = 4  # pairs; the others are seen in the output itself


@dataclass(frozen=True)
class OutputOptions:
    """What the user asked for, and what the output says of itself.

    areas: those to write, in order. all_scores: whether the score of every area is written. unit: what a record is
    about. explain: whether each record has its explanations. wide: whether each area has columns of its own in CSV.
    columns: the names of the columns of tables whose values are written. about: what the output says of model, version
    and threshold.
    """

    areas: tuple[Area, ...]
    lang: str
    all_scores: bool = False
    columns: tuple[str, ...] = ()
    unit: Unit = Unit.PARAGRAPH
    explain: bool = False
    wide: bool = False
    about: "About | None" = None

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the areas to write, in the language of the output, by id."""
        return {a.id: a.name(self.lang) for a in self.areas}

    @property
    def threshold(self) -> float:
        """The probability from which a paragraph is tagged; the usual one where no model is named."""
        return Settings.threshold if self.about is None else self.about.threshold

    @property
    def about_pairs(self) -> tuple[tuple[str, str], ...]:
        """What the output says of itself, as pairs of a name and a value."""
        return () if self.about is None else self.about.named(self.lang)

    @property
    def about_line(self) -> str:
        """What the output says of itself, in one line."""
        return " · ".join(f"{name} {value}" for name, value in self.about_pairs[:ABOUT_IN_LINE])

    def shown(self, scores: Sequence[AreaScore]) -> list[AreaScore]:
        """Return the scores of the areas to write, in the order in which they were given."""
        return [s for s in scores if s.id in self.names]
