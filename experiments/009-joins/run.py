"""Which scores of its sentences tell most of a paragraph."""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from experiments import lab
from experiments.bench import FOLDS, Bench, Part, Sides, each

Floats = np.ndarray
SHARPNESS = 3.0  # of log-sum-exp
SURE = 1e-6


def per_paragraph(part: Part, values: Floats, function: Callable[[Floats], Floats]) -> Floats:
    """Return what a function gives for the sentences of each paragraph, shape (paragraphs, areas)."""
    ends = np.flatnonzero(np.diff(part.paragraph)) + 1
    return np.array([function(rows) for rows in np.split(values, ends)])


def mean_by_length(part: Part, values: Floats) -> Floats:
    """Return the mean of scores weighted by the numbers of terms; the same for all kinds of sentences."""
    size = np.asarray(part.counts.sum(axis=1)).ravel()[:, None] + 1
    whole = per_paragraph(part, size, lambda x: x.sum(axis=0))
    return per_paragraph(part, values * size, lambda x: x.sum(axis=0)) / whole


def lead(values: Floats) -> Floats:
    """Return how far each score is above the best of the other areas, shape (sentences, areas)."""
    top = np.sort(values, axis=1)
    return values - np.where(values == top[:, -1:], top[:, -2:-1], top[:, -1:])


def soft_best(rows: Floats) -> Floats:
    """Return a smooth maximum of rows."""
    return np.log(np.exp(SHARPNESS * rows).sum(axis=0)) / SHARPNESS


@cache
def sentence_probabilities(bench: Bench) -> Sides[Floats]:
    """Return probabilities of sentences from their own scores, calibrated on the other folds (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    scores = lab.plain_scores(bench)
    found = each(np.zeros_like, scores)
    fold = bench.fold[bench.parts.labels.paragraph]
    for area in range(len(bench.areas)):
        for f in range(FOLDS + 1):
            model = LogisticRegression(C=1e6)
            model.fit(scores.labels[fold != f, area, None], bench.labels[fold != f, area])
            if f < FOLDS:
                found.labels[fold == f, area] = model.predict_proba(scores.labels[fold == f, area, None])[:, 1]
        for name, x in scores.gold.items():
            found.gold[name][:, area] = model.predict_proba(x[:, area, None])[:, 1]
    return found


@cache
def noisy_or(bench: Bench) -> Sides[Floats]:
    """Return the probability that at least one sentence has the area, sentences taken as independent."""

    def none(part: Part, p: Floats) -> Floats:
        return 1 - per_paragraph(part, 1 - np.where(part.empty[:, None], 0, p), lambda x: x.prod(axis=0))

    return each(none, bench.parts, sentence_probabilities(bench))


def log_odds(p: Floats) -> Floats:
    """Return ln(p / (1 - p)), bounded."""
    p = np.clip(p, SURE, 1 - SURE)
    return np.log(p / (1 - p))


@cache
def block(bench: Bench, name: str) -> Sides[Floats]:
    """Return one block of features of paragraphs."""
    scores, around = lab.plain_scores(bench), lab.around(bench, lab.plain_scores(bench))
    areas = len(bench.areas)
    of_around = {"around": slice(None), "best": slice(areas), "mean": slice(areas, 2 * areas), "size": slice(-1, None)}
    if name in of_around:
        return each(lambda x: x[:, of_around[name]], around)
    if name == "noisy or":
        return each(log_odds, noisy_or(bench))
    if name == "mean by length":
        return each(mean_by_length, bench.parts, scores)
    if name == "lead":
        return each(lambda part, x: per_paragraph(part, lead(x), lambda r: r.max(axis=0)), bench.parts, scores)
    reduce: dict[str, Callable[[Floats], Floats]] = {
        "top two": lambda r: np.sort(r, axis=0)[-2:].mean(axis=0),
        "second": lambda r: np.sort(r, axis=0)[-2:][0],
        "soft best": soft_best,
        "over": lambda r: np.log1p((r > 0).sum(axis=0)),
    }
    return each(lambda part, x: per_paragraph(part, x, reduce[name]), bench.parts, scores)


def own(bench: Bench, names: Sequence[str]) -> Sides[Floats]:
    """Return features that each area has for itself, shape (paragraphs, areas, features)."""
    shape = (1, len(bench.areas))
    blocks = [block(bench, n.removeprefix("own ")) for n in names]
    return each(lambda *x: np.stack([b * np.ones(shape) for b in x], axis=2), *blocks)


def variant(bench: Bench, see: list[str], penalty: float = lab.PENALTY) -> lab.Outcome:
    """Return the outcome of a join that sees some blocks; without any, that of noisy-or by itself."""
    if not see:
        return lab.Outcome(noisy_or(bench))
    features = own(bench, see) if see[0].startswith("own") else lab.beside(*(block(bench, n) for n in see))
    return lab.joined(bench, features, penalty)


if __name__ == "__main__":
    lab.write_table(__file__, variant)
