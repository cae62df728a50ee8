"""Labels that contradict each other: the same text labelled otherwise, and areas on which two readers differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from classifier.documents.normalize import normalize_text
from classifier.records import Example

_LEAST_CHARACTERS = 8  # of a text that may be compared; shorter ones mean what their headings say
WHOLE_PARAGRAPH = 0  # in place of the number of a sentence: the paragraph


class LabelledUnit(NamedTuple):
    """A paragraph or one of its sentences: its areas, and those that its labels speak of.

    example: its number among the examples, from 0. sentence: its number from 1, or WHOLE_PARAGRAPH. about: None where
    the labels speak of all areas.
    """

    example: int
    sentence: int
    text: str
    areas: frozenset[str]
    about: frozenset[str] | None


class Contradiction(NamedTuple):
    """Units with the same text, and the areas that some of them have and some have not, sorted."""

    units: tuple[LabelledUnit, ...]
    areas: tuple[str, ...]


class Disputed(NamedTuple):
    """A sentence (from 1) of an example (from 0), and the areas on which its readers differ, sorted."""

    example: int
    sentence: int
    areas: tuple[str, ...]


def contradictions(examples: Sequence[Example]) -> tuple[Contradiction, ...]:
    """Return the texts that are labelled in two ways, those that stand most often first."""
    by_text: dict[str, list[LabelledUnit]] = defaultdict(list)
    for unit in labelled_units(examples):
        if len(text := normalize_text(unit.text)) >= _LEAST_CHARACTERS:
            by_text[text].append(unit)
    found = [Contradiction(tuple(units), areas) for units in by_text.values() if (areas := _differing(units))]
    return tuple(sorted(found, key=lambda one: -len(one.units)))


def disputes(examples: Sequence[Example]) -> tuple[Disputed, ...]:
    """Return the sentences whose label files say that their readers differ."""
    return tuple(
        Disputed(number, sentence, tuple(sorted(areas)))
        for number, example in enumerate(examples)
        for sentence, areas in enumerate(example.disputed, start=1)
        if areas
    )


def labelled_units(examples: Iterable[Example]) -> Iterator[LabelledUnit]:
    """Yield each labelled sentence, and each paragraph that is labelled as a whole."""
    for number, example in enumerate(examples):
        if example.sentence_areas is None:
            yield LabelledUnit(number, WHOLE_PARAGRAPH, example.text, example.areas, example.known)
            continue
        rows = zip(example.sentences, example.sentence_areas, strict=True)
        for sentence, (text, areas) in enumerate(rows, start=1):
            if areas is not None:
                yield LabelledUnit(number, sentence, text, areas, example.known)


def _differing(units: Sequence[LabelledUnit]) -> tuple[str, ...]:
    """Return the areas that one unit has and another, whose labels speak of them, has not."""
    some = frozenset[str]().union(*(unit.areas for unit in units))
    absent = (some - u.areas if u.about is None else (some & u.about) - u.areas for u in units)
    return tuple(sorted(frozenset[str]().union(*absent)))
