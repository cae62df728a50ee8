"""Labels that are probably wrong: confident learning, one area at a time."""

import numpy as np

from classifier.arrays import Bools, Floats, Ints


def self_confidences(truth: Bools, probabilities: Floats) -> Floats:
    """Return the probability of what each label says, yes or no; both arrays and the result (paragraphs, areas).

    probabilities: of a model that has not seen the label. For two classes the order of self-confidence is that of the
    normalized margin (Northcutt, Jiang and Chuang 2021, JAIR 70).
    """
    return np.where(truth, probabilities, 1 - probabilities)


def label_issues(truth: Bools, probabilities: Floats, known: Bools) -> Bools:
    """Return which labels are probably wrong, shape (paragraphs, areas).

    Of each area a label is taken as wrong where the model is as sure of the other answer as it is on average where that
    answer is the label, and surer of it than of the label: off the diagonal of the confident joint (Northcutt, Jiang
    and Chuang 2021, equation 2). An area that all or none of its paragraphs have gives no such mean, and no doubt.

    known: of which paragraphs and areas there are labels at all, same shape.
    """
    found = np.zeros(truth.shape, dtype=np.bool_)
    for area in range(truth.shape[1]):
        rows = known[:, area]
        yes, p = truth[rows, area], probabilities[rows, area]
        if not yes.any() or yes.all():
            continue
        sure_yes, sure_no = p >= p[yes].mean(), 1 - p >= (1 - p[~yes]).mean()
        found[rows, area] = np.where(yes, sure_no & (p < 0.5), sure_yes & (p > 0.5))
    return found


def worst_first(issues: Bools, confidence: Floats) -> tuple[Ints, Ints]:
    """Return paragraph and area of each doubtful label, the least confident first; both shape (issues,)."""
    paragraph, area = np.nonzero(issues)
    order = np.argsort(confidence[paragraph, area], kind="stable")
    return paragraph[order], area[order]
