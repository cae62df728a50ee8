"""Whole runs of the bulk path: several processes, early ends, going on, and what is told meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from classifier.engines import batches
from classifier.storage.resumable import Checkpoint, ResumableOutput
from tests.conftest import run_command
from tests.readers.files import OTHER, TEXT, write_archive, write_table

Run = Callable[..., Result]
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
    for form in ("jsonl", "csv", "parquet"):
        out = long_table.parent / f"whole.{form}"
        run_command(*arguments(long_table, out, small_bundle, jobs=1))
        results[form] = out.read_bytes()
    return results


def arguments(source: Path, out: Path, model: Path, jobs: int = 2) -> list[object]:
    form = out.suffix[1:]
    return ["predict", source, "--format", form, "--model", model, "--out", out, "--jobs", jobs]


def beside(out: Path) -> list[str]:
    return sorted(p.name for p in out.parent.iterdir())


def _heed_interrupts() -> None:
    """What a shell starts in the background ignores them otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Started:
    """A run in a process group of its own, ended when it has written at least one batch."""

    def __init__(self, args: list[object], out: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "classifier", *map(str, args)],
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=_heed_interrupts,  # noqa: PLW1509 - it takes no lock
        )
        record = out.with_name(f"{out.name}.part.json")
        deadline = time.monotonic() + 120
        while not record.exists() and self.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        assert self.process.poll() is None, self.process.communicate()

    def workers(self) -> list[int]:
        listed = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
        rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
        return [int(row[0]) for row in rows if row[1] == str(self.process.pid) and "resource_tracker" not in row[2]]

    def end(self) -> list[str]:
        """Wait for the end of the run and of all its processes; returns what was told."""
        try:
            _, told = self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            raise
        deadline = time.monotonic() + 10
        while self.workers() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.workers() == []
        return [line for line in told.decode().splitlines() if "leaked" not in line and "warnings.warn" not in line]


@pytest.fixture(params=["jsonl", "csv", "parquet"])
def form(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def test_the_number_of_processes_changes_nothing(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    done = run_command(*arguments(long_table, out, small_bundle))
    assert done.returncode == 2
    assert out.read_bytes() == whole[form]
    assert beside(out) == [out.name]
    told = [line for line in done.stderr.decode().splitlines() if not line.startswith("tagging: ")]
    assert [line.split(": ")[2] for line in told[:3]] == ["line 6", "line 2501", f"line {ROWS - 4}"]
    assert told[3:] == [
        "note: 1 rows have no text, and no records",
        f"error: 3 of {ROWS} documents could not be read",
    ]


def test_an_interrupted_run_goes_on_where_it_was(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    out.write_text("old")
    run = Started(arguments(long_table, out, small_bundle), out)
    os.killpg(run.process.pid, signal.SIGINT)
    told = run.end()
    assert run.process.returncode == 130
    assert [line for line in told if not line.startswith("error: ")] == told[-1:]
    assert told[-1].startswith("interrupted: ")
    assert told[-1].endswith("documents are done; the same command with --resume goes on from there")
    assert out.read_text() == "old"
    assert beside(out) == [out.name, f"{out.name}.part", f"{out.name}.part.json"]
    with (tmp_path / f"{out.name}.part").open("ab") as part:
        part.write(b"half a batch")
    done = run_command(*arguments(long_table, out, small_bundle, jobs=1), "--resume")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith(f"error: 3 of {ROWS} documents could not be read, ")
    assert out.read_bytes() == whole[form]
    assert beside(out) == [out.name]


@pytest.mark.parametrize("done", [0, 1])
def test_an_interrupt_while_the_record_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    part = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"})
    for i in range(done):
        part.append(b"batch\n", Checkpoint(offset=6 * (i + 1), sources=i + 1))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            part.append(b"more\n", Checkpoint(offset=6 * done + 5, sources=done + 1))
    assert part.leave() == bool(done)
    assert beside(tmp_path / "out.jsonl") == ["out.jsonl.part", "out.jsonl.part.json"][: 2 * done]
    again = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"}, resume=True)
    again.discard()
    assert again.state == Checkpoint(offset=6 * done, sources=done)


def test_a_killed_run_goes_on_where_it_was(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run = Started(arguments(long_table, out, small_bundle), out)
    run.process.kill()
    run.end()
    done = run_command(*arguments(long_table, out, small_bundle), "--resume")
    assert done.returncode == 2
    assert out.read_bytes() == whole["jsonl"]


def test_a_killed_worker_is_told_in_one_line(
    long_table: Path, small_bundle: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run = Started(arguments(long_table, out, small_bundle), out)
    os.kill(run.workers()[0], signal.SIGKILL)
    told = run.end()
    assert run.process.returncode == 2
    assert told[-1].startswith("error: a worker process was ended from outside")
    assert told[-1].endswith("the same command with --resume goes on from there")
    assert run_command(*arguments(long_table, out, small_bundle), "--resume").returncode == 2
    assert out.read_bytes() == whole["jsonl"]


@pytest.fixture
def left(tmp_path: Path, small_bundle: Path, monkeypatch: pytest.MonkeyPatch, classify: Run) -> list[object]:
    """The arguments of a run that ended after its first batch; `out.jsonl` and its part lie in the input folder."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(batches, "BATCH_DOCUMENTS", 1)
    (folder / "b.txt").write_bytes(b"")
    args = arguments(folder, folder / "out.txt.jsonl", small_bundle, jobs=1)
    assert classify(*args, "--strict").exit_code == 2
    assert (folder / "out.txt.jsonl.part").read_text("utf-8").count("\n") == 2
    return args


def test_other_input_or_options_cannot_go_on(left: list[object], classify: Run) -> None:
    other = classify(*left, "--resume", "--lang", "en")
    assert other.exit_code == 2
    assert "out.txt.jsonl.part: begun with other options; start anew without --resume" in other.stderr
    (Path(str(left[1])) / "c.txt").write_text(OTHER, encoding="utf-8")
    other = classify(*left, "--resume")
    assert "begun with other inputs" in other.stderr
    assert len(other.stderr.splitlines()) == 1
    anew = classify(*left)
    assert "of an earlier run is begun anew" in anew.stderr
    assert (Path(str(left[1])) / "out.txt.jsonl").read_text("utf-8").count("\n") == 3


def test_going_on_past_a_bad_document_still_counts_it(left: list[object], classify: Run) -> None:
    done = classify(*left, "--resume")
    assert done.exit_code == 2
    assert "b.txt: the file is empty" in done.stderr
    assert (Path(str(left[1])) / "out.txt.jsonl").read_text("utf-8").count("\n") == 4


def test_a_damaged_record_or_part_is_told(left: list[object], classify: Run) -> None:
    folder = Path(str(left[1]))
    (folder / "out.txt.jsonl.part").write_bytes(b"")
    assert "shorter than its record says" in classify(*left, "--resume").stderr
    (folder / "out.txt.jsonl.part.json").write_text("{}")
    assert "out.txt.jsonl.part.json: not readable" in classify(*left, "--resume").stderr


def test_two_runs_do_not_write_the_same_part(left: list[object], classify: Run) -> None:
    fcntl = pytest.importorskip("fcntl")
    with (Path(str(left[1])) / "out.txt.jsonl.part").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = classify(*left)
    assert result.exit_code == 2
    assert "another run is writing it" in result.stderr


def test_nothing_to_go_on_with_is_told(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    args = arguments(tmp_path / "a.txt", tmp_path / "o.jsonl", small_bundle)
    result = classify(*args, "--resume")
    assert result.exit_code == 0
    assert result.stderr == f"note: nothing is left of an earlier run to {tmp_path / 'o.jsonl'}; it begins anew\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["a.txt", "--resume"], "needs --out FILE"),
        (["a.txt", "--resume", "--out", "o"], "--format jsonl, csv or parquet"),
        (["-", "--resume", "--out", "o", "--format", "csv"], "standard input cannot be read again"),
        (["a.txt", "--format", "parquet"], "give --out FILE"),
        (["o.part", "--format", "csv", "--out", "o"], "is both input and --out"),
    ],
)
def test_options_that_do_not_go_together(classify: Run, args: list[str], words: str) -> None:
    result = classify("predict", *args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_archive_and_a_table_as_a_user_gives_them(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    zipped = write_archive(tmp_path / "all.zip", {"某县.txt": TEXT.encode()}, gbk=True)
    rows = write_table(tmp_path / "t.csv", [{"nr": 7, "body": OTHER}], "gb18030")
    result = classify(
        "predict", zipped, rows, "--format", "jsonl", "--model", small_bundle,
        "--text-column", "body", "--id-column", "nr",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = [(r["document"], r["text"]) for r in map(json.loads, result.stdout.splitlines())]
    assert found == [*((f"{zipped}/某县.txt", line) for line in TEXT.splitlines()), (f"{rows}:7", OTHER)]


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


def test_memory_does_not_grow_with_the_input(small_bundle: Path, tmp_path: Path) -> None:
    """Long lines without a sentence are quick to tag, and as long to read and to send as any."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process's memory is read from /proc")
    peaks = []
    for size in (4, 20):
        rows = [{"text": f"{i}" + "全市发展" * 5_000} for i in range(size * 1_000_000 // 60_000)]
        source = write_table(tmp_path / f"{size}.jsonl", rows)
        args = list(map(str, arguments(source, tmp_path / "out.jsonl", small_bundle)))
        script = tmp_path / "measured.py"
        script.write_text(MEMORY.format(args=args))
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        peaks.append(sorted(map(int, done.stdout.split())))
        assert len(peaks[-1]) == 3
    for small, large in zip(*peaks, strict=True):
        assert large < 1.3 * small
