"""The choice of paragraphs, compared with the core-set of scikit-activeml."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from classifier.features.csr import CsrCounts
from classifier.selection.choice import TOO_ALIKE, choose, quota


def rows_of(dense: np.ndarray) -> CsrCounts:
    lengths = np.linalg.norm(dense, axis=1, keepdims=True)
    matrix = csr_array(dense / np.where(lengths > 0, lengths, 1))
    return CsrCounts(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data, dense.shape[1])


def dense_of(rows: CsrCounts) -> np.ndarray:
    return csr_array((rows.data, rows.indices, rows.indptr), shape=(rows.rows, rows.columns)).toarray()


matrices = arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 6)), elements=st.floats(0, 1, width=16))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 8))
def test_with_equal_worths_it_is_the_greedy_core_set(seed: int, size: int) -> None:
    from skactiveml.pool import CoreSet

    rng = np.random.default_rng(seed)
    rows = rows_of(rng.random((20, 12)) ** 8)  # far from each other, so that none is too much alike
    unit = dense_of(rows)
    labels = np.full(20, np.nan)
    labels[0] = 0
    expected = CoreSet(random_state=0).query(unit, labels, batch_size=size - 1)
    nearest = unit @ unit[0]
    found = choose(np.r_[1.0 + 1e-9, np.ones(19)], rows, np.arange(20), size, 1)
    stop = next((i for i, n in enumerate(expected) if (unit[found[: i + 1]] @ unit[n]).max() >= TOO_ALIKE), size - 1)
    assert nearest[0] > 0.99
    assert found[1 : 1 + stop].tolist() == expected[:stop].tolist()


@settings(deadline=None)
@given(matrices, st.data(), st.integers(1, 12), st.integers(1, 4))
def test_no_two_are_alike_and_none_is_chosen_twice(
    dense: np.ndarray, data: st.DataObject, size: int, most: int
) -> None:
    rows = rows_of(dense)
    worth = data.draw(arrays(np.float64, len(dense), elements=st.floats(0, 2)))
    report = data.draw(arrays(np.int64, len(dense), elements=st.integers(0, 3)))
    chosen = choose(worth, rows, report, size, most)
    assert len(set(chosen.tolist())) == len(chosen) <= size
    assert chosen[0] in np.flatnonzero(worth == worth.max())
    alike = dense_of(rows)[chosen] @ dense_of(rows)[chosen].T
    assert (alike[~np.eye(len(chosen), dtype=bool)] < TOO_ALIKE).all()


def test_not_all_are_of_one_report_as_long_as_others_have_some() -> None:
    rows = rows_of(np.eye(8))
    report = np.array([0, 0, 0, 0, 0, 0, 1, 1])
    worth = np.array([9.0, 8, 7, 6, 5, 4, 2, 1])
    assert choose(worth, rows, report, 4, 2).tolist() == [0, 1, 6, 7]
    assert choose(worth, rows, report, 6, 2).tolist() == [0, 1, 6, 7, 2, 3]


def test_quota_is_twice_the_even_part() -> None:
    assert [quota(50, n) for n in (0, 1, 2, 3, 10, 400)] == [50, 50, 50, 34, 10, 1]


def test_nothing_to_choose_from() -> None:
    none = CsrCounts(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), 3)
    assert choose(np.zeros(0), none, np.zeros(0, dtype=np.int64), 5, 1).tolist() == []
