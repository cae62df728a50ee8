"""Folds that keep every report whole and give each fold its share of every area."""

from collections.abc import Sequence

import numpy as np

from classifier.arrays import Bools, Floats, Ints

_TRIES = 20  # seeds, until no fold lacks an area


def deal_folds(reports: Sequence[str], targets: Bools, folds: int, seed: int, base: int = 0) -> Ints:
    """Return the fold of each paragraph, shape (paragraphs,); targets have shape (paragraphs, areas).

    base: how many paragraphs come first whose folds are those that they have without the others.

    Reports stay whole. Largest report first, each goes into the fold where the squared shares of paragraphs and of
    every area grow least. If a fold lacks an area that enough reports have, other seeds are tried, and the first of
    the best is kept. With fewer reports than two, paragraphs are dealt out one by one.
    """
    if 0 < base < len(reports) and len(set(reports[:base])) >= folds:
        return _deal_beside(deal_folds(reports[:base], targets[:base], folds, seed), reports, targets, seed)
    names, inverse, sizes = np.unique(np.array(reports), return_inverse=True, return_counts=True)
    if len(names) < 2:
        return np.random.default_rng(seed).permutation(len(reports)) % folds
    shares = np.zeros((len(names), targets.shape[1] + 1))
    np.add.at(shares[:, 1:], inverse, targets)
    shares[:, 0] = sizes
    shares /= np.maximum(shares.sum(axis=0), 1)
    best, fewest = np.zeros(0, dtype=np.int64), -1
    for attempt in range(_TRIES):
        fold = _deal(shares, sizes, min(folds, len(names)), seed + attempt)[inverse]
        lacking = len(lacking_areas(fold, reports, targets))
        if fewest < 0 or lacking < fewest:
            best, fewest = fold, lacking
        if not lacking:
            break
    return best


def _deal_beside(dealt: Ints, reports: Sequence[str], targets: Bools, seed: int) -> Ints:
    """Return the folds of all paragraphs, of which the first are dealt already; a report of theirs keeps its fold."""
    names, inverse, sizes = np.unique(np.array(reports), return_inverse=True, return_counts=True)
    shares = np.zeros((len(names), targets.shape[1] + 1))
    np.add.at(shares[:, 1:], inverse, targets)
    shares[:, 0] = sizes
    shares /= np.maximum(shares.sum(axis=0), 1)
    fold = np.full(len(names), -1, dtype=np.int64)
    fold[inverse[: len(dealt)]] = dealt
    new = np.flatnonzero(fold < 0)
    filled = np.zeros((int(dealt.max()) + 1, shares.shape[1]))
    np.add.at(filled, fold[fold >= 0], shares[fold >= 0])
    fold[new] = _deal(shares[new], sizes[new], len(filled), seed, filled)
    return fold[inverse]


def _deal(shares: Floats, sizes: Ints, folds: int, seed: int, begun: Floats | None = None) -> Ints:
    """Return the fold of each report; shares has shape (reports, things to balance), begun (folds, the same)."""
    order = np.random.default_rng(seed).permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]
    filled = np.zeros((folds, shares.shape[1])) if begun is None else begun
    fold = np.zeros(len(sizes), dtype=np.int64)
    for report in order:
        cost = ((filled + shares[report]) ** 2 - filled**2).sum(axis=1)
        fold[report] = np.argmin(np.round(cost, 12))
        filled[fold[report]] += shares[report]
    return fold


def lacking_areas(fold: Ints, reports: Sequence[str], targets: Bools) -> list[tuple[int, int]]:
    """Return the folds and areas, as pairs, where a fold has no case of an area that as many reports have as folds."""
    folds = int(fold.max()) + 1
    names = np.array(reports)
    missing = []
    for area in range(targets.shape[1]):
        if len(set(names[targets[:, area]])) >= folds:
            missing += [(f, area) for f in range(folds) if not targets[fold == f, area].any()]
    return missing
