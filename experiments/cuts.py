"""Where to cut probabilities, found on paragraphs of other folds."""

import numpy as np

from classifier.model.counts import Bools, Floats
from classifier.model.model import CUT
from experiments import lab
from experiments.bench import FOLDS, Bench, Sides, each

STEPS = np.arange(0.2, 0.801, 0.01)


def best_cut(p: Floats, truth: Bools, smooth: float) -> float:
    """Return the cut with the best F1; `smooth` is added above and below (Lin and Lin, 2023)."""
    order = np.argsort(-p, kind="stable")
    hits, said = np.cumsum(truth[order]), np.arange(1, len(p) + 1)
    k = int(np.argmax((smooth + 2 * hits) / (smooth + said + truth.sum())))
    return float(p[order[k : k + 2]].mean())


def half_of_expected(p: Floats) -> float:
    """Return half of the largest F1 that calibrated probabilities lead to expect: the best cut (Lipton, 2014)."""
    p = np.sort(p)[::-1]
    return float((2 * np.cumsum(p) / (np.arange(1, len(p) + 1) + p.sum())).max() / 2)


def one_cut(p: Floats, truth: Bools) -> float:
    """Return the cut for all areas with the best macro-F1; p and truth have shape (paragraphs, areas)."""
    said = [p >= c for c in STEPS]
    figures = [(2 * (s & truth).sum(axis=0) / (s.sum(axis=0) + truth.sum(axis=0))).mean() for s in said]
    return float(STEPS[int(np.argmax(figures))])


def cuts(name: str, p: Floats, truth: Bools, at: float) -> Floats:
    """Return the cut of each area, from probabilities and truth of other paragraphs, shape (paragraphs, areas)."""
    columns = list(zip(p.T, truth.T, strict=True))
    if name == "fixed":
        return np.full(len(columns), at)
    if name == "one":
        return np.full(len(columns), one_cut(p, truth))
    if name == "expected F1":
        return np.array([half_of_expected(x) for x, _ in columns])
    return np.array([best_cut(x, t, 1.0 if name == "smoothed F1" else 0.0) for x, t in columns])


def moved(bench: Bench, outcome: lab.Outcome, name: str, real: bool = False, at: float = CUT) -> lab.Outcome:
    """Return probabilities moved so that the usual cut is the one wanted; those of a fold by the other folds."""
    p, truth = outcome.scores.labels, bench.parts.labels.targets
    among = bench.real if real else np.ones(len(p), dtype=np.bool_)
    found = p.copy()
    for f in range(FOLDS):
        others = among & (bench.fold != f)
        found[bench.fold == f] += CUT - cuts(name, p[others], truth[others], at)
    last = cuts(name, p[among], truth[among], at)
    return lab.Outcome(Sides(found, each(lambda x: x + CUT - last, outcome.scores).gold))
