"""What stands around a sentence: neighbours, headings, its place in the paragraph, and the other areas."""

import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack

sys.path.insert(0, str(Path(__file__).parents[2]))

from experiments import lab
from experiments.bench import FOLDS, Bench, Matrix, Part, Sides, each

Floats = np.ndarray
PENALTY = 0.1  # inverse strength of the ridge of the second stage


def same_as_before(part: Part) -> Floats:
    """Return whether the sentence before is of the same paragraph, shape (sentences,)."""
    return np.r_[False, np.diff(part.paragraph) == 0]


def before(part: Part) -> tuple[Matrix, Matrix]:
    """Return matrices that take rows of sentences to those of the ones before and after; 0 where there are none."""
    rows = np.flatnonzero(same_as_before(part))
    n = len(part.paragraph)
    previous = csr_matrix((np.ones(len(rows)), (rows, rows - 1)), shape=(n, n))
    return previous, previous.T.tocsr()


def neighbours(bench: Bench, weight: float) -> lab.Outcome:
    """Return the outcome with the features of the sentences before and after as blocks of their own."""

    def blocks(part: Part, rows: Matrix) -> Matrix:
        previous, following = before(part)
        return hstack([rows, weight * (previous @ rows), weight * (following @ rows)]).tocsr()

    return lab.standard(bench, each(blocks, bench.parts, lab.tf_idf(bench)))


def second_stage(bench: Bench, neighbours: bool, both: bool = False) -> lab.Outcome:
    """Return the outcome where a logistic over scores of all areas stands between sentences and join."""
    from sklearn.linear_model import LogisticRegression

    scores = lab.plain_scores(bench)

    def features(part: Part, values: Floats, whole: Floats) -> Floats:
        previous, following = before(part)
        return np.hstack([values, previous @ values, following @ values, whole[part.paragraph]])

    seen = each(features, bench.parts, scores, lab.around(bench, scores)) if neighbours else scores

    def learn(rows: Floats, labels: Floats, _: Floats) -> lab.Score:
        models = [LogisticRegression(C=PENALTY, solver="newton-cholesky").fit(rows, y) for y in labels.T]
        return lambda x: np.column_stack([m.decision_function(x) for m in models])

    second = lab.around(bench, lab.held_out(bench, seen, learn))
    return lab.joined(bench, lab.beside(lab.around(bench, scores), second) if both else second)


def headings(bench: Bench, weight: float, half: bool = False, missing: bool = False) -> lab.Outcome:
    """Return the outcome with the words of headings as a block; missing: they are not there where it is tested.

    half: every second paragraph is learned without them.
    """
    weights = lab.idf(bench.parts.labels.counts)

    def blocks(share: float, every: int) -> Sides[Matrix]:
        def block(part: Part, rows: Matrix) -> Matrix:
            above = lab.unit(lab.weighed(part.headings, weights))
            above = diags(share * (np.arange(above.shape[0]) % every == 0).astype(np.float64)) @ above
            return hstack([rows, above.tocsr()[part.paragraph]]).tocsr()

        return each(block, bench.parts, lab.tf_idf(bench))

    learned, tested = blocks(weight, 2 if half else 1), blocks(0.0 if missing else weight, 1)
    return lab.joined(bench, lab.around(bench, lab.held_out(bench, learned, testing=tested)))


def place(bench: Bench, weight: float) -> lab.Outcome:
    """Return the outcome with two features more: first, and last of a paragraph."""

    def ends(part: Part, rows: Matrix) -> Matrix:
        first = ~same_as_before(part)
        last = np.r_[first[1:], True]
        return hstack([rows, csr_matrix(weight * np.column_stack([first, last]))]).tocsr()

    return lab.standard(bench, each(ends, bench.parts, lab.tf_idf(bench)))


def ends(bench: Bench) -> lab.Outcome:
    """Return the outcome of a join that sees the scores of the first and the last sentence too."""
    scores = lab.plain_scores(bench)

    def first_and_last(part: Part, values: Floats) -> Floats:
        first = ~same_as_before(part)
        return np.hstack([values[first], values[np.r_[first[1:], True]]])

    return lab.joined(bench, lab.beside(lab.around(bench, scores), each(first_and_last, bench.parts, scores)))


def paragraphs(bench: Bench) -> lab.Outcome:
    """Return the outcome of a join that sees a classifier over whole paragraphs too."""

    def whole(part: Part) -> Matrix:
        n = len(part.paragraph)
        return csr_matrix((np.ones(n), (part.paragraph, np.arange(n)))) @ part.counts

    counts = each(whole, bench.parts)
    rows = each(lambda c: lab.unit(lab.weighed(c, lab.idf(counts.labels))), counts)
    scores = np.zeros(bench.parts.labels.targets.shape)
    for f in range(FOLDS + 1):
        seen = bench.fold != f
        score = lab.per_area(lab.svm())(rows.labels[seen], bench.parts.labels.targets[seen], np.zeros(0))
        scores[bench.fold == f] = score(rows.labels[bench.fold == f])
    beside = Sides(scores, {name: score(x) for name, x in rows.gold.items()})
    return lab.joined(bench, lab.beside(lab.around(bench, lab.plain_scores(bench)), beside))


def chain(bench: Bench, weight: float) -> lab.Outcome:
    """Return the outcome where each area's classifier sees the scores of the areas before it (Read and others, 2011).

    The scores are those of classifiers that never saw the report.
    """
    rows, fold = lab.tf_idf(bench), bench.fold[bench.parts.labels.paragraph]
    scores = each(lambda part: np.zeros((part.counts.shape[0], len(bench.areas))), bench.parts)
    for area in range(len(bench.areas)):
        seen = each(lambda x, s, a=area: hstack([x, csr_matrix(weight * s[:, :a])]).tocsr() if a else x, rows, scores)
        for f in range(FOLDS + 1):
            weights, bias = lab.svm()(seen.labels[fold != f], bench.labels[fold != f, area])
            scores.labels[fold == f, area] = seen.labels[fold == f] @ weights + bias
        for name, x in seen.gold.items():
            scores.gold[name][:, area] = x @ weights + bias
    return lab.joined(bench, lab.around(bench, scores))


KINDS = {
    "neighbours": neighbours,
    "second stage": second_stage,
    "headings": headings,
    "place": place,
    "ends": ends,
    "paragraphs": paragraphs,
    "chain": chain,
}

if __name__ == "__main__":
    lab.write_table(__file__, lambda bench, kind, **options: KINDS[kind](bench, **options))
