"""Whether a model knows the language of a report: told by how many of its sentences it finds no area in."""

import numpy as np

from classifier.arrays import Bools, Ints

LEAST_SENTENCES = 80  # of a report, for its part of silent ones to mean anything
_LEAST_REPORTS = 20  # of so many sentences
_USUAL = 0.99  # part of the labelled reports that are within the limit


def silent_limit(predicted: Bools, report: Ints) -> float | None:
    """Return the largest part of sentences without any area that is usual in reports that the model had not seen.

    A report beyond it is unlike those that the correction was learned from, as are those of other decades, and neither
    its shares nor their intervals can be relied on. None where too few labelled reports are long enough to tell.
    predicted: shape (sentences, areas). report: the number of the report of each, shape (sentences,), from 0.
    """
    silent = np.bincount(report, ~predicted.any(axis=1))
    sentences = np.bincount(report)
    long = sentences >= LEAST_SENTENCES
    if long.sum() < _LEAST_REPORTS:
        return None
    return float(np.quantile(silent[long] / sentences[long], _USUAL))
