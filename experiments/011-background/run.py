"""What reports that nobody labelled can add: weights, latent features, and sentences that are labelled by machine.

They hold the texts of the labelled real reports, those of a held-out fold too, but no areas.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack

sys.path.insert(0, str(Path(__file__).parents[2]))

from experiments import lab
from experiments.background import background
from experiments.bench import Bench, Matrix, each

Floats = np.ndarray
SURE = 0.5  # the score from which the area of a heading is believed
# Scores of sentences and of their headings, shape (sentences, areas), to what is known of them, and which they have.
Teach = Callable[[Floats, Floats], tuple[Floats, Floats]]


def other_idf(bench: Bench, share: float) -> lab.Outcome:
    """Return the outcome with the idf of the corpus mixed into that of the labels."""
    counts = each(lambda part: part.counts, bench.parts)
    weights = (1 - share) * lab.idf(counts.labels) + share * lab.idf(background(bench).counts)
    return lab.standard(bench, each(lambda c: lab.unit(lab.weighed(c, weights)), counts))


@cache
def unlabelled(bench: Bench) -> tuple[Matrix, Matrix]:
    """Return the features of the sentences and of the headings of the corpus."""
    weights, corpus = lab.idf(bench.parts.labels.counts), background(bench)
    return lab.unit(lab.weighed(corpus.counts, weights)), lab.unit(lab.weighed(corpus.headings, weights))


@cache
def directions(bench: Bench, size: int) -> Floats:
    """Return the first right singular vectors of the corpus, shape (terms, size)."""
    from sklearn.decomposition import TruncatedSVD

    return TruncatedSVD(size, n_iter=4, random_state=0).fit(unlabelled(bench)[0]).components_.T


def latent(bench: Bench, size: int, weight: float) -> lab.Outcome:
    """Return the outcome with latent semantic features as a block (Deerwester and others, 1990)."""

    def block(rows: Matrix) -> Matrix:
        projected = lab.unit(csr_matrix(np.asarray(rows @ directions(bench, size))))
        return hstack([rows, weight * projected]).tocsr()

    return lab.standard(bench, each(block, lab.tf_idf(bench)))


def taught(bench: Bench, weight: float, teach: Teach) -> lab.Outcome:
    """Return the outcome of learning once more, with sentences of the corpus that the first classifiers labelled."""
    sentences, above = unlabelled(bench)
    of_heading = background(bench).heading

    def learn(rows: Matrix, labels: Floats, which: Floats) -> lab.Score:
        first = lab.per_area(lab.svm())(rows, labels, which)
        known, has = teach(first(sentences), first(above)[of_heading])
        taught = iter(zip(known.T, has.T, strict=True))  # areas are fitted in their order
        return lab.per_area(lambda own, positive: again(own, positive, *next(taught)))(rows, labels, which)

    def again(rows: Matrix, positive: Floats, known: Floats, has: Floats) -> tuple[Floats, float]:
        from sklearn.svm import LinearSVC

        share = np.r_[np.ones(len(positive)), np.full(known.sum(), weight)]
        machine = LinearSVC(C=0.5, tol=1e-4, max_iter=20_000, random_state=0, dual=True)
        machine.fit(vstack([rows, sentences[known]]).tocsr(), np.r_[positive, has[known]], sample_weight=share)
        return machine.coef_[0], float(machine.intercept_[0])

    return lab.standard(bench, lab.tf_idf(bench), learn)


def by_headings(bench: Bench, weight: float) -> lab.Outcome:
    """Return the outcome of learning from sentences under a heading that is sure of an area: they have what it has."""

    def teach(_: Floats, above: Floats) -> tuple[Floats, Floats]:
        return (above >= SURE).any(axis=1, keepdims=True) & (np.abs(above) >= SURE), above >= SURE

    return taught(bench, weight, teach)


def by_itself(bench: Bench, weight: float, margin: float) -> lab.Outcome:
    """Return the outcome of learning from sentences that the classifiers are sure of."""
    return taught(bench, weight, lambda own, _: (np.abs(own) >= margin, own > 0))


KINDS = {"idf": other_idf, "latent": latent, "headings": by_headings, "self": by_itself}

if __name__ == "__main__":
    lab.write_table(__file__, lambda bench, kind, **options: KINDS[kind](bench, **options))
