"""Whole runs over many reports: several processes, early ends, going on, and what is told meanwhile."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.engines import batches
from classifier.output.predictions.registry import OUTPUT_FORMATS, format_class
from tests.conftest import run_command

ROWS = 9 * batches.BATCH_DOCUMENTS


@pytest.fixture(scope="session")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of nine batches; three of its rows are bad, and one is empty."""
    rows = [json.dumps({"id": f"r{i}", "text": f"新建小学{i}所。"}, ensure_ascii=False) for i in range(ROWS)]
    rows[5] = rows[2500] = rows[-5] = "{"
    rows[7] = '{"text": ""}'
    path = tmp_path_factory.mktemp("long") / "rows.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def whole(long_table: Path, small_bundle: Path) -> dict[str, bytes]:
    """What runs in one process make of the table, by format."""
    results = {}
    for form in OUTPUT_FORMATS:
        out = long_table.parent / f"whole.{form}"
        run_command(*arguments(long_table, out, small_bundle, jobs=1))
        results[form] = out.read_bytes() if out.exists() else b""
    return results


def arguments(source: Path, out: Path, model: Path, jobs: int = 2) -> list[object]:
    form = out.suffix[1:]
    return ["predict", source, "--format", form, "--model", model, "--out", out, "--jobs", jobs]


def beside(out: Path) -> list[str]:
    return sorted(p.name for p in out.parent.iterdir())


# A run to which something happens once, right after its second batch is written: seven are left, however fast it is.
EARLY_END = """
import multiprocessing, os, signal
from classifier.cli.app import app
from classifier.storage.resumable import ResumableOutput

batches = []

class Output(ResumableOutput):
    def append(self, data, checkpoint, lines):
        super().append(data, checkpoint, lines)
        batches.append(checkpoint)
        if len(batches) == 2:
            {event}

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it
    import classifier.storage.resumable
    classifier.storage.resumable.ResumableOutput = Output
    app({args})
"""
CTRL_C = "os.killpg(0, signal.SIGINT)"
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
WORKER_KILLED = "multiprocessing.active_children()[0].kill()"


def run_with(event: str, args: list[object], folder: Path) -> tuple[int, list[str]]:
    """Run the command in a process group of its own until it and its workers are gone; return its code and stderr."""
    script = folder / "early_end.py"
    script.write_text(EARLY_END.format(event=event, args=list(map(str, args))), encoding="utf-8")
    process = subprocess.Popen([sys.executable, script], stderr=subprocess.PIPE, start_new_session=True)
    try:
        _, told = process.communicate(timeout=60)  # workers hold stderr open, too
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    script.unlink()
    return process.returncode, [line for line in told.decode().splitlines() if not line.startswith("tagging: ")]


@pytest.fixture(params=OUTPUT_FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    found = str(request.param)
    if needs := format_class(found).needs:
        pytest.importorskip(needs)
    return found


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    done = run_command(*arguments(long_table, out, small_bundle))
    assert done.returncode == 2
    assert out.read_bytes() == whole[form]
    assert beside(out) == [out.name, *([f"{out.name}.meta.json"] if form in ("jsonl", "csv") else [])]
    told = [line for line in done.stderr.decode().splitlines() if not line.startswith("tagging: ")]
    assert [line.split(": ")[2] for line in told[:3]] == ["line 6", "line 2501", f"line {ROWS - 4}"]
    assert told[3:] == [
        f"read: {ROWS - 3:,} documents ({ROWS - 3:,} JSON lines), {ROWS - 4:,} paragraphs",
        "without text: 1 document, which has no records",
        "not read: 3 documents",
    ]


@pytest.mark.slow
def test_an_interrupted_run_goes_on_where_it_was(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    out.write_text("old")
    code, told = run_with(CTRL_C, arguments(long_table, out, small_bundle), tmp_path)
    assert code == 130
    assert [line for line in told if not line.startswith("error: ")] == told[-1:]
    assert told[-1].startswith("interrupted: ")
    assert told[-1].endswith("documents are done; the same command with --resume goes on from there")
    assert int(told[-1].split()[1]) >= batches.BATCH_DOCUMENTS - 1
    assert out.read_text() == "old"
    assert beside(out) == [out.name, f"{out.name}.part", f"{out.name}.part.json", f"{out.name}.part.lines"]
    with (tmp_path / f"{out.name}.part").open("ab") as part:
        part.write(b"half a batch")
    done = run_command(*arguments(long_table, out, small_bundle, jobs=1), "--resume")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("not read: 3 documents, of which the earlier run named ")
    assert out.read_bytes() == whole[form]
    assert beside(out) == [out.name, *([f"{out.name}.meta.json"] if form in ("jsonl", "csv") else [])]


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    code, _ = run_with(KILLED, arguments(long_table, out, small_bundle), tmp_path)
    assert code == -signal.SIGKILL
    done = run_command(*arguments(long_table, out, small_bundle), "--resume")
    assert done.returncode == 2
    assert out.read_bytes() == whole["jsonl"]


@pytest.mark.slow
def test_a_killed_worker_is_told_in_one_line(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    code, told = run_with(WORKER_KILLED, arguments(long_table, out, small_bundle), tmp_path)
    assert code == 2
    assert told[-1].startswith("error: a worker process was ended from outside")
    assert told[-1].endswith("the same command with --resume goes on from there")
    assert run_command(*arguments(long_table, out, small_bundle), "--resume").returncode == 2
    assert out.read_bytes() == whole["jsonl"]


MEMORY = """
import atexit, os
from multiprocessing import util
from classifier.cli.app import app

@atexit.register
def tell():
    os.write(1, open("/proc/self/status").read().split("VmHWM:")[1].split()[0].encode() + b"\\n")

util.register_after_fork(tell, lambda tell: util.Finalize(None, tell, exitpriority=0))  # forked processes skip atexit

if __name__ == "__main__":
    app({args})
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_input(small_bundle: Path, tmp_path: Path) -> None:
    """Long lines without a sentence are quick to tag, and as long to read and to send as any."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process's memory is read from /proc")
    peaks = []
    for size in (4, 20):
        rows = [json.dumps({"text": f"{i}" + "全市发展" * 5_000}) for i in range(size * 1_000_000 // 60_000)]
        source = tmp_path / f"{size}.jsonl"
        source.write_text("\n".join(rows), encoding="utf-8")
        args = list(map(str, arguments(source, tmp_path / "out.jsonl", small_bundle)))
        script = tmp_path / "measured.py"
        script.write_text(MEMORY.format(args=args))
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        peaks.append(sorted(map(int, done.stdout.split())))
        assert len(peaks[-1]) == 3
    for small, large in zip(*peaks, strict=True):
        assert large < 1.3 * small
