import numpy as np

from classifier.labelling.labelled_counts import UNKNOWN
from classifier.settings import Settings
from classifier.training import svm
from tests.matrices import as_counts


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
    fitted = svm.fit_svms(counts.data, counts, np.array(labels, dtype=np.int8), paragraph, Settings(c=10))
    scores = (np.array(rows) @ fitted.coef + fitted.intercept)[:, 0]
    assert ((scores > 0) == (np.array(rows)[:, 0] == 1)).all()
