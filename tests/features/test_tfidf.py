import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer

from classifier.features.csr import CsrCounts
from classifier.features.tfidf import TFIDF_STEP, idf, row_sums, tf_idf
from tests.matrices import as_counts, dense, matrices


@given(matrices, st.booleans())
def test_tf_idf_is_that_of_scikit_learn(rows: list[list[int]], sublinear: bool) -> None:
    counts = as_counts(rows)
    values = tf_idf(counts, idf(counts), sublinear)
    theirs = TfidfTransformer(sublinear_tf=sublinear).fit_transform(np.array(rows, dtype=np.float64)).toarray()
    ours = dense(CsrCounts(counts.indptr, counts.indices, values, counts.columns))
    assert np.allclose(ours, theirs, atol=5 * TFIDF_STEP)


def test_row_sums_of_empty_rows_are_nothing() -> None:
    assert row_sums(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 2, 2, 3])).tolist() == [0, 3, 0, 4]
