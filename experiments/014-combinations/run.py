"""Clauses together with what else looked good, and clauses on folds dealt another way."""

import sys
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier.model import join
from classifier.model.terms import JOINT
from experiments import lab, learners
from experiments.bench import Bench, Part, Sides, each
from experiments.clauses import best_clause, clauses_of, instances
from experiments.cuts import moved

Floats = np.ndarray
LEARNERS = {"logistic": learners.logistic(5.0), "nb-svm": learners.nb_svm}


@cache
def without_pairs(bench: Bench) -> Bench:
    """Return a bench without the runs of two words."""
    columns = np.array([i for i, t in enumerate(bench.terms) if JOINT not in t])

    def kept(part: Part) -> Part:
        return replace(part, counts=part.counts[:, columns], headings=part.headings[:, columns])

    return replace(bench, terms=tuple(bench.terms[i] for i in columns), parts=each(kept, bench.parts))


@cache
def clause_scores(bench: Bench, rounds: int = 0) -> Sides[Floats]:
    """Return the best score of the clauses of each paragraph, shape (paragraphs, areas)."""
    clauses = clauses_of(bench)
    learn = instances(clauses.owner.labels, rounds)
    return best_clause(bench, clauses.owner, lab.held_out(bench, clauses.features, learn, clauses.owner))


@cache
def clauses_alone(bench: Bench) -> lab.Outcome:
    """Return the outcome of clauses beside the default sentences, nothing else changed."""
    return variant(bench)


def variant(
    bench: Bench,
    pairs: bool = True,
    averaged: str = "",
    penalty: float = join.PENALTY,
    rounds: int = 0,
    cut: str = "",
) -> lab.Outcome:
    """Return the outcome of a join that sees clauses beside sentences whose scores are made in some way."""
    bench = bench if pairs else without_pairs(bench)
    scores = lab.default_scores(bench)
    if averaged:
        others = partial(lab.held_out, bench, lab.tf_idf(bench))
        scores = learners.average(scores, others(lab.per_area(LEARNERS[averaged])))
    outcome = lab.joined(bench, lab.beside(lab.around(bench, scores), clause_scores(bench, rounds)), penalty)
    return moved(bench, outcome, cut) if cut else outcome


if __name__ == "__main__":
    lab.write_table(__file__, variant, {"clauses": clauses_alone})
