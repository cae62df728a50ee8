"""`classify audit` as it is typed."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, one_line
from tests.conftest import labelled_rows, write_rows


def audit_of(classify: Run, folder: Path, bundle: Path, *more: object) -> tuple[str, list[dict[str, object]]]:
    out = folder / "doubtful.jsonl"
    done = classify("audit", folder / "labels", "--model", bundle, "--out", out, *more)
    assert done.exit_code == 0, done.output
    return done.stdout, [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_doubtful_labels_are_listed_and_written_for_review(
    classify: Run, small_labels: Path, small_bundle: Path, tmp_path: Path
) -> None:
    rows = labelled_rows()
    wrong = rows[7]["sentences"]
    assert isinstance(wrong, list)
    wrong[0]["areas"] = ["roads"] if wrong[0]["areas"] != ["roads"] else ["farms"]
    folder = tmp_path / "labels"
    (folder / "paragraphs").mkdir(parents=True)
    write_rows(folder / "paragraphs" / "all.jsonl", rows)
    (folder / "taxonomy.toml").write_bytes((small_labels / "taxonomy.toml").read_bytes())
    shown, written = audit_of(classify, tmp_path, small_bundle, "--lang", "en")
    assert written[0]["id"] == rows[7]["id"]
    assert written[0]["why"] == ["label-doubtful", "duplicate-differs"] or written[0]["why"] == ["label-doubtful"]
    assert str(rows[7]["id"]) in shown.splitlines()[1]
    assert max(map(len, shown.splitlines())) <= 80
    found, _ = audit_of(classify, tmp_path, small_bundle, "--format", "json")
    assert json.loads(found)["rows"][0]["id"] == rows[7]["id"]


def test_bad_input_is_told_in_a_line(classify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no such file" in one_line(classify("audit", tmp_path / "missing.jsonl"))
    monkeypatch.chdir(tmp_path)
    assert "name label files" in one_line(classify("audit"))
    file = write_rows(tmp_path / "mine.jsonl", labelled_rows(2))
    assert "both input and --out" in one_line(classify("audit", file, "--out", file))
