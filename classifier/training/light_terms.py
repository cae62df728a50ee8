"""Terms that weigh next to nothing in every classifier: they are left out, so that models are smaller and faster."""

from collections.abc import Sequence

import numpy as np

from classifier.arrays import Ints
from classifier.features.terms import NGRAM_PREFIX
from classifier.model.linear import ClassifierPair, LinearClassifiers

LEAST_WEIGHT = 0.12  # that the largest weight of a term must reach


def heavy_columns(classifiers: ClassifierPair, terms: Sequence[str]) -> Ints:
    """Return the columns of the terms that weigh enough, and of the n-grams that such ones begin with, ascending.

    All columns where no term does.
    """
    parts = (classifiers.sentences.weights(), classifiers.clauses.weights())
    heavy = np.logical_or(*(np.abs(part).max(axis=1, initial=0) >= LEAST_WEIGHT for part in parts))
    if not heavy.any():
        return np.arange(len(terms))
    kept = {terms[i] for i in np.flatnonzero(heavy).tolist()}
    for term in [t for t in kept if t.startswith(NGRAM_PREFIX)]:
        beginning = term[:-1]
        while len(beginning) >= len(NGRAM_PREFIX) + 2 and beginning not in kept:
            kept.add(beginning)
            beginning = beginning[:-1]
    return np.flatnonzero([term in kept for term in terms])


def take_terms(classifiers: ClassifierPair, columns: Ints) -> ClassifierPair:
    """Return the classifiers over some of their terms."""
    return ClassifierPair(
        classifiers.idf[columns],
        *(
            LinearClassifiers(part.weights()[columns], part.intercept)
            for part in (classifiers.sentences, classifiers.clauses)
        ),
    )
