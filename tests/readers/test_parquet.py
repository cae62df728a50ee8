import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT
from tests.readers.files import OTHER, documents_of, refusal

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
parquet_reader = pytest.importorskip("classifier.readers.parquet")


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


def write_bomb(path: Path, rows: int, length: int, kind: Any = None) -> Path:
    """A table whose one text stands in all rows, and once in the file."""
    values = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["县" * length]))
    pq.write_table(pa.table({"text": values if kind is None else values.cast(kind)}), path, compression="zstd")
    return path


def test_a_table_that_unpacks_to_far_more_than_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_reader, "LARGEST_TABLE", 1 << 20)
    path = write_bomb(tmp_path / "a.parquet", 1000, 1000)
    assert "a.parquet: unpacks to more than 2 MB, 200 times its size or more; write it in" in refusal(path)
    assert len(documents_of(write_bomb(path, 300, 1000))) == 300
    monkeypatch.setattr(parquet_reader, "MOST_TIMES_UNPACKED", 10_000)
    assert len(documents_of(write_bomb(path, 1000, 1000))) == 1000


def test_a_column_of_lists_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [["县"] * 9], "id": [1]}), path)
    assert [d.fault for d in documents_of(path)] == [f"{path}: row 1: its text is a list; it must be text"]
    pq.write_table(pa.table({"text": [{"a": "县"}]}), path)
    assert [d.fault for d in documents_of(path)] == [f"{path}: row 1: its text is an object; it must be text"]
    pq.write_table(pa.table({"text": ["县里修路。"], "id": [["县"]]}), path)
    assert [d.fault for d in documents_of(path)] == [f"{path}: row 1: its id is a list; it must be text or a number"]


def test_repeated_texts_are_read_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = ["甲", None, "乙", "甲", "", "乙"] * 400
    for kind in (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        pq.write_table(pa.table({"text": pa.array(texts).cast(kind), "id": pa.array(map(str, range(2400)))}), path)
        assert [d.text for d in documents_of(path)] == [text or "" for text in texts]
        assert documents_of(path)[1001].name == f"{path}:1001"


MEMORY = """
import resource
from pathlib import Path
from classifier.readers.raw import TableColumns
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
import pyarrow.compute, pyarrow.parquet
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {spare}, used + {spare}))
(source,) = sources({path!r})
print(sum(len(p.text) for p in raw_documents(source, TableColumns())))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the memory of a process is read from /proc")
@pytest.mark.parametrize(("rows", "length"), [(2000, 40_000), (60, 1_400_000)])
def test_a_small_file_of_much_text_takes_little_memory(tmp_path: Path, rows: int, length: int) -> None:
    path = write_bomb(tmp_path / "a.parquet", rows, length)
    code = MEMORY.format(path=str(path), spare=160 << 20)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert int(done.stdout) == rows * length


def test_an_unknown_time_zone_is_told_in_its_row(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    ids = pa.array([1], pa.timestamp("us", "Mars/Olympus"))
    pq.write_table(pa.table({"text": [OTHER], "id": ids}), path)
    assert refusal(path).startswith(f"{path}: row 1: a value of type timestamp[us, tz=Mars/Olympus] cannot be read; ")
