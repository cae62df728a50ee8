from dataclasses import replace

import numpy as np
import pytest

from classifier.model.outcomes import Outcomes, check_outcomes, pack_outcomes


def some_outcomes(areas: int) -> tuple[Outcomes, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    truth, predicted = rng.random((2, 6, areas)) < 0.3
    report, paragraph = np.array([1, 0, 1, 0, 0, 1]), np.array([3, 0, 3, 1, 1, 2])
    length = np.array([5, 7, 100_000, 1, 2, 3])
    return pack_outcomes(report, paragraph, length, truth, predicted), truth, predicted


@pytest.mark.parametrize("areas", [3, 16, 20])
def test_sentences_come_back_report_by_report(areas: int) -> None:
    outcomes, truth, predicted = some_outcomes(areas)
    order = [1, 3, 4, 5, 0, 2]
    check_outcomes(outcomes)
    assert outcomes.report.tolist() == [0, 0, 0, 1, 1, 1]
    assert outcomes.paragraph.tolist() == [0, 1, 1, 2, 3, 3]
    assert outcomes.length.tolist() == [7, 1, 2, 3, 5, 65535]
    assert (outcomes.truth == truth[order]).all()
    assert (outcomes.predicted == predicted[order]).all()


@pytest.mark.parametrize(
    ("row", "column", "value", "told"),
    [(0, 0, 0, "begin"), (2, 0, 3, "begin"), (1, 2, 1 << 3, "areas that"), (1, 3, 1 << 15, "areas that")],
)
def test_a_table_that_cannot_be_is_refused(row: int, column: int, value: int, told: str) -> None:
    outcomes, _, _ = some_outcomes(3)
    outcomes.table[row, column] = value
    with pytest.raises(ValueError, match=told):
        check_outcomes(outcomes)


def test_a_table_of_other_areas_is_refused() -> None:
    outcomes, _, _ = some_outcomes(16)
    with pytest.raises(ValueError, match="shape"):
        check_outcomes(replace(outcomes, areas=17))
