from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, random_array
from sklearn.svm import LinearSVC

from classifier.arrays import Floats
from classifier.compiled import BUILT
from classifier.model.model import WEIGHT_STEP
from classifier.training import solver
from classifier.training.solver import WeighedRows, solve

Solve = Callable[..., solver.Solution]


@pytest.fixture(params=["kernel", "scikit-learn"])
def solve_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Solve:
    """Both ways to solve."""
    if request.param == "kernel" and not BUILT:
        pytest.skip("the kernel is not built")
    monkeypatch.setattr(solver, "BUILT", request.param == "kernel")
    return solve


def rows_of(matrix: csr_matrix) -> WeighedRows:
    return WeighedRows(matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data, matrix.shape[1])


def problem(rows: int = 300, columns: int = 60, areas: int = 5, seed: int = 0) -> tuple[csr_matrix, NDArray[np.int8]]:
    """Rows of unit length with signs that hang together with some of their columns, and by far not all rows in use."""
    generator = np.random.default_rng(seed)
    matrix = csr_matrix(random_array((rows, columns), density=0.15, rng=generator, data_sampler=generator.random))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    matrix = csr_matrix(matrix.multiply(1 / np.maximum(lengths, 1e-9)[:, None]))
    scores = matrix @ generator.normal(size=(columns, areas)) + 0.3 * generator.normal(size=(rows, areas))
    signs = np.where(scores > 0.4, 1, -1).astype(np.int8)
    signs[generator.random(signs.shape) < 0.2] = 0
    return matrix, signs


def by_liblinear(matrix: csr_matrix, signs: NDArray[np.int8], c: float) -> Floats:
    columns = []
    for own in signs.T:
        machine = LinearSVC(C=c, tol=1e-8, max_iter=100_000, dual=True, random_state=1)
        machine.fit(matrix[own != 0], own[own != 0])
        columns.append(np.r_[machine.coef_[0], machine.intercept_])
    return np.array(columns).T


@pytest.mark.parametrize("c", [0.05, 0.5, 4.0])
@pytest.mark.parametrize("areas", [1, 5, 20])
def test_the_optimum_is_that_of_liblinear(solve_by: Solve, c: float, areas: int) -> None:
    matrix, signs = problem(areas=areas)
    found = solve_by(rows_of(matrix), signs, c, 0)
    assert np.abs(found.weights - by_liblinear(matrix, signs, c)).max() < WEIGHT_STEP / 2


def test_areas_have_no_influence_on_each_other(solve_by: Solve) -> None:
    matrix, signs = problem(areas=18)
    alone = solve_by(rows_of(matrix), signs[:, :4], 0.5, 0)
    assert (solve_by(rows_of(matrix), signs, 0.5, 0).weights[:, :4] == alone.weights).all()


@pytest.mark.skipif(not BUILT, reason="the kernel is not built")
@options(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(0, 3))
def test_what_it_begins_with_makes_no_difference(seed: int, scale: float) -> None:
    matrix, signs = problem(seed=seed)
    start = scale * np.random.default_rng(seed).random(signs.shape)
    one, other = (solve(rows_of(matrix), signs, 0.5, 0, begin) for begin in (None, start))
    assert np.abs(one.weights - other.weights).max() < WEIGHT_STEP / 2
    assert (other.alphas >= 0).all()
    assert not other.alphas[signs == 0].any()


@pytest.mark.skipif(not BUILT, reason="the kernel is not built")
def test_at_the_optimum_alphas_are_what_the_margins_say() -> None:
    """Of the squared hinge, alpha = 2 C max(0, 1 - sign * score): the condition of Karush, Kuhn and Tucker."""
    matrix, signs = problem()
    found = solve(rows_of(matrix), signs, 0.5, 0)
    scores = rows_of(matrix).scores(found.classifiers())
    expected = np.where(signs != 0, np.maximum(0, 1 - signs * scores), 0)
    assert found.alphas == pytest.approx(expected, abs=2 * solver.GRADIENT_TOLERANCE)


@pytest.mark.parametrize(("sign", "intercept"), [(1, 1.0), (-1, -1.0), (0, -1.0)])
def test_without_two_kinds_of_rows_there_is_nothing_to_fit(solve_by: Solve, sign: int, intercept: float) -> None:
    matrix, signs = problem()
    signs[:, 2] = np.where(signs[:, 2] != 0, sign, 0)
    found = solve_by(rows_of(matrix), signs, 0.5, 0)
    assert not found.weights[:-1, 2].any()
    assert found.weights[-1, 2] == intercept


def test_an_empty_problem_has_a_solution(solve_by: Solve) -> None:
    empty = WeighedRows(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0), 3)
    found = solve_by(empty, np.zeros((0, 2), dtype=np.int8), 0.5, 0)
    assert found.weights.tolist() == [[0, 0]] * 3 + [[-1, -1]]
