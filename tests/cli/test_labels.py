import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from tests.conftest import labelled_rows, texts_of, write_rows


def test_extract_and_summary(classify: Callable[..., Result], tmp_path: Path) -> None:
    rows = [row | {"sentences": [{"text": t, "areas": ["ecology"]} for t in texts_of(row)]} for row in labelled_rows(6)]
    files = [write_rows(tmp_path / "mine.jsonl", rows[:9]), write_rows(tmp_path / "more.jsonl", rows[9:])]
    fixed = tmp_path / "fixed.jsonl"
    fixed.write_text(json.dumps({"id": "r0-0", "sentence": 1, "areas": ["finance"]}) + "\n", encoding="utf-8")
    result = classify("labels", "extract", *files, "--out", tmp_path / "ex", "--jobs", 1, "--corrections", fixed)
    assert result.exit_code == 0, result.output
    assert "sentences of which over 20 characters came back: 0 before suppression, 0 after" in result.stderr
    summary = classify("labels", "summary", "--labels", tmp_path / "ex", "--lang", "en")
    assert summary.exit_code == 0, summary.output
    assert "county" in summary.stdout
    lines = {line.split()[0]: line.split()[-1] for line in summary.stdout.splitlines() if line.strip()}
    assert int(lines["Ecology"]) == 71
