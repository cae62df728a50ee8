"""Folds that keep every report whole."""

from collections.abc import Sequence

import numpy as np

from classifier.model.counts import Ints


def by_report(reports: Sequence[str], folds: int, seed: int) -> Ints:
    """Return the fold of each paragraph, shape (paragraphs,): reports stay whole, folds are of similar size.

    Largest report first, into the smallest fold so far; reports of one size in seeded random order.
    With fewer reports than two, paragraphs are dealt out one by one.
    """
    names, inverse, sizes = np.unique(np.array(reports), return_inverse=True, return_counts=True)
    if len(names) < 2:
        return np.random.default_rng(seed).permutation(len(reports)) % folds
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    filled = np.zeros(min(folds, len(names)), dtype=np.int64)
    fold_of = np.zeros(len(names), dtype=np.int64)
    for report in order:
        fold_of[report] = np.argmin(filled)
        filled[fold_of[report]] += sizes[report]
    return fold_of[inverse]
