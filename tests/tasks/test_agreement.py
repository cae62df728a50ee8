from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.tasks.agreement import compare_readings
from tests.conftest import write_rows


def test_two_files_are_compared(tmp_path: Path) -> None:
    first = write_rows(tmp_path / "a.jsonl", [{"id": "p", "areas": ["ships"]}, {"id": "q", "areas": ["ecology"]}])
    second = write_rows(tmp_path / "b.jsonl", [{"id": "p", "areas": []}, {"id": "r", "areas": []}])
    found = compare_readings(first, second)
    assert found.agreement.units == 1
    assert found.disagreements == [(("p", 0), frozenset({"ships"}), frozenset())]
    assert (found.left_out, found.unknown) == (2, ("ships",))
    assert "ecology" in {a.id for a in found.areas}


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=f"{tmp_path / 'none.jsonl'}: cannot be opened"):
        compare_readings(tmp_path / "none.jsonl", tmp_path / "none.jsonl")
