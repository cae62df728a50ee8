"""Doubtful labels, compared with cleanlab."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.selection.label_issues import label_issues, self_confidences, worst_first


def drawn(seed: int, paragraphs: int, areas: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels that follow probabilities, some of them turned over; every area has both answers."""
    rng = np.random.default_rng(seed)
    p = rng.beta(0.4, 0.8, (paragraphs, areas)).round(4)
    truth = (rng.random(p.shape) < p) ^ (rng.random(p.shape) < 0.1)
    truth[0], truth[1] = True, False
    return truth, p


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(12, 60), st.integers(2, 5))
def test_issues_are_those_that_cleanlab_finds(seed: int, paragraphs: int, areas: int) -> None:
    from cleanlab.internal.multilabel_utils import int2onehot
    from cleanlab.multilabel_classification.filter import find_multilabel_issues_per_class

    truth, p = drawn(seed, paragraphs, areas)
    given_labels = [np.flatnonzero(row).tolist() for row in truth]
    assert (int2onehot(given_labels, K=areas) == truth).all()
    expected = find_multilabel_issues_per_class(given_labels, p, filter_by="confident_learning", n_jobs=1)
    found = label_issues(truth, p, np.ones(truth.shape, dtype=bool))
    assert found.tolist() == np.asarray(expected).tolist()


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_self_confidence_is_that_of_cleanlab(seed: int) -> None:
    from cleanlab.rank import get_self_confidence_for_each_label

    truth, p = drawn(seed, 20, 3)
    for area in range(3):
        both = np.stack([1 - p[:, area], p[:, area]], axis=1)
        expected = get_self_confidence_for_each_label(truth[:, area].astype(int), both)
        assert self_confidences(truth, p)[:, area] == pytest.approx(expected)


def test_what_is_not_known_is_no_issue_and_changes_none() -> None:
    truth, p = drawn(3, 40, 2)
    known = np.ones(truth.shape, dtype=bool)
    whole = label_issues(truth, p, known)
    more = np.vstack([truth, ~truth]), np.vstack([p, p]), np.vstack([known, ~known])
    assert label_issues(*more)[:40].tolist() == whole.tolist()
    assert not label_issues(*more)[40:].any()


def test_an_area_that_all_paragraphs_have_gives_no_doubt() -> None:
    assert not label_issues(np.ones((5, 1), dtype=bool), np.zeros((5, 1)), np.ones((5, 1), dtype=bool)).any()


def test_the_least_confident_label_comes_first() -> None:
    truth = np.array([[True, False], [False, True]])
    p = np.array([[0.4, 0.9], [0.99, 0.2]])
    paragraph, area = worst_first(np.ones((2, 2), dtype=bool), self_confidences(truth, p))
    assert list(zip(paragraph.tolist(), area.tolist(), strict=True)) == [(1, 0), (0, 1), (1, 1), (0, 0)]
