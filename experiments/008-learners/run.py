"""Which linear learner scores sentences best, and whether two of them score better than one."""

import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from experiments import lab, learners
from experiments.bench import Bench, Sides


def learner(bench: Bench, name: str, options: dict[str, Any]) -> lab.Learn:
    """Return a learner by its name."""
    if name == "chosen c":
        return learners.chosen_c(bench)
    if name == "bags":
        return learners.bags(bench)
    made = {"naive bayes": learners.naive_bayes, "nb-svm": learners.nb_svm}
    makers = {"svm": lab.svm, "logistic": learners.logistic, "sgd": learners.sgd, "ridge": learners.ridge}
    return lab.per_area(made[name] if name in made else makers[name](**options))


@cache
def scores_of(bench: Bench, name: str, **options: Any) -> Sides[np.ndarray]:
    """Return the scores of sentences by a learner."""
    return lab.held_out(bench, lab.tf_idf(bench), learner(bench, name, options))


def variant(bench: Bench, averaged: bool = False, **options: Any) -> lab.Outcome:
    """Return the outcome of a learner, or of its average with the plain one."""
    scores = scores_of(bench, options.pop("learner"), **options)
    if averaged:
        scores = learners.average(scores, lab.plain_scores(bench))
    return lab.joined(bench, lab.around(bench, scores))


if __name__ == "__main__":
    lab.write_table(__file__, variant)
