from typing import Any

import numpy as np
import pytest

from classifier.compiled import BUILT, kernel

if not BUILT:
    pytest.skip("the kernel is not built", allow_module_level=True)


def arguments(**changes: Any) -> list[Any]:
    """A sound problem of two rows, three columns and one area, but for what is changed."""
    sound: dict[str, Any] = {
        "indptr": np.array([0, 1, 3]),
        "indices": np.array([0, 1, 2], dtype=np.int32),
        "values": np.array([1.0, 0.6, 0.8]),
        "signs": np.array([1, -1], dtype=np.int8),
        "alphas": np.zeros(2),
        "weights": np.zeros(4),
        "areas": 1,
    }
    return [*(sound | changes).values(), 0.5, 1e-3, 100, 0]


def test_a_sound_problem_is_fitted() -> None:
    given = arguments()
    assert 0 < kernel.fit(*given) < 100
    weights = given[5]
    assert weights[0] > 0 > weights[1] > weights[2]


@pytest.mark.parametrize(
    "changes",
    [
        {"indptr": np.array([0, 1, 4])},
        {"indptr": np.array([1, 1, 3])},
        {"indptr": np.array([0, 4, 3])},
        {"indptr": np.zeros(0, dtype=np.int64)},
        {"indices": np.array([0, 1, 3], dtype=np.int32)},
        {"indices": np.array([0, -1, 2], dtype=np.int32)},
        {"values": np.ones(2)},
        {"signs": np.ones(3, dtype=np.int8)},
        {"alphas": np.zeros(1)},
        {"weights": np.zeros(2)},
        {"weights": np.zeros(0)},
        {"areas": 0},
        {"areas": kernel.MOST_AREAS_AT_ONCE + 1},
    ],
)
def test_what_does_not_fit_together_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not of the same rows, columns"):
        kernel.fit(*arguments(**changes))


def test_epochs_have_an_end() -> None:
    given = arguments()
    given[-3:] = [0.0, 7, 0]  # a tolerance that is never met
    assert kernel.fit(*given) == 7
