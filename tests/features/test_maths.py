"""The arithmetic of the model, against scikit-learn, scipy and cases with a known answer."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer

from classifier.arrays import Floats
from classifier.features.csr import CsrCounts, TermOccurrences, keep_columns, occurrences, sum_rows
from classifier.features.term_counts import count_known_terms
from classifier.features.terms import sentence_terms
from classifier.features.tfidf import TFIDF_STEP, idf, row_sums, tf_idf
from classifier.features.tokenizer import jieba_tokenizer
from classifier.labelling.labelled_counts import UNKNOWN
from classifier.model import calibration
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.settings import Settings
from classifier.training import calibrate, svm
from classifier.training.calibrate import fit_calibration
from classifier.training.folds import deal_folds, lacking_areas

matrices = st.integers(1, 6).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 3), min_size=columns, max_size=columns), min_size=1, max_size=8)
)


def as_counts(rows: list[list[int]]) -> CsrCounts:
    m = csr_array(np.array(rows, dtype=np.float64))
    return CsrCounts(m.indptr.astype(np.int64), m.indices.astype(np.int64), m.data, m.shape[1])


@given(matrices, st.booleans())
def test_tf_idf_is_that_of_scikit_learn(rows: list[list[int]], sublinear: bool) -> None:
    counts = as_counts(rows)
    weights = idf(counts)
    values = tf_idf(counts, weights, sublinear)
    theirs = TfidfTransformer(sublinear_tf=sublinear).fit_transform(np.array(rows, dtype=np.float64)).toarray()
    ours = csr_array((values, counts.indices, counts.indptr), shape=theirs.shape).toarray()
    assert np.allclose(ours, theirs, atol=5 * TFIDF_STEP)


@given(matrices, st.integers(1, 3), st.booleans(), st.booleans(), st.data())
def test_scores_are_those_of_tf_idf_rows(
    rows: list[list[int]], areas: int, sublinear: bool, fast: bool, data: st.DataObject
) -> None:
    """Clauses are the rows, and some neighbours of them one sentence."""
    clauses = as_counts(rows)
    owner = np.cumsum([0, *(data.draw(st.booleans()) for _ in rows[1:])])
    sentences = sum_rows(clauses, owner, int(owner[-1]) + 1)
    generator = np.random.default_rng(len(rows))
    weights = generator.uniform(1, 3, size=clauses.columns)
    first, second = (
        LinearClassifiers(
            generator.integers(-99, 99, size=(clauses.columns, areas)).astype(np.int16),
            generator.normal(size=areas),
            0.125,
        )
        for _ in range(2)
    )
    found = TermOccurrences((occurrences(clauses), occurrences(clauses)), owner, sentences.rows)
    twice, twice_whole = replace(clauses, data=2 * clauses.data), replace(sentences, data=2 * sentences.data)
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.delitem(sys.modules, "scipy.sparse")
        whole, parts = ClassifierPair(weights, first, second).score(found, sublinear)
    assert whole == pytest.approx(by_rows(twice_whole, weights, first, sublinear), abs=1e-3)
    of_clauses = by_rows(twice, weights, second, sublinear)
    for sentence in range(sentences.rows):
        own = of_clauses[(owner == sentence) & (np.diff(clauses.indptr) > 0)]
        assert parts[sentence] == pytest.approx(own.max(axis=0) if len(own) else second.intercept, abs=1e-3)


def by_rows(counts: CsrCounts, weights: Floats, linear: LinearClassifiers, sublinear: bool) -> Floats:
    values = csr_array(
        (tf_idf(counts, weights, sublinear), counts.indices, counts.indptr), shape=(counts.rows, counts.columns)
    )
    return np.asarray(values @ (linear.coef * linear.unit)) + linear.intercept


@given(matrices)
def test_kept_columns_are_those_of_the_matrix(rows: list[list[int]]) -> None:
    columns = np.arange(0, len(rows[0]), 2)
    kept = keep_columns(as_counts(rows), columns)
    dense = csr_array((kept.data, kept.indices, kept.indptr), shape=(kept.rows, kept.columns)).toarray()
    assert (dense == np.array(rows, dtype=np.float64)[:, columns]).all()


def test_row_sums_of_empty_rows_are_nothing() -> None:
    assert row_sums(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 2, 2, 3])).tolist() == [0, 3, 0, 4]


def test_terms_of_a_sentence() -> None:
    found = list(sentence_terms("新建学校3所,修路。", jieba_tokenizer({}), Settings(char_ngrams=2)))
    assert found[:4] == ["w新建", "w学校", "w0", "w所"]
    assert {"c校0", "c|新", "c所|", "c|修"} <= set(found)
    assert "c|" not in found
    assert "c所修" not in found


def test_counts_are_sorted_by_column() -> None:
    counts = count_known_terms(
        ["修路修路。", "", "办学。"], {"c修": 0, "c路": 1, "c学": 2}, jieba_tokenizer({}), Settings()
    )
    assert counts.indptr.tolist() == [0, 2, 2, 3]
    assert counts.indices.tolist() == [0, 1, 2]
    assert counts.data.tolist() == [2, 2, 1]


def test_scores_of_paragraphs() -> None:
    scores = np.array([[1.0, 5.0], [3.0, 2.0], [calibration.NO_SCORE, calibration.NO_SCORE], [-1.0, 0.5]])
    clauses = np.array([[2.0, 1.0], [1.0, 4.0], [9.0, 9.0], [0.0, 0.0]])
    whole = calibration.gather_scores(scores, clauses, np.array([0, 0, 0, 2]), 3)
    assert whole.best.tolist() == [[3, 5], [calibration.NO_SCORE, calibration.NO_SCORE], [-1, 0.5]]
    assert whole.clause.tolist() == [[2, 4], [0, 0], [0, 0]]
    assert whole.around.tolist() == [[3, 5, 2, 3.5, 2, 4, np.log(2)], [0] * 7, [-1, 0.5, -1, 0.5, 0, 0, 0]]


def test_probability_of_nothing_is_nothing() -> None:
    assert calibration.sigmoid(np.array([-np.inf, 0.0, 40.0])).tolist() == pytest.approx([0, 0.5, 1])
    plain_join = calibration.Calibration(np.ones(2), np.zeros(2), np.zeros((2, 7)), np.zeros(2))
    whole = calibration.gather_scores(np.full((1, 2), calibration.NO_SCORE), np.zeros((1, 2)), np.array([0]), 1)
    assert calibration.sigmoid(calibration.logits(plain_join, whole)).tolist() == [[0, 0]]


def test_join_finds_the_logistic_that_made_the_labels() -> None:
    generator = np.random.default_rng(1)
    sentences, clauses = generator.normal(size=(2, 60_000, 2))
    whole = calibration.gather_scores(sentences, clauses, np.repeat(np.arange(20_000), 3), 20_000)
    context = np.array([[0, -1.0, 0.5, 0, 0, 1.0, 0], [0.5, 0, 0, 1.0, -0.5, 0, 0]])
    made = calibration.Calibration(np.array([3.0, 2.0]), np.array([1.5, 0.0]), context, np.array([-1.0, 0.5]))
    targets = generator.random((20_000, 2)) < calibration.sigmoid(calibration.logits(made, whole))
    found = fit_calibration(whole, targets, use_context=True)
    assert found.slope == pytest.approx(made.slope, abs=0.2)
    assert found.clause == pytest.approx(made.clause, abs=0.2)
    assert found.context[:, :6] == pytest.approx(made.context[:, :6], abs=0.25)
    assert not fit_calibration(whole, targets, use_context=False).context.any()


def test_a_clause_that_speaks_against_its_area_is_left_out() -> None:
    generator = np.random.default_rng(2)
    sentences, clauses = generator.normal(size=(2, 5000, 1))
    whole = calibration.gather_scores(sentences, clauses, np.arange(5000), 5000)
    made = calibration.Calibration(np.array([3.0]), np.array([-2.0]), np.zeros((1, 4)), np.zeros(1))
    targets = generator.random((5000, 1)) < calibration.sigmoid(calibration.logits(made, whole))
    assert fit_calibration(whole, targets, use_context=True).clause.tolist() == [0]


@pytest.mark.parametrize("targets", [[0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 0, 0]])
def test_join_without_anything_to_learn_keeps_the_cut(targets: list[int]) -> None:
    scores = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    whole = calibration.gather_scores(scores, scores, np.arange(4), 4)
    found = fit_calibration(whole, np.array(targets, dtype=bool)[:, None], use_context=False)
    assert (found.slope[0], found.offset[0]) == (1, 0)
    assert not found.context.any()


def test_classes_that_lie_apart_give_weights_that_can_be_stored() -> None:
    scores = np.repeat([[-5.0], [6.0]], 4000, axis=0) / 50
    found = fit_calibration(
        calibration.gather_scores(scores, scores, np.arange(8000), 8000), scores > 0, use_context=True
    )
    assert 0 < found.slope[0] <= calibrate.LARGEST_WEIGHT


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


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=60), st.integers(2, 6), st.integers(0, 3))
def test_folds_keep_reports_whole(reports: list[str], folds: int, seed: int) -> None:
    targets = np.random.default_rng(seed).random((len(reports), 3)) < 0.4
    fold = deal_folds(reports, targets, folds, seed)
    names = sorted(set(reports))
    if len(names) > 1:
        assert all(len({f for f, r in zip(fold, reports, strict=True) if r == name}) == 1 for name in names)
    assert len(set(fold.tolist())) == min(folds, len(names) if len(names) > 1 else len(reports))
    assert (deal_folds(reports, targets, folds, seed) == fold).all()


def test_folds_are_balanced_over_areas() -> None:
    generator = np.random.default_rng(0)
    reports = [f"r{i // 12:02d}" for i in range(1200)]
    rates = generator.random((100, 5)) * np.array([0.5, 0.3, 0.2, 0.1, 0.05])
    targets = generator.random((1200, 5)) < np.repeat(rates, 12, axis=0)
    fold = deal_folds(reports, targets, 5, 0)
    shares = np.array([targets[fold == f].sum(axis=0) for f in range(5)]) / targets.sum(axis=0)
    assert np.abs(shares - 0.2).max() < 0.05
    assert np.abs(np.bincount(fold) / 1200 - 0.2).max() < 0.05
    assert lacking_areas(fold, reports, targets) == []


def test_a_fold_without_an_area_is_found() -> None:
    reports = ["a", "b", "c", "d"]
    targets = np.array([[1], [1], [0], [0]], dtype=bool)
    assert lacking_areas(np.array([0, 0, 1, 1]), reports, targets) == [(1, 0)]
    assert lacking_areas(deal_folds(reports, targets, 2, 0), reports, targets) == []
