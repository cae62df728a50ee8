"""What a label of a paragraph would teach: the model's doubt, the rarity of the areas in doubt, and unknown words."""

from collections.abc import Iterable, Sequence

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.features.terms import is_word_of_signs
from classifier.features.tokenizer import Tokenize, segments

# What nothing but unknown words add to a worth, as a share of it; at a probability of 0.5 it is the area's rarity.
NOVELTY_WEIGHT = 0.5
_LEAST_WORD = 2  # characters; single ones are parts of names


def uncertainties(probabilities: Floats) -> Floats:
    """Return 1 at a probability of 0.5, and 0 where it is 0 or 1; same shape.

    One minus the margin between yes and no (Settles 2009, section 3.1); it falls as the logit moves away from 0.
    """
    return 1 - np.abs(2 * probabilities - 1)


def rarities(counts: Ints) -> Floats:
    """Return the weight of each area by how many labels have it, shape (areas,), with a mean of 1.

    The weight falls with the square root of the count, so that an area with a quarter of the labels weighs double.
    """
    weights = 1 / np.sqrt(counts + 1.0)
    found: Floats = weights / weights.mean()
    return found


def worths(probabilities: Floats, rarity: Floats, novelty: Floats) -> Floats:
    """Return what a label of each paragraph is worth, shape (paragraphs,): its greatest doubt, more for unknown words.

    probabilities: shape (paragraphs, areas). rarity: shape (areas,). novelty: the share of unknown words of each.
    """
    doubt: Floats = (uncertainties(probabilities) * rarity).max(axis=1, initial=0)
    return doubt * (1 + NOVELTY_WEIGHT * novelty)


def unknown_words(
    sentences: Iterable[str], known: Sequence[str] | dict[str, int], tokenize: Tokenize, mask_numbers: bool
) -> tuple[tuple[str, ...], float]:
    """Return the words of normalized sentences that are not known, each once, longest first, and their share.

    The share is that of the characters in words of two characters and more; 0 where there are no such words.
    """
    words = [
        word
        for sentence in sentences
        for segment in segments(sentence, mask_numbers)
        for word in tokenize(segment)
        if len(word) >= _LEAST_WORD and not is_word_of_signs(word) and not word.isdigit()
    ]
    new = [word for word in words if word not in known]
    all_characters = sum(map(len, words))
    share = sum(map(len, new)) / all_characters if all_characters else 0.0
    return tuple(sorted(dict.fromkeys(new), key=len, reverse=True)), share
