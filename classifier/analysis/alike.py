"""Documents that hold the same text: a report, its copy in another format, and a repost of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.documents.fingerprints import FINGERPRINT_BINS, fingerprint
from classifier.records import Document

# Forms of one report (wrapped, traditional, with navigation around) have 0.99, one with a wrong character in a hundred
# 0.89; the reports of two years in a row of one place have at most 0.17 (138 reports of four levels).
ALIKE = 0.8
MOST_COMPARED = 50_000  # documents; their fingerprints take 26 MB
_BAND = 8  # bins; documents with the same band are compared: at likeness ALIKE 95 % of pairs, from 0.85 on 99 %
_BAND_FACTORS = np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, _BAND + 1, dtype=np.uint64)
_LAGS = (1, 2, 3)  # with how many that follow in the order of a band each is compared
_PORTION = 4096  # pairs that are compared at once


class AlikeGroup(NamedTuple):
    """Documents with nearly the same text. likeness: of the two least alike that made it a group, from ALIKE to 1."""

    names: tuple[str, ...]
    likeness: float


def alike(documents: Iterable[Document]) -> tuple[AlikeGroup, ...]:
    """Return the groups of documents that hold nearly the same text, in order.

    A document too short for a fingerprint is in no group, nor is one after the first MOST_COMPARED that have one.
    """
    names: list[str] = []
    prints: list[bytes] = []
    for document in documents:
        if (found := fingerprint(document)) and len(prints) < MOST_COMPARED:
            names.append(document.name)
            prints.append(found)
    return alike_by_fingerprint(names, prints)


def alike_by_fingerprint(names: Sequence[str], fingerprints: Sequence[bytes]) -> tuple[AlikeGroup, ...]:
    """Return the groups of documents whose fingerprints are nearly the same; each document is in one group at most."""
    if len(names) < 2:
        return ()
    prints = np.frombuffer(b"".join(fingerprints), "<u4").reshape(len(names), FINGERPRINT_BINS)
    group = list(range(len(names)))  # of each document the number of an earlier one of its group, or its own
    likeness: dict[int, float] = {}
    for a, b, estimate in _near_pairs(prints):
        first, second = sorted((_first(group, a), _first(group, b)))
        if first != second:
            group[second] = first
            likeness[first] = min(estimate, likeness.pop(second, 1.0), likeness.get(first, 1.0))
    members: dict[int, list[str]] = {}
    for i, name in enumerate(names):
        members.setdefault(_first(group, i), []).append(name)
    return tuple(AlikeGroup(tuple(found), likeness[i]) for i, found in members.items() if len(found) > 1)


def _first(group: list[int], i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = group[i]
    return i


def _near_pairs(prints: NDArray[np.uint32]) -> list[tuple[int, int, float]]:
    """Return pairs of documents with an estimated likeness of at least ALIKE, the most alike first."""
    candidates = set[tuple[int, int]]()
    for at in range(0, FINGERPRINT_BINS, _BAND):
        keys = (prints[:, at : at + _BAND] * _BAND_FACTORS).sum(axis=1)
        order = np.argsort(keys, kind="stable")
        for lag in _LAGS:
            same = np.flatnonzero(keys[order[lag:]] == keys[order[:-lag]])
            candidates.update(zip(order[same].tolist(), order[same + lag].tolist(), strict=True))
    pairs = np.array(sorted(candidates), np.int64).reshape(-1, 2)
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(pairs), _PORTION):
        part = pairs[start : start + _PORTION]
        estimates = _likeness(prints[part[:, 0]], prints[part[:, 1]])
        near = np.flatnonzero(estimates >= ALIKE)
        found += [(int(a), int(b), float(e)) for (a, b), e in zip(part[near], estimates[near], strict=True)]
    return sorted(found, key=lambda pair: (-pair[2], pair[:2]))


def _likeness(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return the share of bins that are the same, row by row, of those that are not empty in both."""
    filled = (a > 0) | (b > 0)
    return np.asarray(((a == b) & filled).sum(axis=1) / np.maximum(filled.sum(axis=1), 1), np.float64)
