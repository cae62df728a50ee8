"""Which words grew and shrank between two texts: log-odds ratios with an informative prior."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

PRIOR_WEIGHT = 500.0  # words that the prior counts as; the two texts together say how they are distributed
LEAST_COUNT = 3  # in both texts together


class ChangedWord(NamedTuple):
    """A word, how often it stands in the first text and in the second, and the z-score of its change."""

    word: str
    first: int
    second: int
    z: float


def changed_words(first: Iterable[str], second: Iterable[str]) -> list[ChangedWord]:
    """Return all words that stand at least LEAST_COUNT times, the most certainly grown first.

    z is the difference of the log-odds of both texts, each smoothed by a Dirichlet prior with the words of both, over
    its standard deviation (Monroe, Colaresi and Quinn 2008, Fightin' Words, formulas 16, 20 and 22).
    """
    a, b = Counter(first), Counter(second)
    both = a + b
    total = both.total()
    words = sorted(word for word, n in both.items() if n >= LEAST_COUNT)
    if not words:
        return []
    counts = np.array([[a[word], b[word]] for word in words], dtype=np.float64)
    prior = PRIOR_WEIGHT * counts.sum(axis=1, keepdims=True) / total
    smoothed = counts + prior
    sums = np.array([a.total(), b.total()]) + PRIOR_WEIGHT
    log_odds = np.log(smoothed / (sums - smoothed))
    z = (log_odds[:, 1] - log_odds[:, 0]) / np.sqrt((1 / smoothed).sum(axis=1))
    order = np.lexsort((words, -z))
    return [ChangedWord(words[i], a[words[i]], b[words[i]], float(z[i])) for i in order.tolist()]
