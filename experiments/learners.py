"""Linear learners beside the product's: each takes rows and whether they have an area, and gives weights."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import diags

from classifier.evaluation.metrics import f1_of
from classifier.model.counts import Bools, Floats, Ints
from experiments import common, lab
from experiments.bench import Bench, Matrix, Sides, each

GRID = (0.125, 0.25, 0.5, 1.0, 2.0)
INNER = 3


def of_estimator(make: Any) -> lab.Binary:
    """Return a learner from a function that makes a linear estimator of scikit-learn."""

    def fit(rows: Matrix, positive: Bools) -> tuple[Floats, float]:
        machine = make().fit(rows, positive)
        return np.ravel(machine.coef_), float(np.ravel(machine.intercept_)[0])

    return fit


def logistic(c: float) -> lab.Binary:
    """Return a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    return of_estimator(lambda: LogisticRegression(C=c, solver="liblinear", tol=1e-3, random_state=0))


def sgd(**options: Any) -> lab.Binary:
    """Return a classifier fitted by stochastic gradient descent, its weights averaged over the steps."""
    from sklearn.linear_model import SGDClassifier

    return of_estimator(lambda: SGDClassifier(max_iter=10, tol=None, random_state=0, average=True, **options))


def ridge(alpha: float) -> lab.Binary:
    """Return a ridge regression on -1 and 1."""
    from sklearn.linear_model import RidgeClassifier

    return of_estimator(lambda: RidgeClassifier(alpha=alpha, solver="sparse_cg", tol=1e-4))


def naive_bayes(rows: Matrix, positive: Bools) -> tuple[Floats, float]:
    """Fit complement naive Bayes (Rennie and others, ICML 2003)."""
    from sklearn.naive_bayes import ComplementNB

    machine = ComplementNB().fit(rows, positive)
    weights = machine.feature_log_prob_
    return weights[1] - weights[0], 0.0


def nb_svm(rows: Matrix, positive: Bools, beta: float = 1.0) -> tuple[Floats, float]:
    """Fit a support vector machine on columns weighted by their log-count ratio (Wang and Manning, ACL 2012).

    The ratios are scaled so that rows keep their mean length; beta is the share of the machine's own weights.
    """
    p, q = (np.asarray(rows[which].sum(axis=0)).ravel() + 1 for which in (positive, ~positive))
    ratio = np.log(p / p.sum()) - np.log(q / q.sum())
    ratio /= lab.lengths(rows @ diags(ratio)).mean()
    weights, bias = lab.svm()((rows @ diags(ratio)).tocsr(), positive)
    return ratio * ((1 - beta) * np.abs(weights).mean() + beta * weights), bias


def best_half(rows: Matrix, positive: Bools, share: float = 0.5) -> tuple[Floats, float]:
    """Fit the product's machine on the columns with the largest chi-square."""
    from sklearn.feature_selection import chi2

    found = np.nan_to_num(chi2(rows, positive)[0])
    columns = np.sort(np.argsort(-found, kind="stable")[: int(share * len(found))])
    weights = np.zeros(rows.shape[1])
    weights[columns], bias = lab.svm()(rows[:, columns], positive)
    return weights, bias


def chosen_c(bench: Bench, grid: Sequence[float] = GRID) -> lab.Learn:
    """Return a learner that chooses c for each area by F1 of sentences on inner folds, which keep reports whole."""
    part = bench.parts.labels
    inner = np.array([int(common.spread(r) * INNER) for r in part.reports])[part.paragraph]

    def learn(rows: Matrix, labels: Bools, which: Ints) -> lab.Score:
        fold = inner[which]

        def fit(matrix: Matrix, positive: Bools) -> tuple[Floats, float]:
            figures = []
            for c in grid:
                found = np.zeros(len(positive), dtype=np.bool_)
                for f in range(INNER):
                    weights, bias = lab.svm(c)(matrix[fold != f], positive[fold != f])
                    found[fold == f] = matrix[fold == f] @ weights + bias > 0
                figures.append(float(f1_of((found & positive).sum(), found.sum(), positive.sum())))
            return lab.svm(grid[int(np.argmax(figures))])(matrix, positive)

        return lab.per_area(fit)(rows, labels, which)

    return learn


def bags(bench: Bench, times: int = 5) -> lab.Learn:
    """Return a learner that averages machines, each fitted on reports drawn with replacement."""
    part = bench.parts.labels
    names, of_paragraph = np.unique(np.array(part.reports), return_inverse=True)
    report = of_paragraph[part.paragraph]

    def learn(rows: Matrix, labels: Bools, which: Ints) -> lab.Score:
        scores = []
        for i in range(times):
            present = np.unique(report[which])
            drawn = np.bincount(np.random.default_rng(i).choice(present, len(present)), minlength=len(names))
            repeated = np.repeat(np.arange(len(which)), drawn[report[which]])
            scores.append(lab.per_area(lab.svm())(rows[repeated], labels[repeated], which[repeated]))
        return lambda matrix: np.mean([score(matrix) for score in scores], axis=0)

    return learn


def average(*scores: Sides[Floats]) -> Sides[Floats]:
    """Return the mean of scores, each first divided by its standard deviation over the labels."""
    scales = [s.labels.std(axis=0) for s in scores]
    return each(lambda *x: np.mean([v / scale for v, scale in zip(x, scales, strict=True)], axis=0), *scores)
