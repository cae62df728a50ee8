"""How counts of terms become features: idf, counts, lengths, and weights that know the areas."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import hstack

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier.model.terms import CHARACTERS
from experiments import lab, learners
from experiments.bench import Bench, Matrix, Sides, each
from experiments.clauses import additive

LEARNERS = {"nb-svm": learners.nb_svm, "chi-square": learners.best_half}


def pivoted(rows: Sides[Matrix], slope: float) -> Sides[Matrix]:
    """Return rows divided by a mixture of their length and the mean length of the labels (Singhal and others, 1996)."""
    mean = lab.lengths(rows.labels).mean()
    return each(lambda x: lab.scaled(x, (1 - slope) * mean + slope * lab.lengths(x)), rows)


def variant(
    bench: Bench,
    idf: bool = True,
    sublinear: bool = True,
    slope: float = 1.0,
    apart: bool = False,
    adding: bool = False,
    learner: str = "",
    **options: Any,
) -> lab.Outcome:
    """Return the outcome of other weights of terms."""
    counts = each(lambda part: part.counts, bench.parts)
    weights = lab.idf(counts.labels) if idf else np.ones(len(bench.terms))
    rows = each(lambda c: lab.weighed(c, weights, sublinear), counts)
    if apart:
        chars = np.array([t.startswith(CHARACTERS) for t in bench.terms])
        halves = [each(lambda x, c=c: lab.unit(x[:, np.flatnonzero(c)]), rows) for c in (chars, ~chars)]
        rows = each(lambda a, b: (hstack([a, b]) / np.sqrt(2)).tocsr(), *halves)
    else:
        rows = each(lambda c: additive(c, weights), counts) if adding else pivoted(rows, slope)
    learn = lab.per_area(partial(LEARNERS[learner], **options)) if learner else None
    return lab.standard(bench, rows, learn)


if __name__ == "__main__":
    lab.write_table(__file__, variant)
