import numpy as np

from classifier.evaluation.duplicates import duplicates_across_folds
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet
from classifier.settings import Settings


def test_near_duplicates_across_folds_are_found(small_set: LabelledSet) -> None:
    counted = count_labels(small_set.examples, small_set.taxonomy.areas, {}, Settings())
    found = duplicates_across_folds(counted, np.arange(len(counted.reports)))
    assert found == [(a, b) for a, b in found if a < b]
    assert duplicates_across_folds(counted, np.zeros(len(counted.reports), dtype=np.int64)) == []
