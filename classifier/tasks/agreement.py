"""`classify agreement` without a terminal: two files of readings -> how far they agree, and where they do not."""

from dataclasses import dataclass
from pathlib import Path

from classifier.labelling.agreement import Agreement, AnnotatedUnit, disagreements, load_reading, measure_agreement
from classifier.labelling.taxonomy import load_taxonomy
from classifier.records import Area
from classifier.resources import taxonomy_file


@dataclass(frozen=True, slots=True, eq=False)
class ReadingComparison:
    """The agreement of two readings.

    areas: those of the shipped taxonomy. disagreements: units on which the readings differ, with the areas of each.
    left_out: how many units stand in one reading only. unknown: ids of areas that the taxonomy has not, sorted.
    """

    agreement: Agreement
    areas: tuple[Area, ...]
    disagreements: list[tuple[AnnotatedUnit, frozenset[str], frozenset[str]]]
    left_out: int
    unknown: tuple[str, ...]


def compare_readings(first: Path, second: Path) -> ReadingComparison:
    """Compare two files of readings. Raises LabelError where one cannot be read or they have nothing in common."""
    one, other = load_reading(first), load_reading(second)
    taxonomy = load_taxonomy(taxonomy_file())
    named = frozenset[str]().union(*one.values(), *other.values())
    return ReadingComparison(
        agreement=measure_agreement(one, other, taxonomy.ids),
        areas=taxonomy.areas,
        disagreements=disagreements(one, other),
        left_out=len(set(one) ^ set(other)),
        unknown=tuple(sorted(named - set(taxonomy.ids))),
    )
