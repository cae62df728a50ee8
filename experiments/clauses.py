"""Clauses of sentences, and classifiers over them that learn from the areas of the sentences."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.model.counts import Bools, Floats, Ints
from experiments import lab
from experiments.bench import Bench, Matrix, Part, Sides, each

LEAST = -3.0  # the score of a paragraph without clauses
ROUNDS = 2
SIGNS = ",;:"


Weigh = Callable[[Matrix, Floats], Matrix]  # counts and idf to rows


def plainly(counts: Matrix, weights: Floats) -> Matrix:
    """Return tf-idf rows of length 1."""
    return lab.unit(lab.weighed(counts, weights))


def additive(counts: Matrix, weights: Floats) -> Matrix:
    """Return counts times idf, divided by the root of the summed squared idf of all occurrences.

    A score is then a sum over occurrences, divided by one number of the row.
    """
    squares = np.asarray(counts @ weights**2).ravel()
    return lab.scaled(lab.weighed(counts, weights, sublinear=False), np.sqrt(squares))


@dataclass(frozen=True, eq=False)
class Clauses:
    """features: shape (clauses, terms). owner: the sentence of each clause."""

    features: Sides[Matrix]
    owner: Sides[Ints]


def split(plain: str, signs: str, least: int) -> list[str]:
    """Cut a sentence at signs; a clause shorter than `least` characters takes the next one to it."""
    clauses: list[str] = []
    for part in re.split(f"[{signs}]", plain):
        if not part.strip():
            continue
        if clauses and len(clauses[-1]) < least:
            clauses[-1] += "," + part
        else:
            clauses.append(part)
    return clauses or [plain]


def clauses_of(bench: Bench, signs: str = SIGNS, least: int = 0, weigh: Weigh = plainly) -> Clauses:
    """Return the product's clauses, or of a bench with text those of other signs or lengths; idf is of sentences."""
    weights = lab.idf(bench.parts.labels.counts)

    def cut(part: Part) -> tuple[Matrix, Ints]:
        if (signs, least) == (SIGNS, 0):
            return weigh(part.clauses, weights), part.sentence
        parts: Sequence[list[str]] = [split(p, signs, least) for p in part.plains]
        rows = weigh(bench.count([c for p in parts for c in p]), weights)
        return rows, np.repeat(np.arange(len(parts)), [len(p) for p in parts])

    found = each(cut, bench.parts)
    return Clauses(each(lambda f: f[0], found), each(lambda f: f[1], found))


def instances(owner: Ints, rounds: int = ROUNDS, others: bool = True, c: float = 0.5) -> lab.Learn:
    """Return a learner of clauses: a sentence has the area, its best clause carries it, and so do, with `others`,
    those that score above 0; the rest of the sentence is left out (mi-SVM: Andrews and others, NIPS 2002)."""
    fit = lab.svm(c)

    def learn(rows: Matrix, labels: Bools, which: Ints) -> lab.Score:
        sentence = owner[which]

        def carry(matrix: Matrix, positive: Bools) -> tuple[Floats, float]:
            weights, bias = fit(matrix, positive)
            for _ in range(rounds):
                scores = matrix @ weights + bias
                known = ~positive | best_of(scores, sentence, positive) | (positive & others & (scores > 0))
                weights, bias = fit(matrix[known], positive[known])
            return weights, bias

        return lab.per_area(carry)(rows, labels, which)

    return learn


def best_of(scores: Floats, sentence: Ints, among: Bools) -> Bools:
    """Mark the first best clause of each sentence, among those that are marked; shape (clauses,)."""
    rows = np.flatnonzero(among)
    order = rows[np.lexsort((rows, -scores[rows], sentence[rows]))]
    best = np.zeros(len(scores), dtype=np.bool_)
    best[order[np.r_[True, np.diff(sentence[order]) != 0]] if len(order) else order] = True
    return best


def best_clause(bench: Bench, owner: Sides[Ints], scores: Sides[Floats]) -> Sides[Floats]:
    """Return the best score of each area among the clauses of each paragraph, shape (paragraphs, areas)."""

    def best(part: Part, own: Ints, values: Floats) -> Floats:
        found = np.full(part.targets.shape, LEAST)
        np.maximum.at(found, part.paragraph[own], values)
        return found

    return each(best, bench.parts, owner, scores)
