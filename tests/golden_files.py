"""Write the golden files anew: `python -m tests.golden_files`. Read the difference before committing it."""

import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from classifier.documents.parse import read_document
from classifier.readers.sources import sources
from tests.conftest import PROJECT, run_command

GOLDEN = Path(__file__).parent / "golden"
PREDICTIONS = GOLDEN / "predictions"
BUNDLE_HASH = GOLDEN / "bundle.sha256"
REPORTS = sorted((PROJECT / "seeds" / "reports").glob("*.txt"))
INPUTS = ["seeds/reports", "tests/golden/hostile.txt"]


def outline(report: Path) -> list[list[object]]:
    """The structure of a report: line, kind, number of headings and sentences of each paragraph."""
    (source,) = sources(str(report))
    return [
        [p.line, str(p.kind), len(p.heading), [[s.start, s.end, s.item, bool(s.normalized)] for s in p.sentences]]
        for p in read_document(source).paragraphs
    ]


def _command(*args: object) -> bytes:
    done = run_command(*args, cwd=PROJECT)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _parquet() -> bytes:
    """A Parquet file read back, one JSON object for each row."""
    from pyarrow import parquet

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.parquet"
        _command("predict", *INPUTS, "--format", "parquet", "--out", out, "--scores", "all")
        rows: list[dict[str, Any]] = parquet.read_table(out).to_pylist()
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


# What the shipped model says of the sample reports and of a hostile page, in each format.
SAYINGS: dict[str, Callable[[], bytes]] = {
    "scores.jsonl": lambda: _command("predict", *INPUTS, "--format", "jsonl", "--scores", "all"),
    "scores.csv": lambda: _command("predict", *INPUTS, "--format", "csv", "--scores", "all"),
    "parquet.jsonl": _parquet,
    "table-zh.txt": lambda: _command("predict", *INPUTS),
    "table-en.txt": lambda: _command("predict", *INPUTS, "--lang", "en"),
}


def bundle_hash(folder: Path) -> str:
    """SHA-256 of a model's manifest, which holds the checksums of all its other files."""
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


if __name__ == "__main__":
    for report in REPORTS:
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in outline(report))
        (GOLDEN / f"{report.stem}.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    for name, say in SAYINGS.items():
        (PREDICTIONS / name).write_bytes(say())
    BUNDLE_HASH.write_text(bundle_hash(PROJECT / "models" / "default") + "\n", encoding="ascii")
