"""What training costs: against one plain fit of the same sentences, and as the labels grow."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # before numpy is loaded: seconds of one processor are compared

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.extracts.joining import count
from classifier.model.counted import Counted, frequent_terms, keep_terms, take_paragraphs
from classifier.model.counts import Counts, stack
from classifier.model.settings import Settings
from classifier.model.training import train
from classifier.model.weighting import idf, tf_idf
from experiments import common

T = TypeVar("T")


def main() -> None:
    """Train on the shipped labels, fit plainly, and train on growing sets made of the same reports."""
    given = common.settings_of(__file__)
    settings = Settings()
    words = api.policy_words(settings)
    labelled = api.training_set([common.LABELS])
    counting, counted = timed(lambda: count(labelled, words, settings))
    areas = labelled.labelled.taxonomy.areas
    training, _ = timed(lambda: train(counted, areas, words, settings))
    plain, _ = timed(lambda: fit_plainly(counted, settings))
    shipped = {
        "sentences": counted.counts.rows,
        "terms": len(counted.terms),
        "counting": counting,
        "training": training,
        "plain fit": plain,
        "ratio": round(training / plain, 2),
    }
    print(shipped, file=sys.stderr, flush=True)
    curve: list[dict[str, Any]] = []
    generator = np.random.default_rng(given["seed"])
    for size in given["sizes"]:
        drawn = bootstrap(counted, size, given["dropped"], generator)
        fewer = replace(settings, folds=given["folds"])
        seconds, _ = timed(lambda drawn=drawn, fewer=fewer: train(drawn, areas, words, fewer))  # type: ignore[misc]
        plain, _ = timed(lambda drawn=drawn, fewer=fewer: fit_plainly(drawn, fewer))  # type: ignore[misc]
        curve.append(
            {
                "sentences": drawn.counts.rows,
                "reports": len(set(drawn.reports)),
                "entries": entries(drawn, settings),
                "training": seconds,
                "plain fit": plain,
            }
        )
        print(curve[-1], file=sys.stderr, flush=True)
    exponents = {
        f"{of} by {by}": exponent(curve, by, of)
        for of in ("training", "plain fit", "entries")
        for by in ("sentences", "entries")
        if of != by
    }
    common.write_report(__file__, {"shipped": shipped, "curve": curve, "exponents": exponents})


def exponent(curve: list[dict[str, Any]], by: str, of: str) -> float:
    """Return the slope of a curve whose both axes are logarithms."""
    logs = np.log([[c[by], c[of]] for c in curve])
    return round(float(np.polyfit(logs[:, 0], logs[:, 1], 1)[0]), 3)


def entries(counted: Counted, settings: Settings) -> int:
    """Return how many counts of sentences training keeps: with more text, more terms are frequent enough."""
    kept = keep_terms(counted, frequent_terms(counted, settings.min_sentences, settings.min_reports))
    return len(kept.counts.indices)


def timed(task: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of processor time that a task takes, and what it gives."""
    begin = time.process_time()
    found = task()
    return round(time.process_time() - begin, 1), found


def fit_plainly(counted: Counted, settings: Settings) -> None:
    """Fit logistic regressions on the tf-idf of the same sentences and terms."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    kept = keep_terms(counted, frequent_terms(counted, settings.min_sentences, settings.min_reports))
    counts = kept.counts
    values = tf_idf(counts, idf(counts), settings.sublinear)
    matrix = csr_matrix((values, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))
    OneVsRestClassifier(LogisticRegression(C=10, max_iter=1000)).fit(matrix, kept.labels == 1)


def bootstrap(counted: Counted, sentences: int, dropped: float, generator: np.random.Generator) -> Counted:
    """Return all reports again and again, in a new order under new names and with some terms lost, up to a size."""
    names = sorted(set(counted.reports))
    parts: list[Counted] = []
    done = 0
    while done < sentences:
        for name in generator.permutation(names):
            part = take_paragraphs(counted, np.array([r == name for r in counted.reports]))
            lossy = replace(part, clauses=thinned(part.clauses, dropped, generator))
            parts.append(replace(lossy, reports=tuple(f"{r}-{len(parts)}" for r in part.reports)))
            done += len(part.paragraph)
            if done >= sentences:
                break
    return together(parts)


def together(parts: list[Counted]) -> Counted:
    """Return parts that have the same terms as one; `merge` would unite the terms of hundreds of parts."""
    first = parts[0]
    every = np.arange(len(first.terms))
    sentences = np.cumsum([0] + [len(part.paragraph) for part in parts])
    before = np.cumsum([0] + [len(part.reports) for part in parts])
    return Counted(
        terms=first.terms,
        clauses=stack([part.clauses for part in parts], [every] * len(parts), len(every)),
        sentence=np.concatenate([part.sentence + n for part, n in zip(parts, sentences, strict=False)]),
        paragraph=np.concatenate([part.paragraph + n for part, n in zip(parts, before, strict=False)]),
        labels=np.concatenate([part.labels for part in parts]),
        targets=np.concatenate([part.targets for part in parts]),
        reports=tuple(report for part in parts for report in part.reports),
    )


def thinned(counts: Counts, dropped: float, generator: np.random.Generator) -> Counts:
    """Return counts of which each is left out with a chance."""
    kept = generator.random(len(counts.indices)) >= dropped
    rows = np.bincount(counts.row_of_entry()[kept], minlength=counts.rows)
    indptr = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    return Counts(indptr, counts.indices[kept], counts.data[kept], counts.columns)


if __name__ == "__main__":
    main()
