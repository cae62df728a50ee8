"""What every format has in common: which areas it shows, and in which language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from classifier.records import Area, AreaScore, Document, Prediction


@dataclass(frozen=True)
class OutputOptions:
    """What the user asked to see: areas in order, language, and whether the scores of all of them."""

    areas: tuple[Area, ...]
    lang: str
    all_scores: bool = False

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the areas of the view in its language, by id."""
        return {a.id: a.name(self.lang) for a in self.areas}

    def name(self, area: str) -> str:
        """Return the name of an area in the language of the view."""
        return self.names[area]

    def shown(self, scores: Sequence[AreaScore]) -> list[AreaScore]:
        """Return the scores of the areas of the view, in their order."""
        names = self.names
        return [s for s in scores if s.id in names]


class Writer(Protocol):
    """Takes tagged documents one by one, then the end."""

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write one document."""

    def end(self) -> None:
        """Write what comes after the last document."""
