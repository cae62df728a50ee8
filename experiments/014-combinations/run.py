"""Clauses together with what else looked good, and clauses on folds dealt another way."""

import sys
from functools import cache, partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from experiments import lab, learners
from experiments.bench import Bench, Sides
from experiments.clauses import best_clause, clauses_of, instances
from experiments.cuts import moved

Floats = np.ndarray
LEARNERS = {"logistic": learners.logistic(5.0), "nb-svm": learners.nb_svm}


@cache
def clause_scores(bench: Bench, rounds: int = 0) -> Sides[Floats]:
    """Return the best score of the clauses of each paragraph, shape (paragraphs, areas)."""
    clauses = clauses_of(bench)
    learn = instances(clauses.owner.labels, rounds)
    return best_clause(bench, clauses.owner, lab.held_out(bench, clauses.features, learn, clauses.owner))


@cache
def clauses_alone(bench: Bench) -> lab.Outcome:
    """Return the outcome of clauses beside the plain sentences, nothing else changed."""
    return variant(bench)


def variant(
    bench: Bench,
    averaged: str = "",
    penalty: float = lab.PENALTY,
    rounds: int = 0,
    cut: str = "",
) -> lab.Outcome:
    """Return the outcome of a join that sees clauses beside sentences whose scores are made in some way."""
    scores = lab.plain_scores(bench)
    if averaged:
        others = partial(lab.held_out, bench, lab.tf_idf(bench))
        scores = learners.average(scores, others(lab.per_area(LEARNERS[averaged])))
    outcome = lab.joined(bench, lab.beside(lab.around(bench, scores), clause_scores(bench, rounds)), penalty)
    return moved(bench, outcome, cut) if cut else outcome


if __name__ == "__main__":
    lab.write_table(__file__, variant, {"clauses": clauses_alone})
