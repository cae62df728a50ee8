"""Accuracy by administrative level, year and length of paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import macro_draws
from classifier.evaluation.metrics import f1_of, micro
from classifier.evaluation.paragraphs import EvaluatedParagraph

YEARS_TOGETHER = 5
ERAS = (1954, 1978, 2000, 2013)  # the first year of each era whose reports are written alike
LENGTHS = ((1, 1), (2, 4), (5, 8), (9, None))  # sentences of a paragraph, from and to


@dataclass(frozen=True, slots=True)
class SliceRow:
    """The paragraphs, or sentences, that share a value, and F1 on them.

    micro: which a slice that lacks an area has too; macro: over the areas that it has.
    """

    value: str
    paragraphs: int
    micro: float
    macro: float


@dataclass(frozen=True, slots=True)
class Slices:
    """The paragraphs by level, by years and by number of sentences; those whose level or year is unknown left out."""

    level: tuple[SliceRow, ...]
    years: tuple[SliceRow, ...]
    sentences: tuple[SliceRow, ...]


def measure_slices(predictions: EvaluatedPredictions, paragraphs: Sequence[EvaluatedParagraph]) -> Slices:
    """Return the figures of slices; `paragraphs` are those of the predictions, in their order."""
    return Slices(
        level=slice_rows(predictions, [p.level for p in paragraphs]),
        years=slice_rows(predictions, [years_of(p.year) for p in paragraphs]),
        sentences=slice_rows(predictions, [length_of(p.sentences) for p in paragraphs]),
    )


def slice_rows(predictions: EvaluatedPredictions, values: Sequence[str | None]) -> tuple[SliceRow, ...]:
    """Return a row for each value that units share; `values` has one for each, None where it is unknown."""
    rows = []
    for value in sorted({v for v in values if v is not None}):
        own = np.array([v == value for v in values])
        truth, predicted = predictions.truth[own], predictions.predicted[own]
        hits, tagged, had = (m.sum(axis=0).astype(np.float64) for m in (truth & predicted, predicted, truth))
        f1 = float(macro_draws(f1_of(hits, tagged, had)[None])[0])
        rows.append(SliceRow(value, int(own.sum()), micro(truth, predicted).f1, f1))
    return tuple(rows)


def era_of(year: int | None) -> str | None:
    """Return the span of years that a sentence is counted with; the last era is open.

    >>> era_of(1978), era_of(2012), era_of(2031)
    ('1978-1999', '2000-2012', '2013-')
    """
    if year is None or year < ERAS[0]:
        return None
    later = [first for first in ERAS if first > year]
    first = max(e for e in ERAS if e <= year)
    return f"{first}-{later[0] - 1}" if later else f"{first}-"


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
