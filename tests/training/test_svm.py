import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.arrays import Ints
from classifier.features.csr import CsrCounts, take_rows
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED
from classifier.model.linear import LinearClassifiers
from classifier.model.model import WEIGHT_STEP
from classifier.settings import Settings
from classifier.training import svm
from classifier.training.solver import weigh_rows
from tests.matrices import as_counts


def fitted_on(
    counts: CsrCounts, labels: NDArray[np.int8], group: Ints, options: Settings | None = None
) -> LinearClassifiers:
    rows = svm.LabelledRows(weigh_rows(counts, counts.data), labels, group)
    return svm.fit_svms(rows, np.zeros(counts.rows, dtype=np.bool_), options or Settings()).classifiers


def test_paragraph_labels_find_the_sentence_that_carries_them() -> None:
    """Column 0 means the area. Twenty paragraphs say only that one of their three sentences has it."""
    rows, labels = [], []
    for i in range(40):
        has = i % 2 == 0
        for position in range(3):
            rows.append([int(has and position == i // 2 % 3), i % 3 == position, 1])
            labels.append([UNKNOWN if has else 0])
    counts = as_counts(rows)
    paragraph = np.repeat(np.arange(40), 3)[:, None]
    fitted = fitted_on(counts, np.array(labels, dtype=np.int8), paragraph, Settings(c=10))
    scores = (np.array(rows) @ fitted.coef + fitted.intercept)[:, 0]
    assert ((scores > 0) == (np.array(rows)[:, 0] == 1)).all()


def test_rows_of_which_nothing_is_known_take_no_part() -> None:
    generator = np.random.default_rng(3)
    counts = as_counts(generator.integers(0, 2, (60, 8)).tolist())
    labels = generator.choice(np.array([UNKNOWN, 0, 1], dtype=np.int8), (60, 2))
    group = np.broadcast_to(np.repeat(np.arange(20), 3)[:, None], labels.shape)
    left_out = generator.random(60) < 0.3
    labels[left_out, 0] = UNLABELLED
    fitted = fitted_on(counts, labels, group)
    part = take_rows(counts, ~left_out)
    alone = fitted_on(part, labels[~left_out], group[~left_out])
    assert fitted.coef[:, 0] == pytest.approx(
        alone.coef[:, 0], abs=WEIGHT_STEP / 4
    )  # rows are visited in another order
    assert fitted.intercept[0] == pytest.approx(alone.intercept[0], abs=WEIGHT_STEP / 4)
    assert (fitted.coef[:, 1] != alone.coef[:, 1]).any()
