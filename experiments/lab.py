"""A bench for trying out classifiers, faster than training the product anew, with the same folds for all variants.

The protocol. Figures are of the real paragraphs. Five folds keep reports whole and are those of
`classify evaluate --cv 5`. Terms and idf are of all labels; they do not see areas. A sentence is scored by a classifier
that never saw its report. The join of a fold is fitted on the held-out scores of the other four, so it never saw the
reports it is used on either; but the classifiers behind those scores did learn from them, which the product's own
strict cross-validation (terms, idf, classifiers and join inside each fold) rules out. 006 says what that makes.
The reference is not what is shipped but the plain model: sentences alone, single words and runs of one to four
characters, linear machines, a join over best and mean scores and the number of sentences with a ridge of 0.3. Variants
are compared with it by a paired bootstrap and by swapping answers, both over whole reports. The gold is scored by
classifiers and joins of all labels; it confirms, and nothing is fitted or chosen on it.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import diags

from classifier import api
from classifier.evaluation.comparison import compare
from classifier.evaluation.metrics import area_figures, macro
from classifier.evaluation.runs import Run
from classifier.model.counts import Bools, Floats, Ints
from classifier.model.scoring import best_of
from experiments import common
from experiments.bench import FOLDS, Bench, Matrix, Part, Sides, each, extract_bench, other_folds, text_bench

CACHE = common.PROJECT.parent / "lab-cache"  # finished variants, so that a broken run goes on; delete to run anew
PENALTY = 0.3  # inverse strength of the ridge of the plain model's join
PLAIN = "plain"
BENCHES: dict[str, Callable[[], Bench]] = {
    "extract": extract_bench,
    "text": text_bench,
    "extract, other folds": lambda: other_folds(extract_bench()),
}

Score = Callable[[Matrix], Floats]  # rows to scores, shape (rows, areas)
Learn = Callable[[Matrix, Bools, Ints], Score]  # rows, labels of shape (rows, areas), which rows of all these are
Binary = Callable[[Matrix, Bools], tuple[Floats, float]]  # rows and labels, shape (rows,), to weights and intercept


# Features


def idf(counts: Matrix) -> Floats:
    """Return the smoothed inverse document frequency of each column, as the product has it."""
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + np.bincount(counts.indices, minlength=counts.shape[1]))) + 1)


def weighed(counts: Matrix, weights: Floats, sublinear: bool = True) -> Matrix:
    """Return tf-idf rows, not yet of unit length."""
    rows = counts.astype(np.float64)
    rows.data = (1 + np.log(rows.data) if sublinear else rows.data) * weights[rows.indices]
    return rows


def lengths(rows: Matrix) -> Floats:
    """Return the length of each row, shape (rows,)."""
    return np.asarray(np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel()))


def scaled(rows: Matrix, by: Floats) -> Matrix:
    """Return rows divided by numbers; a row with 0 stays."""
    return (diags(1 / np.where(by > 0, by, 1)) @ rows).tocsr()


def unit(rows: Matrix) -> Matrix:
    """Return rows of length 1."""
    return scaled(rows, lengths(rows))


def tf_idf(bench: Bench, columns: Bools | None = None) -> Sides[Matrix]:
    """Return the product's features of all sentences, or those of the columns that are marked, shape (terms,)."""
    chosen = np.flatnonzero(columns) if columns is not None else slice(None)
    counts = each(lambda part: part.counts[:, chosen], bench.parts)
    weights = idf(counts.labels)
    return each(lambda c: unit(weighed(c, weights)), counts)


# Learners


def per_area(fit: Binary) -> Learn:
    """Return a learner that fits one linear classifier for each area."""

    def learn(rows: Matrix, labels: Bools, _: Ints) -> Score:
        fitted = [fit(rows, column) for column in labels.T]
        coef, intercept = np.array([w for w, _ in fitted]).T, np.array([b for _, b in fitted])
        return lambda matrix: np.asarray(matrix @ coef + intercept)

    return learn


def svm(c: float = 0.5, **options: Any) -> Binary:
    """Return the linear support vector machine of the product, or one with other options."""

    def fit(rows: Matrix, positive: Bools) -> tuple[Floats, float]:
        from sklearn.svm import LinearSVC

        machine = LinearSVC(**{"C": c, "tol": 1e-4, "max_iter": 20_000, "random_state": 0, "dual": True, **options})
        machine.fit(rows, positive)
        return machine.coef_[0], float(machine.intercept_[0])

    return fit


def held_out(
    bench: Bench,
    features: Sides[Matrix],
    learn: Learn | None = None,
    owner: Sides[Ints] | None = None,
    testing: Sides[Matrix] | None = None,
) -> Sides[Floats]:
    """Return scores of rows, each by a classifier that never saw its report; those of the gold by one of all labels.

    owner: the sentence of each row, where rows are not sentences; a row has the labels of its sentence.
    testing: features to score with, where they differ from those to learn from.
    """
    learn, testing = learn or per_area(svm()), testing or features
    own = np.arange(len(bench.labels)) if owner is None else owner.labels
    fold = bench.fold[bench.parts.labels.paragraph[own]]
    scores = np.zeros((len(own), len(bench.areas)))
    for f in range(FOLDS + 1):
        seen = np.flatnonzero(fold != f)
        score = learn(features.labels[seen], bench.labels[own[seen]], seen)
        if f < FOLDS:
            scores[fold == f] = score(testing.labels[fold == f])
    return Sides(scores, {name: score(matrix) for name, matrix in testing.gold.items()})


@cache
def plain_scores(bench: Bench) -> Sides[Floats]:
    """Return the scores of sentences with the plain features and learner."""
    return held_out(bench, tf_idf(bench))


# Paragraphs


def around(bench: Bench, scores: Sides[Floats]) -> Sides[Floats]:
    """Return what the plain join sees of each paragraph: best and mean scores, and ln of the sentences."""

    def gathered(part: Part, values: Floats) -> Floats:
        values, own, shape = values[~part.empty], part.paragraph[~part.empty], part.targets.shape
        sizes = np.maximum(np.bincount(own, minlength=shape[0]), 1)[:, None]
        sums = np.zeros(shape)
        np.add.at(sums, own, values)
        return np.hstack([best_of(values, own, shape[0], np.zeros(shape[1])), sums / sizes, np.log(sizes)])

    return each(gathered, bench.parts, scores)


def beside(*blocks: Sides[Floats]) -> Sides[Floats]:
    """Return several features of paragraphs side by side."""
    return each(lambda *values: np.hstack(values), *blocks)


@dataclass(frozen=True, eq=False)
class Outcome:
    """Probabilities of paragraphs, shape (paragraphs, areas): of the labels held out, of the gold by all labels."""

    scores: Sides[Floats]


def joined(bench: Bench, features: Sides[Floats], penalty: float = PENALTY, **options: Any) -> Outcome:
    """Fit the logistic join crosswise on features of paragraphs.

    features: shape (paragraphs, features), or (paragraphs, areas, features) where areas have their own.
    """
    from sklearn.linear_model import LogisticRegression

    targets = bench.parts.labels.targets
    found = each(lambda part: np.zeros(part.targets.shape), bench.parts)
    for area in range(len(bench.areas)):
        own = each(lambda x, a=area: x if x.ndim == 2 else x[:, a], features)
        for f in range(FOLDS + 1):
            model = LogisticRegression(**{"C": penalty, "solver": "newton-cholesky", "max_iter": 200, **options})
            model.fit(own.labels[bench.fold != f], targets[bench.fold != f, area])
            if f < FOLDS:
                found.labels[bench.fold == f, area] = model.predict_proba(own.labels[bench.fold == f])[:, 1]
        for name, x in own.gold.items():
            found.gold[name][:, area] = model.predict_proba(x)[:, 1]
    return Outcome(found)


def standard(bench: Bench, features: Sides[Matrix], learn: Learn | None = None) -> Outcome:
    """Return the outcome of features and a learner with the plain join."""
    return joined(bench, around(bench, held_out(bench, features, learn)))


@cache
def plain(bench: Bench) -> Outcome:
    """Return the outcome of the plain model."""
    return joined(bench, around(bench, plain_scores(bench)))


# Figures


def run_of(bench: Bench, part: Part, scores: Floats, chosen: Bools) -> Run:
    """Return what was true and predicted of the paragraphs that are marked."""
    reports = tuple(r for r, c in zip(part.reports, chosen, strict=True) if c)
    return Run(tuple(a.id for a in bench.areas), part.targets[chosen], scores[chosen], reports)


def figures(bench: Bench, outcome: Outcome, reference: Outcome | None) -> dict[str, Any]:
    """Return the figures of an outcome on real paragraphs and on gold, and what it differs from a reference."""
    core = np.array([a.core for a in bench.areas])

    def both(run: Run) -> list[float]:
        found = area_figures(run.truth, run.predicted)
        return [round(macro(found).f1, 4), round(macro(found, core).f1, 4)]

    part = bench.parts.labels
    run = run_of(bench, part, outcome.scores.labels, bench.real)
    row: dict[str, Any] = {"real": both(run)}
    for name, gold in bench.parts.gold.items():
        row[name] = both(run_of(bench, gold, outcome.scores.gold[name], np.ones(len(gold.reports), dtype=np.bool_)))
    if reference is not None:
        other = run_of(bench, part, reference.scores.labels, bench.real)
        row["difference, all"], row["difference, core"] = difference(run, other), difference(run, other, core)
    return row


def difference(run: Run, other: Run, areas: Bools | None = None) -> list[float]:
    """Return the difference in macro-F1 of a run to another, the ends of its interval, and p."""
    d = compare(run, other, 0, areas)
    return [round(v, 4) for v in (d.difference, d.interval.low, d.interval.high, d.p)]


def against(bench: Bench, outcome: Outcome, other: Outcome) -> list[float]:
    """Return the difference of two outcomes on real paragraphs."""
    part = bench.parts.labels
    first, second = (run_of(bench, part, o.scores.labels, bench.real) for o in (outcome, other))
    return difference(first, second)


def write_table(
    script: str, variant: Callable[..., Outcome], others: Mapping[str, Callable[[Bench], Outcome]] | None = None
) -> None:
    """Measure each variant that settings.toml names, and write report.json; finished ones are taken from the cache.

    Variants marked `earlier` keep the rows that the report has, with the data that they were measured on.

    variant: takes a bench, and the options of settings.toml less `on`, the bench that the variant is measured on.
    others: what variants are compared with beside the plain model, by name.
    """
    common.need_shared()
    load, digest = cache(lambda on: BENCHES[on]()), api.training_set([common.LABELS]).digest()
    place = CACHE / f"{Path(script).parent.name}.json"
    place.parent.mkdir(exist_ok=True)
    known: dict[str, Any] = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}

    def row(name: str, key: Mapping[str, Any], measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        about = {"data": digest, **key}
        if known.get(name, {}).get("about") != about:
            begun = time.monotonic()
            known[name] = {"about": about, "row": measure()}
            place.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
            print(f"{name} {known[name]['row']} {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
        return dict(known[name]["row"])

    rows = common.earlier_rows(script)
    for name, options in common.settings_of(script)["variants"].items():
        if options.get("earlier"):
            rows[name] = rows.pop(name)  # to its place among the others
            continue
        on = options.get("on", "extract")
        rest = {k: v for k, v in options.items() if k != "on"}
        base = f"{PLAIN}, {on}"
        rows.setdefault(base, row(base, {}, lambda on=on: figures(load(on), plain(load(on)), None)))  # type: ignore[misc]

        def measure(on: str = on, rest: dict[str, Any] = rest) -> dict[str, Any]:
            outcome = variant(load(on), **rest)
            beside = {f"to {n}": against(load(on), outcome, other(load(on))) for n, other in (others or {}).items()}
            return figures(load(on), outcome, plain(load(on))) | beside

        rows[name] = {"on": on, **row(name, options, measure)}
    lab = b"".join(Path(__file__).with_name(n).read_bytes() for n in ("bench.py", "lab.py"))
    common.write_report(script, {"lab": hashlib.sha256(lab).hexdigest(), "rows": rows})
