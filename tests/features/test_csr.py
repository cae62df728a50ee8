import numpy as np
from hypothesis import given

from classifier.features.csr import keep_columns
from tests.matrices import as_counts, dense, matrices


@given(matrices)
def test_kept_columns_are_those_of_the_matrix(rows: list[list[int]]) -> None:
    columns = np.arange(0, len(rows[0]), 2)
    assert (dense(keep_columns(as_counts(rows), columns)) == np.array(rows, dtype=np.float64)[:, columns]).all()
