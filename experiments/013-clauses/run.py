"""What a second classifier over the clauses of sentences adds to the join."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from experiments import lab
from experiments.bench import Bench, Sides
from experiments.clauses import ROUNDS, best_clause, clauses_of, instances


def clause_scores(bench: Bench, signs: str, least: int, rounds: int, others: bool, c: float) -> Sides[np.ndarray]:
    """Return the best score of the clauses of each paragraph; with fewer rounds than 0 by the sentence classifier."""
    clauses = clauses_of(bench, signs, least)
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


def variant(
    bench: Bench,
    signs: str = ",;:",
    least: int = 0,
    rounds: int = ROUNDS,
    others: bool = True,
    c: float = 0.5,
    beside: bool = True,
) -> lab.Outcome:
    """Return the outcome of a join that sees clauses, with or without the scores of sentences."""
    best = clause_scores(bench, signs, least, rounds, others, c)
    sentences = lab.around(bench, lab.default_scores(bench))
    return lab.joined(bench, lab.beside(sentences, best) if beside else best)


if __name__ == "__main__":
    lab.write_table(__file__, variant)
