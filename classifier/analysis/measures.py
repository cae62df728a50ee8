"""What is measured of a text: how much each unit counts, and the vector of areas that it adds."""

from enum import StrEnum

import numpy as np

from classifier.arrays import Bools, Floats, Ints


class MeasuredIn(StrEnum):
    """In what attention is measured; a paragraph has the areas of all its sentences."""

    CHARACTERS = "characters"  # of sentences
    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"


def area_vectors(flags: Bools) -> Floats:
    """Return what each unit adds to shares and coverage, shape (units, 2 * areas + 1).

    flags: which areas it has, shape (units, areas). The first areas + 1 columns are its share: 1 divided equally among
    its areas, or 1 in the last of them where it has none, so that they sum to 1. The others are its coverage: 1 for
    each area that it has.
    """
    several = flags.sum(axis=1, keepdims=True)
    return np.hstack([flags / np.maximum(several, 1), several == 0, flags]).astype(np.float64)


def measured_units(
    measure: MeasuredIn | str, length: Ints, paragraph: Ints, *flags: Bools
) -> tuple[Floats, Ints, tuple[Bools, ...]]:
    """Return the weight of each unit, its first sentence, and its flags, from those of sentences.

    length, paragraph: the characters and the paragraph of each sentence, shape (sentences,); paragraph ascending.
    flags: arrays of shape (sentences, areas); those of a paragraph hold where those of one of its sentences do.
    """
    first = np.arange(len(length))
    if measure == MeasuredIn.CHARACTERS:
        return length.astype(np.float64), first, flags
    if measure == MeasuredIn.PARAGRAPHS:
        first = np.flatnonzero(np.diff(paragraph, prepend=-1))
        flags = tuple(np.logical_or.reduceat(f, first) if len(first) else f for f in flags)
    return np.ones(len(first)), first, flags
