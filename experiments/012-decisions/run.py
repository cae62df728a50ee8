"""From probabilities to areas: where to cut, and whether misses should cost more than false alarms in training."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier.model.model import CUT
from experiments import lab
from experiments.bench import FOLDS, Bench, Sides, each

Floats = np.ndarray
STEPS = np.arange(0.2, 0.801, 0.01)


def best_cut(p: Floats, truth: Floats, smooth: float) -> float:
    """Return the cut with the best F1; `smooth` is added above and below (Lin and Lin, 2023)."""
    order = np.argsort(-p, kind="stable")
    hits, said = np.cumsum(truth[order]), np.arange(1, len(p) + 1)
    k = int(np.argmax((smooth + 2 * hits) / (smooth + said + truth.sum())))
    return float(p[order[k : k + 2]].mean())


def half_of_expected(p: Floats) -> float:
    """Return half of the largest F1 that calibrated probabilities lead to expect: the best cut (Lipton, 2014)."""
    p = np.sort(p)[::-1]
    return float((2 * np.cumsum(p) / (np.arange(1, len(p) + 1) + p.sum())).max() / 2)


def one_cut(p: Floats, truth: Floats) -> float:
    """Return the cut for all areas with the best macro-F1; p and truth have shape (paragraphs, areas)."""
    said = [p >= c for c in STEPS]
    figures = [(2 * (s & truth).sum(axis=0) / (s.sum(axis=0) + truth.sum(axis=0))).mean() for s in said]
    return float(STEPS[int(np.argmax(figures))])


def cuts(name: str, p: Floats, truth: Floats, at: float) -> Floats:
    """Return the cut of each area, from probabilities and truth of other paragraphs, shape (paragraphs, areas)."""
    columns = list(zip(p.T, truth.T, strict=True))
    if name == "fixed":
        return np.full(len(columns), at)
    if name == "one":
        return np.full(len(columns), one_cut(p, truth))
    if name == "expected F1":
        return np.array([half_of_expected(x) for x, _ in columns])
    return np.array([best_cut(x, t, 1.0 if name == "smoothed F1" else 0.0) for x, t in columns])


def moved(bench: Bench, outcome: lab.Outcome, name: str, real: bool, at: float) -> lab.Outcome:
    """Return probabilities moved so that the usual cut is the one wanted; those of a fold by the other folds."""
    p, truth = outcome.scores.labels, bench.parts.labels.targets
    among = bench.real if real else np.ones(len(p), dtype=np.bool_)
    found = p.copy()
    for f in range(FOLDS):
        others = among & (bench.fold != f)
        found[bench.fold == f] += CUT - cuts(name, p[others], truth[others], at)
    last = cuts(name, p[among], truth[among], at)
    return lab.Outcome(Sides(found, each(lambda x: x + CUT - last, outcome.scores).gold))


def variant(
    bench: Bench, cut: str = "", real: bool = False, at: float = CUT, weight: float = 1.0, balanced: bool = False
) -> lab.Outcome:
    """Return the outcome of other cuts, or of training where positive cases weigh more."""
    if cut:
        return moved(bench, lab.default(bench), cut, real, at)
    if balanced:
        return lab.joined(bench, lab.around(bench, lab.default_scores(bench)), class_weight="balanced")
    return lab.standard(bench, lab.tf_idf(bench), lab.per_area(lab.svm(class_weight={True: weight})))


if __name__ == "__main__":
    lab.write_table(__file__, variant)
