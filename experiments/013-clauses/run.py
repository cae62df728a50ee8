"""What a second classifier over the clauses of sentences adds to the join."""

import sys
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from classifier.model import join, linear
from classifier.model.model import CUT
from experiments import lab
from experiments.bench import Bench, Sides, each
from experiments.clauses import ROUNDS, SIGNS, Weigh, additive, best_clause, clauses_of, instances, plainly
from experiments.cuts import moved


def clause_scores(
    bench: Bench, signs: str, least: int, rounds: int, others: bool, c: float, weigh: Weigh
) -> Sides[np.ndarray]:
    """Return the best score of the clauses of each paragraph; with fewer rounds than 0 by the sentence classifier."""
    clauses = clauses_of(bench, signs, least, weigh)
    if rounds >= 0:
        learn = instances(clauses.owner.labels, rounds, others, c)
        return best_clause(bench, clauses.owner, lab.held_out(bench, clauses.features, learn, clauses.owner))
    fold = bench.fold[bench.parts.labels.paragraph]
    own = clauses.owner.labels
    features = lab.tf_idf(bench)
    scores = np.zeros((len(own), len(bench.areas)))
    for f in range(fold.max() + 2):
        score = lab.per_area(lab.svm())(features.labels[fold != f], bench.labels[fold != f], np.zeros(0))
        rows = fold[own] == f
        scores[rows] = score(clauses.features.labels[rows])
    gold = {name: score(rows) for name, rows in clauses.features.gold.items()}
    return best_clause(bench, clauses.owner, Sides(scores, gold))


def added(bench: Bench) -> Sides[np.ndarray]:
    """Return scores of sentences that are sums over the occurrences of terms."""
    weights = lab.idf(bench.parts.labels.counts)
    return lab.held_out(bench, each(lambda part: additive(part.counts, weights), bench.parts))


@cache
def shipped(bench: Bench) -> lab.Outcome:
    """Return the outcome of the product's settings."""
    return variant(bench, rounds=linear.ROUNDS, others=False, penalty=join.PENALTY)


def variant(
    bench: Bench,
    signs: str = SIGNS,
    least: int = 0,
    rounds: int = ROUNDS,
    others: bool = True,
    c: float = 0.5,
    beside: bool = True,
    penalty: float = lab.PENALTY,
    adding: bool = False,
) -> lab.Outcome:
    """Return the outcome of a join that sees clauses, with or without the scores of sentences."""
    best = clause_scores(bench, signs, least, rounds, others, c, additive if adding else plainly)
    sentences = lab.around(bench, added(bench) if adding else lab.plain_scores(bench))
    return lab.joined(bench, lab.beside(sentences, best) if beside else best, penalty)


def table(bench: Bench, product: bool = False, cut: str = "", at: float = CUT, **options: Any) -> lab.Outcome:
    """Return the outcome of the product's settings or of others, cut as usual or as 012 does."""
    outcome = shipped(bench) if product else variant(bench, **options)
    return moved(bench, outcome, cut, at=at) if cut else outcome


if __name__ == "__main__":
    lab.write_table(__file__, table, {"the shipped settings": shipped})
