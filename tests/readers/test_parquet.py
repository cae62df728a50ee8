from pathlib import Path
from typing import Any

import pytest

from tests.readers.files import OTHER, documents_of, refusal

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def test_a_file_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 no more")
    assert "not a whole Parquet file" in refusal(path)
    pq.write_table(pa.table({"text": [OTHER]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"text", b"te\xb3t"))
    assert "not a whole Parquet file" in refusal(path)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (pa.array([(1 << 62) + 1], pa.duration("ns")), "4611686018427387905"),
        (pa.array([1_700_000_000_123_456_789], pa.timestamp("ns")), "2023-11-14 22:13:20.123456789"),
        (pa.array([3_000_000], pa.date32()), "10183-09-21"),
        (pa.array([1], pa.time64("ns")), "00:00:00.000000001"),
    ],
)
def test_an_id_that_python_has_no_value_for_is_read_as_text(tmp_path: Path, ids: Any, expected: str) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": [OTHER], "id": ids}), path)
    (document,) = documents_of(path)
    assert document.fault is None
    assert document.name == f"{path}:{expected}"


def test_text_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    text = pa.array([OTHER.encode(), OTHER.encode("gb18030")]).cast(pa.binary())
    pq.write_table(pa.table({"text": pa.StringArray.from_buffers(2, *text.buffers()[1:], text.buffers()[0])}), path)
    first, second = documents_of(path)
    assert first.text == OTHER
    assert second.fault == f"{path}: row 2: a value of type string cannot be read; write the column as text in UTF-8"


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    column = pa.array([OTHER])
    for names in (["text", "text"], ["id", "text", "id"]):
        pq.write_table(pa.Table.from_arrays([column] * len(names), names), path)
        assert refusal(path) == f"{path}: 2 columns are called {names[0]!r}; rename all but one"
