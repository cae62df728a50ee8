"""What every format has in common: which areas it shows, and in which language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from classifier.records import Area, AreaScore, Document, Prediction


@dataclass(frozen=True, slots=True)
class View:
    """What the user asked to see: areas in order, language, and whether the scores of all of them."""

    areas: tuple[Area, ...]
    lang: str
    all_scores: bool = False

    def name(self, area: str) -> str:
        """Return the name of an area in the language of the view."""
        return next(a for a in self.areas if a.id == area).name(self.lang)

    def shown(self, scores: Sequence[AreaScore]) -> list[AreaScore]:
        """Return the scores of the areas of the view, in their order."""
        ids = {a.id for a in self.areas}
        return [s for s in scores if s.id in ids]


class Writer(Protocol):
    """Takes tagged documents one by one, then the end."""

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write one document."""

    def end(self) -> None:
        """Write what comes after the last document."""
