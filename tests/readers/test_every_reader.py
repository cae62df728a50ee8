"""One battery of checks over every format in the table of formats."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.readers.files import write_archive, write_table

MEMORY = """
from classifier.readers.raw import TableColumns
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
(source,) = sources({path!r})
print(sum(len(p.text or p.content) for p in raw_documents(source, TableColumns())))
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".zip"])
def test_memory_does_not_grow_with_a_table_or_archive(tmp_path: Path, suffix: str) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process's memory is read from /proc")
    peaks = []
    for size in (8, 40):
        texts = [f"{i}" + "全市发展" * 5_000 for i in range(size * 1_000_000 // 60_000)]
        path = tmp_path / f"{size}{suffix}"
        if suffix == ".zip":
            write_archive(path, {f"{i}.txt": text.encode() for i, text in enumerate(texts)})
        else:
            write_table(path, [{"text": text} for text in texts])
        code = MEMORY.format(path=str(path))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < 1.3 * peaks[0]
