"""The sentences and clauses that carry an area, chosen by a model where only what they are a part of is labelled."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Floats, Ints
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts


def choose_carriers(labelled_counts: LabelledCounts, sentences: Floats, clauses: Floats) -> LabelledCounts:
    """Return the counts with labels in which nothing is UNKNOWN.

    Of a paragraph with an area the sentence with the best score carries it, of such a sentence the best clause; nothing
    is known of the others. sentences, clauses: scores, shape (sentences, areas) and (clauses, areas).
    """
    counts = labelled_counts
    labels = _chosen(counts.labels, counts.sentence_to_paragraph, sentences)
    own = labels[counts.clause_to_sentence]
    weak = counts.clause_labels == UNKNOWN
    known = np.where(weak & (own != 1), np.int8(UNLABELLED), counts.clause_labels)
    return replace(counts, labels=labels, clause_labels=_chosen(known, counts.clause_to_sentence, clauses))


def _chosen(labels: NDArray[np.int8], group: Ints, scores: Floats) -> NDArray[np.int8]:
    """Return labels with 1 for the first best of those of a group that are UNKNOWN, UNLABELLED for its others."""
    found = np.where(labels == UNKNOWN, np.int8(UNLABELLED), labels)
    for area in range(labels.shape[1]):
        rows = np.flatnonzero(labels[:, area] == UNKNOWN)
        order = rows[np.lexsort((rows, -scores[rows, area], group[rows]))]
        found[order[np.diff(group[order], prepend=-1) != 0], area] = 1
    return found
