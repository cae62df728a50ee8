"""Small matrices of counts, and what they are in scipy's terms."""

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array

from classifier.arrays import Floats
from classifier.features.csr import CsrCounts
from classifier.model.model import Model

matrices = st.integers(1, 6).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 3), min_size=columns, max_size=columns), min_size=1, max_size=8)
)


def as_counts(rows: list[list[int]]) -> CsrCounts:
    m = csr_array(np.array(rows, dtype=np.float64))
    return CsrCounts(m.indptr.astype(np.int64), m.indices.astype(np.int64), m.data, m.shape[1])


def dense(counts: CsrCounts) -> Floats:
    made = csr_array((counts.data, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))
    return np.asarray(made.toarray())


def columns_of_shared_terms(one: Model, other: Model) -> tuple[list[int], list[int]]:
    """Where the terms that two models share stand in each of them."""
    places = [m.vocabulary.columns for m in (one, other)]
    shared = sorted(places[0].keys() & places[1].keys())
    return [places[0][t] for t in shared], [places[1][t] for t in shared]
