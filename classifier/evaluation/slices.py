"""Accuracy by administrative level, year and length of paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import micro
from classifier.evaluation.paragraphs import EvaluatedParagraph

YEARS_TOGETHER = 5
LENGTHS = ((1, 1), (2, 4), (5, 8), (9, None))  # sentences of a paragraph, from and to


@dataclass(frozen=True, slots=True)
class SliceRow:
    """The paragraphs that share a value, and micro-F1 on them; micro, since a slice may lack an area."""

    value: str
    paragraphs: int
    micro: float


@dataclass(frozen=True, slots=True)
class Slices:
    """The paragraphs by level, by years and by number of sentences; those whose level or year is unknown left out."""

    level: tuple[SliceRow, ...]
    years: tuple[SliceRow, ...]
    sentences: tuple[SliceRow, ...]


def measure_slices(predictions: EvaluatedPredictions, paragraphs: Sequence[EvaluatedParagraph]) -> Slices:
    """Return the figures of slices; `paragraphs` are those of the predictions, in their order."""
    return Slices(
        level=_rows(predictions, [p.level for p in paragraphs]),
        years=_rows(predictions, [years_of(p.year) for p in paragraphs]),
        sentences=_rows(predictions, [length_of(p.sentences) for p in paragraphs]),
    )


def _rows(predictions: EvaluatedPredictions, values: Sequence[str | None]) -> tuple[SliceRow, ...]:
    rows = []
    for value in sorted({v for v in values if v is not None}):
        own = np.array([v == value for v in values])
        f1 = micro(predictions.truth[own], predictions.predicted[own]).f1
        rows.append(SliceRow(value, int(own.sum()), f1))
    return tuple(rows)


def years_of(year: int | None) -> str | None:
    """Return the span of years that a year is counted with.

    >>> years_of(2023)
    '2020-2024'
    """
    if year is None:
        return None
    first = year - year % YEARS_TOGETHER
    return f"{first}-{first + YEARS_TOGETHER - 1}"


def length_of(sentences: int) -> str:
    """Return the span of lengths that a paragraph of so many sentences is counted with.

    >>> length_of(1), length_of(3), length_of(12)
    ('1', '2-4', '9+')
    """
    low, high = next((low, high) for low, high in LENGTHS if high is None or sentences <= high)
    if high is None:
        return f"{low}+"
    return str(low) if low == high else f"{low}-{high}"
