from pathlib import Path

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import LabelError
from classifier.labelling.agreement import disagreements, load_reading, masi_alpha, masi_distance, measure_agreement
from tests.conftest import write_rows

sets = st.frozensets(st.sampled_from("abcd"), max_size=3)


@settings(deadline=None)
@given(st.lists(st.tuples(sets, sets), min_size=1, max_size=25))
def test_alpha_is_that_of_the_krippendorff_package(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    first, second = zip(*pairs, strict=True)
    values = sorted({*first, *second}, key=sorted)
    ours = masi_alpha(first, second)
    if len(values) < 2:
        assert np.isnan(ours)
        return
    distances = np.array([[masi_distance(a, b) for b in values] for a in values])
    theirs = krippendorff.alpha(
        reliability_data=[[values.index(s) for s in reading] for reading in (first, second)],
        value_domain=list(range(len(values))),
        level_of_measurement=lambda v1, v2, i1, i2, n_v, dtype=float: distances[i1.astype(int), i2.astype(int)],
    )
    assert ours == pytest.approx(float(theirs))


def test_masi_distance_of_known_cases() -> None:
    a, ab, b, bc = frozenset("a"), frozenset("ab"), frozenset("b"), frozenset("bc")
    assert masi_distance(frozenset(), frozenset()) == 0
    assert masi_distance(a, frozenset()) == masi_distance(a, b) == 1
    assert masi_distance(a, ab) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_distance(ab, bc) == pytest.approx(1 - 1 / 3 * 1 / 3)


def test_agreement_of_known_readings() -> None:
    first = {("p", n): frozenset("a" if n <= 5 else "b") for n in range(1, 11)}
    second = first | {("p", 5): frozenset("b"), ("q", 1): frozenset("a")}
    found = measure_agreement(first, second)
    assert (found.areas, found.units, found.exact) == (("a", "b"), 10, 0.9)
    assert found.kappa == pytest.approx([0.8, 0.8])
    assert found.f1[0] == pytest.approx(8 / 9)
    assert disagreements(first, second) == [(("p", 5), frozenset("a"), frozenset("b"))]


def test_readings_without_a_common_id() -> None:
    with pytest.raises(LabelError, match="no id in common"):
        measure_agreement({("p", 1): frozenset()}, {("q", 1): frozenset()})


def test_readings_need_no_text(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "p", "sentences": [{"areas": ["a"]}, {"areas": []}]},
        {"id": "q", "areas": ["b"]},
    ]
    found = load_reading(write_rows(tmp_path / "r.jsonl", rows))
    assert found == {("p", 1): {"a"}, ("p", 2): frozenset(), ("q", 0): {"b"}}


@pytest.mark.parametrize("line", ['{"id": 3, "areas": []}', '{"id": "p"}', '{"id": "p", "areas": "a"}'])
def test_faults_of_a_reading(tmp_path: Path, line: str) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(LabelError, match=f"{file}:1: needs id"):
        load_reading(file)


def test_a_paragraph_that_stands_twice_in_a_reading_is_told(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "r.jsonl", [{"id": "p", "areas": []}, {"id": "p", "areas": ["a"]}])
    with pytest.raises(LabelError, match=f"{file}:2: id 'p' stands twice"):
        load_reading(file)
