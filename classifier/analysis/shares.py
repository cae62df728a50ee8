"""How much of a text each area takes up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Floats
from classifier.records import CONTENT, Prediction


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Characters of headings and paragraphs: `characters[i]` are those of area i, `none` those of no area."""

    areas: tuple[str, ...]
    characters: Floats
    none: float

    @property
    def total(self) -> float:
        """All characters that were read."""
        return float(self.characters.sum()) + self.none

    def share(self, area: str) -> float:
        """Return the share of an area, from 0 to 1; 0 where nothing was read."""
        return float(self.characters[self.areas.index(area)]) / self.total if self.total else 0.0

    def __add__(self, other: "Shares") -> "Shares":
        """Return the shares of both texts together."""
        return Shares(self.areas, self.characters + other.characters, self.none + other.none)


def character_shares(predictions: Iterable[Prediction], areas: Sequence[str]) -> Shares:
    """Add up the characters of each area.

    A sentence counts for the areas that it is evidence for; with several, its characters are divided
    equally among them, so that the shares of all areas and of no area add up to one.
    """
    column = {area: i for i, area in enumerate(areas)}
    characters = np.zeros(len(areas))
    none = 0.0
    for prediction in predictions:
        if prediction.paragraph.kind not in CONTENT:
            continue
        for sentence, evidence in zip(prediction.paragraph.sentences, prediction.evidence, strict=True):
            length = sentence.end - sentence.start
            for area in evidence:
                characters[column[area.id]] += length / len(evidence)
            if not evidence:
                none += length
    return Shares(tuple(areas), characters, none)
