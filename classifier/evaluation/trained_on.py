"""Which evaluated paragraphs a model was trained on, or on nearly the same: their figures are too good."""

import numpy as np

from classifier.arrays import Ints
from classifier.evaluation.duplicates import duplicates_across_folds
from classifier.labelling.labelled_counts import LabelledCounts, merge_counts


def trained_on(learned: LabelledCounts, evaluated: LabelledCounts) -> Ints:
    """Return the numbers of the evaluated paragraphs that stand among the learned ones, or nearly so; ascending.

    Headings and other short paragraphs, which may be alike by chance, are left out.
    """
    before = len(learned.reports)
    held_out = (np.arange(before + len(evaluated.reports)) >= before).astype(np.int64)
    pairs = duplicates_across_folds(merge_counts([learned, evaluated]), held_out)
    return np.unique(np.array([b - before for _, b in pairs], dtype=np.int64))
