"""What every format of output has in common: which areas are written, in which language, and which scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from classifier.records import Area, AreaScore


@dataclass(frozen=True)
class OutputOptions:
    """What the user asked for: the areas to write, in order, the language, and whether all scores are written.

    columns: the names of the columns of tables whose values are written.
    """

    areas: tuple[Area, ...]
    lang: str
    all_scores: bool = False
    columns: tuple[str, ...] = ()

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the areas to write, in the language of the output, by id."""
        return {a.id: a.name(self.lang) for a in self.areas}

    def shown(self, scores: Sequence[AreaScore]) -> list[AreaScore]:
        """Return the scores of the areas to write, in the order in which they were given."""
        return [s for s in scores if s.id in self.names]
