"""Compare the peaks of memory for a small and a large input, as a folder, an archive and tables.

Needs Linux. With the sizes 50 and 1000 it takes ten minutes and 4 GB of disk: python benchmarks/memory.py
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import reports, text_folder
from benchmarks.measuring import CLASSIFY, MB, MIB, PROJECT, cores, environment

PROC = Path("/proc")
PAUSE = 0.05  # seconds between two looks
AIM = 1.3  # how much more memory the large input may take


@dataclass(slots=True)
class Peaks:
    """The most memory seen, in MiB: of all processes together, what they share counted once, and of the largest.

    seconds: how long it took.
    """

    together: float = 0
    largest: float = 0
    seconds: float = 0


def main() -> None:
    """Measure each form with both sizes, and print a table."""
    options = arguments()
    if not PROC.joinpath("self", "status").is_file():
        sys.exit("this measures memory by /proc, which only Linux has")
    print("| input | size | MB/s | all processes | largest process | ratio | aim |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    ratios = []
    with TemporaryDirectory(dir=options.temp) as name:
        place = Path(name)
        folder = text_folder(options.corpus, place)
        for form in options.forms:
            first: Peaks | None = None
            for size in sorted(options.sizes):
                file = MAKERS[form](folder, place / f"input.{form}", size * MB)
                found = watched(command(file, place / f"out.{options.format}", options))
                shutil.rmtree(file) if file.is_dir() else file.unlink()
                cells = [f".{form}", f"{size} MB", f"{size / found.seconds:.2f}"]
                cells += [f"{found.together:.0f} MiB", f"{found.largest:.0f} MiB"]
                if first is not None:
                    ratios.append(found.together / first.together)
                cells += ["", ""] if first is None else [f"{ratios[-1]:.2f}", f"{AIM}"]
                first = first or found
                print(f"| {' | '.join(cells)} |", flush=True)
    sys.exit(f"memory grows by more than {AIM}" if max(ratios, default=0) > AIM else 0)


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 1000], help="MB of text")
    parser.add_argument("--forms", nargs="+", choices=list(MAKERS), default=list(MAKERS), help="forms of input")
    parser.add_argument("--format", choices=["jsonl", "csv", "parquet"], default="jsonl", help="form of the output")
    parser.add_argument("--jobs", type=int, default=cores(), help="processes")
    parser.add_argument("--corpus", type=Path, help="folder of reports; else ../shared/corpus, or one that is made")
    parser.add_argument("--temp", type=Path, help="where the inputs and outputs are written meanwhile")
    return parser.parse_args()


def command(file: Path, out: Path, options: argparse.Namespace) -> list[str]:
    """Return the command that tags a file."""
    jobs = str(options.jobs)
    return [*CLASSIFY, "predict", str(file), "--format", options.format, "--jobs", jobs, "--out", str(out)]


def repeated(folder: Path, size: int) -> Iterator[tuple[str, str]]:
    """Yield names and texts of reports, again and again, until they have `size` bytes."""
    texts = [(file.stem, file.read_text(encoding="utf-8", errors="replace")) for file in reports(folder)]
    done = 0
    for number in count():
        for name, text in texts:
            yield f"{number:05}-{name}", text
            done += len(text.encode())
            if done >= size:
                return


def as_jsonl(folder: Path, file: Path, size: int) -> Path:
    """Write a file of JSON lines with a column of texts."""
    with file.open("w", encoding="utf-8") as lines:
        for name, text in repeated(folder, size):
            lines.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    return file


def as_zip(folder: Path, file: Path, size: int) -> Path:
    """Write an archive of text files."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in repeated(folder, size):
            archive.writestr(f"{name}.txt", text)
    return file


def as_csv(folder: Path, file: Path, size: int) -> Path:
    """Write a CSV file with a column of texts."""
    with file.open("w", encoding="utf-8", newline="") as rows:
        writer = csv.writer(rows)
        writer.writerow(["id", "text"])
        writer.writerows(repeated(folder, size))
    return file


def as_parquet(folder: Path, file: Path, size: int) -> Path:
    """Write a Parquet file with a column of texts, a hundred rows in a group."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    rows = repeated(folder, size)
    with parquet.ParquetWriter(file, schema) as writer:
        while group := list(islice(rows, 100)):
            writer.write_table(pa.table(list(zip(*group, strict=True)), schema=schema))
    return file


def as_folder(folder: Path, file: Path, size: int) -> Path:
    """Write a folder of text files, a thousand in each of its folders."""
    for number, (name, text) in enumerate(repeated(folder, size)):
        place = file / str(number // 1000) / f"{name}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return file


MAKERS = {"jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet, "zip": as_zip, "folder": as_folder}


def watched(command: list[str]) -> Peaks:
    """Run a command, and look at the memory of its processes every PAUSE seconds."""
    peaks = Peaks()
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        pids = list(family(process.pid))
        peaks.together = max(peaks.together, sum(size(pid, "smaps_rollup", "Pss:") for pid in pids))
        peaks.largest = max(peaks.largest, *(size(pid, "status", "VmRSS:") for pid in pids))
        time.sleep(PAUSE)
    peaks.seconds = time.perf_counter() - begin
    if process.returncode:
        sys.exit(f"{' '.join(command[:5])} … failed with exit code {process.returncode}")
    return peaks


def family(pid: int) -> Iterator[int]:
    """Yield the ids of a process, of those it started, and of those that these started."""
    yield pid
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def size(pid: int, file: str, key: str) -> float:
    """Return the MiB that /proc/PID/FILE has under a key, 0 where the process has ended."""
    with suppress(OSError):
        for line in (PROC / str(pid) / file).read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1]) * 1024 / MIB
    return 0.0


if __name__ == "__main__":
    main()
