"""What headings, the first sentence and the scores around it add to a sentence, found by experiment.

`python -m experiments.022-sentence-context.run` from the top of a checkout.

Plain support vector machines on the sentences of the extract, with blocks of other counts beside the sentence's own.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from classifier import area_figures, load_training_set, macro
from experiments.bench import PROJECT, commit, rounded, say

FOLDER = Path(__file__).parent


def main() -> None:
    """Measure each combination of blocks on held-out reports and write report.json."""
    settings = tomllib.loads((FOLDER / "settings.toml").read_text(encoding="utf-8"))
    head = commit()
    training = load_training_set([PROJECT / settings["labels"]])
    (named,) = training.extracts
    counted, core = named.extract.labelled_counts, np.array([a.core for a in training.labelled.taxonomy.areas])
    generator = np.random.default_rng(settings["seed"])
    names = sorted(set(counted.reports))
    fold_of = dict(zip(names, generator.permutation(len(names)) % settings["folds"], strict=True))
    paragraph = counted.sentence_to_paragraph
    fold = np.array([fold_of[counted.reports[p]] for p in paragraph])
    y = counted.labels == 1
    own = matrix(counted.sentence_counts)
    first = np.flatnonzero(np.diff(paragraph, prepend=-1))
    is_first = np.zeros(len(paragraph), dtype=bool)
    is_first[first] = True
    weights = np.log((1 + own.shape[0]) / (1 + np.bincount(own.indices, minlength=own.shape[1]))) + 1
    own = tf_idf(own, weights)
    lead = tf_idf_rows(own, first[paragraph], ~is_first)
    heading = tf_idf(matrix(named.extract.headings), weights)[paragraph]
    none = np.zeros(len(paragraph))
    kept = (generator.random(len(counted.reports)) >= settings["dropped"])[paragraph].astype(float)
    h, le = settings["heading"], settings["lead"]
    variants: dict[str, tuple[list[Any], list[Any]]] = {
        "the sentence alone": ([own], [own]),
        "and headings": ([own, h * heading], [own, h * heading]),
        "and the first sentence": ([own, le * lead], [own, le * lead]),
        "and both": ([own, h * heading, le * lead], [own, h * heading, le * lead]),
        "and both, headings dropped at random": (
            [own, h * scaled(heading, kept), le * lead],
            [own, h * heading, le * lead],
        ),
    }
    rows: dict[str, Any] = {}
    for name, (learned, seen) in variants.items():
        say(name)
        without = [seen[0], scaled(seen[1], none), seen[2]] if "both" in name else None
        scores, bare = cross_validate(learned, seen, without, y, fold, settings)
        rows[name] = figures(y, calibrated(scores, None, y, fold), core)
        if without is not None:
            rows[f"{name}; measured without headings"] = figures(y, calibrated(scores, bare, y, fold), core)
        rows[f"{name}; and a logistic over the scores around"] = figures(
            y, stacked(scores, y, fold, paragraph, first), core
        )
        say(json.dumps(rows[name]))
    report = {
        "commit": head,
        "data": training.digest(),
        "settings": settings,
        "results": {"sentences": len(y), "reports": len(names), "variants": rows},
    }
    (FOLDER / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def matrix(counts: Any) -> Any:
    """Return counts as a scipy matrix."""
    return csr_matrix((counts.data, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))


def tf_idf(counts: Any, weights: Any) -> Any:
    """Return rows of length 1 of the logarithms of counts, weighed by terms."""
    values = counts.astype(float)
    values.data = (1 + np.log(values.data)) * weights[values.indices]
    lengths = np.sqrt(np.asarray(values.multiply(values).sum(axis=1)).ravel())
    return scaled(values, 1 / np.where(lengths > 0, lengths, 1))


def tf_idf_rows(values: Any, row: Any, wanted: Any) -> Any:
    """Return for each sentence the row of another one, empty where it is not wanted."""
    return scaled(values[row], wanted.astype(float))


def scaled(values: Any, factors: Any) -> Any:
    """Return the rows of a matrix, each times its factor."""
    result = values.copy()
    result.data = result.data * np.repeat(factors, np.diff(result.indptr))
    result.eliminate_zeros()
    return result


def cross_validate(learned: Any, seen: Any, without: Any, y: Any, fold: Any, settings: Any) -> tuple[Any, Any]:
    """Return the scores of held-out sentences, with all blocks and, where given, with other blocks instead."""
    x, z = hstack(learned).tocsr(), hstack(seen).tocsr()
    other = hstack(without).tocsr() if without is not None else None
    scores, bare = np.zeros(y.shape), np.zeros(y.shape)
    for f in np.unique(fold):
        out = fold == f
        for area in range(y.shape[1]):
            machine = LinearSVC(C=settings["c"], tol=1e-3, random_state=0, dual=True).fit(x[~out], y[~out, area])
            scores[out, area] = machine.decision_function(z[out])
            if other is not None:
                bare[out, area] = machine.decision_function(other[out])
        say(f"fold {f}")
    return scores, bare


def calibrated(scores: Any, others: Any, y: Any, fold: Any) -> Any:
    """Return the decisions of a logistic of the own score alone, on those of `others` where they are given."""
    found = np.zeros(y.shape, dtype=bool)
    for area in range(y.shape[1]):
        for f in np.unique(fold):
            out = fold == f
            model = LogisticRegression(C=1.0).fit(scores[~out][:, [area]], y[~out, area])
            found[out, area] = model.predict((scores if others is None else others)[out][:, [area]])
    return found


def stacked(scores: Any, y: Any, fold: Any, paragraph: Any, first: Any) -> Any:
    """Return the decisions of a logistic over the scores of a sentence, its first one, its neighbours and the mean."""
    sums = np.add.reduceat(scores, first, axis=0)
    sizes = np.bincount(paragraph)[:, None]
    same_before = np.r_[False, np.diff(paragraph) == 0][:, None]
    same_after = np.r_[np.diff(paragraph) == 0, False][:, None]
    before = np.where(same_before, np.roll(scores, 1, axis=0), -1)
    after = np.where(same_after, np.roll(scores, -1, axis=0), -1)
    found = np.zeros(y.shape, dtype=bool)
    for area in range(y.shape[1]):
        own = (scores, before[:, [area]], after[:, [area]], scores[first[paragraph]][:, [area]])
        x = np.hstack([*own, (sums / sizes)[paragraph][:, [area]]])
        for f in np.unique(fold):
            out = fold == f
            model = LogisticRegression(C=1.0, solver="newton-cholesky", max_iter=200).fit(x[~out], y[~out, area])
            found[out, area] = model.predict(x[out])
    return found


def figures(truth: Any, predicted: Any, core: Any) -> dict[str, float | None]:
    """Return macro-F1 over all areas and over the core ones."""
    found = area_figures(truth, predicted)
    mean = macro(found)
    return {
        "all": rounded(mean.f1),
        "core": rounded(macro(found, core).f1),
        "precision": rounded(mean.precision),
        "recall": rounded(mean.recall),
    }


if __name__ == "__main__":
    main()
