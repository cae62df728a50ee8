"""What changed between two texts: the shares of areas, and the paragraphs and words that carry the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

import numpy as np

from classifier.analysis.alignment import Fate, Pair
from classifier.analysis.changed_words import ChangedWord
from classifier.analysis.correction import Correction
from classifier.analysis.estimates import LEAST_SAMPLED, GroupSums, estimate_difference, estimate_group
from classifier.records import Area, Prediction


class ComparedParagraph(NamedTuple):
    """A paragraph of one of the texts. characters: how many of each area it has, divided equally among them."""

    document: str
    line: int
    heading: tuple[str, ...]
    text: str
    characters: Mapping[str, float]


class ParagraphChange(NamedTuple):
    """What became of a paragraph; first is None where it is new, second where it is gone. similarity: from 0 to 1."""

    fate: Fate
    similarity: float
    first: ComparedParagraph | None
    second: ComparedParagraph | None

    def difference(self, area: str) -> float:
        """Return how many characters of an area it brought, below 0 where it took some away."""
        before = self.first.characters.get(area, 0.0) if self.first else 0.0
        return (self.second.characters.get(area, 0.0) if self.second else 0.0) - before


class AreaChange(NamedTuple):
    """The corrected share of an area in both texts, the difference, second minus first, and its 95 % interval.

    low and high are None where nothing is known of the error. raw: the difference of the shares as tagged.
    """

    area: str
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    raw: float

    @property
    def certain(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class TextComparison:
    """Two texts, each of one or several reports, compared.

    names: of both texts. documents: how many each has. areas: the areas of the model. changes: one for each area, the
    largest first. paragraphs: in the order of the second text, then what is gone; None where there are too many to
    pair. words: those that changed, the most certainly grown first.
    """

    names: tuple[str, str]
    documents: tuple[int, int]
    areas: tuple[Area, ...]
    changes: tuple[AreaChange, ...]
    paragraphs: tuple[ParagraphChange, ...] | None
    words: tuple[ChangedWord, ...]

    @property
    def sampled(self) -> tuple[bool, bool]:
        """Of each text, whether intervals hold that other reports could have been drawn."""
        return self.documents[0] >= LEAST_SAMPLED, self.documents[1] >= LEAST_SAMPLED

    def carriers(self, area: str) -> list[ParagraphChange]:
        """Return the paragraphs that brought or took the most characters of an area, in the direction of its change."""
        (change,) = (c for c in self.changes if c.area == area)
        sign = 1 if change.difference >= 0 else -1
        found = [p for p in self.paragraphs or () if sign * p.difference(area) > 0]
        return sorted(found, key=lambda p: -sign * p.difference(area))

    def counts(self) -> dict[Fate, int]:
        """Return how many paragraphs were kept, reworded, are new and are gone."""
        return {fate: sum(p.fate is fate for p in self.paragraphs or ()) for fate in Fate}


def compared_paragraph(document: str, prediction: Prediction) -> ComparedParagraph:
    """Return what is compared of a tagged paragraph."""
    characters: dict[str, float] = {}
    paragraph = prediction.paragraph
    for sentence, evidence in zip(paragraph.sentences, prediction.evidence, strict=True):
        for area, _ in evidence:
            characters[area] = characters.get(area, 0.0) + (sentence.end - sentence.start) / len(evidence)
    return ComparedParagraph(document, paragraph.line, paragraph.heading, paragraph.text, characters)


def paragraph_changes(
    pairs: Sequence[Pair], first: Sequence[ComparedParagraph], second: Sequence[ComparedParagraph]
) -> tuple[ParagraphChange, ...]:
    """Return pairs of places as pairs of paragraphs."""
    return tuple(
        ParagraphChange(
            pair.fate,
            pair.similarity,
            None if pair.first is None else first[pair.first],
            None if pair.second is None else second[pair.second],
        )
        for pair in pairs
    )


def area_changes(
    areas: Sequence[str], first: GroupSums, second: GroupSums, correction: Correction | None
) -> tuple[AreaChange, ...]:
    """Return the changes of all areas, the largest first, from the sums of the reports of both texts."""
    columns = len(areas) + 1
    a, b = (estimate_group(sums, correction, columns) for sums in (first, second))
    difference, low, high = estimate_difference(first, second, correction, columns)
    figures = np.stack([a.value, b.value, difference, low, high, b.raw - a.raw], axis=1).tolist()
    changes = (
        AreaChange(area, before, after, change, _known(least), _known(most), raw)
        for area, (before, after, change, least, most, raw) in zip(areas, figures, strict=False)
    )
    return tuple(sorted(changes, key=lambda change: -abs(change.difference)))


def _known(value: float) -> float | None:
    return None if isnan(value) else value
