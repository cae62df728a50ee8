"""The Spark engine against the local one, in a real session with two Python workers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.documents.parse import from_text
from classifier.errors import ClassifierError
from classifier.model.model import Model
from classifier.output.receipts.file_receipt import FileReceipt
from tests.conftest import PROJECT, SHARED

pytest.importorskip("pyspark", reason="pyspark is not installed (extra spark)")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra spark)")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java runtime", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")  # Spark's own
REPORTS = sorted((PROJECT / "seeds" / "reports").glob("*.txt"))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from classifier.engines.spark import session

    found = session("local[2,4]")  # two tasks at a time, each tried up to four times
    found.sparkContext.setLogLevel("OFF")
    yield found
    found.stop()


def table(folder: Path, texts: list[str | None], groups: int = 4) -> Path:
    from pyarrow import parquet

    rows = pa.table({"nr": [f"r{i:04d}" for i in range(len(texts))], "body": pa.array(texts, pa.string())})
    parquet.write_table(rows, folder / "in.parquet", row_group_size=max(1, len(texts) // groups))
    return folder / "in.parquet"


def rows_of(frame: Any) -> list[dict[str, Any]]:
    found = [row.asDict(recursive=True) for row in frame.collect()]
    return sorted(found, key=lambda r: (r["document"], r["paragraph"]))


def local_rows(path: Path, folder: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    out = folder / "local.parquet"
    columns = ["--text-column", "body", "--id-column", "nr"]
    command = [
        sys.executable,
        "-m",
        "classifier",
        "predict",
        str(path),
        *columns,
        "--format",
        "parquet",
        "--out",
        str(out),
        "--receipt",
        str(folder / "local.json"),
    ]
    subprocess.run(command, check=True, cwd=PROJECT)
    rows: list[dict[str, Any]] = parquet.read_table(out).to_pylist()
    return sorted(rows, key=lambda r: (r["document"], r["paragraph"]))


def tagged(spark: Any, path: Path, **options: Any) -> Any:
    from classifier.engines.spark import tag

    frame = spark.read.parquet(str(path)).repartition(4)
    return tag(frame, text="body", id="nr", name=str(path), **options)


def test_the_same_rows_as_the_local_engine(spark: Any, tmp_path: Path) -> None:
    texts = [p.read_text(encoding="utf-8") for p in REPORTS] * 3
    path = table(tmp_path, [*texts, None, ""])
    assert rows_of(tagged(spark, path)) == local_rows(path, tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_the_same_rows_on_real_reports(spark: Any, tmp_path: Path) -> None:
    texts: list[str | None] = [p.read_text(encoding="utf-8") for p in sorted((SHARED / "corpus").rglob("*.txt"))]
    path = table(tmp_path, texts)
    assert rows_of(tagged(spark, path)) == local_rows(path, tmp_path)


def workers() -> set[int]:
    """The Python processes that tag for Spark on this machine."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = place.read_bytes()
        except OSError:
            continue
        if b"pyspark.daemon" in line or b"pyspark/daemon" in line:
            found.add(int(place.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc to find the workers in")
def test_a_killed_worker_is_survived(spark: Any, tmp_path: Path) -> None:
    texts: list[str | None] = [p.read_text(encoding="utf-8") for p in REPORTS]
    path = table(tmp_path, texts * 60)
    whole = len(rows_of(tagged(spark, path)))
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        before = workers()
        parent = min(before, default=0)  # the first one starts the others
        while not over.is_set() and not killed:
            time.sleep(0.3)
            for pid in workers() - {parent}:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                break

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        found = rows_of(tagged(spark, path))
    finally:
        over.set()
        thread.join()
    assert killed
    assert len(found) == whole
    assert len({(r["document"], r["paragraph"]) for r in found}) == whole


def test_a_process_loads_the_model_once(small_bundle: Path, small_model: Model) -> None:
    from classifier.engines.spark import model_of_files

    files = {f.name: f.read_bytes() for f in small_bundle.iterdir()}
    first = model_of_files(files)
    assert model_of_files(dict(files)) is first
    text = from_text("新建小学3所。")
    assert first.predict(text) == small_model.predict(text)


def test_what_cannot_be_read_is_counted(spark: Any, tmp_path: Path) -> None:
    from classifier.engines.spark import counting, tag

    frame = spark.createDataFrame([(1, "粮食增产。"), (2, "修路。")], ["id", "text"])
    counted = counting(spark, "t.parquet")
    assert len(rows_of(tag(frame, counted=counted))) == 2
    assert counted.value == FileReceipt("t.parquet", "Parquet", 2, paragraphs=2, characters=8, is_table=True)
    numbers = spark.createDataFrame([(1, 5), (2, 6)], ["id", "text"])
    assert rows_of(tag(numbers, name="t.parquet", counted=counted)) == []
    assert (counted.value.documents, counted.value.unread) == (2, 2)
    assert all("t.parquet: row" in message for message in counted.value.faults)
    with pytest.raises(ClassifierError, match=r"t\.parquet: no column 'body'; give --text-column one of: id, text"):
        tag(frame, text="body", name="t.parquet")


def test_the_command(tmp_path: Path) -> None:
    from pyarrow import parquet

    path = table(tmp_path, [p.read_text(encoding="utf-8") for p in REPORTS])
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "classifier", "predict", str(path), "--engine", "spark", "--master", "local[2]"]
    command += ["--text-column", "body", "--id-column", "nr", "--out", str(out), "--receipt", str(tmp_path / "r.json")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert done.returncode == 0, done.stderr
    rows = sorted(parquet.read_table(out).to_pylist(), key=lambda r: (r["document"], r["paragraph"]))
    assert rows == local_rows(path, tmp_path)
    written, local = (json.loads((tmp_path / name).read_bytes()) for name in ("r.json", "local.json"))
    assert (written["files"], written["totals"]) == (local["files"], local["totals"])
    again = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert again.returncode == 2
    assert (
        again.stderr.splitlines()[-1] == f"error: {out}: exists; Spark writes a new folder, so give --out another name"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engine", "spark"], "--engine spark: needs --master URL"),
        (["--master", "local[2]"], "--master: is for --engine spark; give both"),
    ],
)
def test_options_that_do_not_go_together(classify: Any, options: list[str], message: str) -> None:
    result = classify("predict", REPORTS[0], *options)
    assert result.exit_code == 2
    assert message in result.stderr
