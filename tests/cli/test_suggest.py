"""`classify suggest` as it is typed."""

import json
import shutil
from pathlib import Path

import pytest

from classifier.resources import default_model
from classifier.workspace.label_log import append_labels
from classifier.workspace.place import init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from classifier.workspace.versions import MODEL_PART, new_version
from tests.cli.conftest import Run, one_line


def test_a_list_with_reasons_and_what_to_expect(classify: Run, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "next.jsonl"
    done = classify("suggest", reports, "--size", 2, "--out", out, "--lang", "en")
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert 1 <= len(rows) <= 2
    for number, row in enumerate(rows, start=1):
        assert f"{number} {row['document']}:{row['line']}" in done.stdout
    assert "To expect" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "classify review" in done.stderr
    assert "预期" in classify("suggest", reports, "--size", 1, "--lang", "zh").stdout


def test_what_is_labelled_in_the_workspace_is_left_out(
    classify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "a.txt"
    text = "新建小学5所，增加学位200个。"
    report.write_text(text + "\n改造国道30公里。\n", encoding="utf-8")
    workspace = init_workspace(tmp_path / "own")
    verdict = Verdict(frozenset(), frozenset({"livelihoods"}), 1)
    append_labels(
        workspace, [SavedLabel(paragraph_id("a.txt", text), "a.txt", text, ((0, len(text)),), (verdict,))], "review"
    )
    monkeypatch.chdir(workspace.folder)
    done = classify("suggest", report, "--lang", "en")
    assert "1 that are labelled were left out" in " ".join(done.stdout.split())
    assert "新建小学" not in done.stdout
    assert "改造国道" in done.stdout


def test_it_says_what_the_forecast_rests_on(
    classify: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = init_workspace(tmp_path / "own")
    with new_version(workspace) as growing:
        shutil.copytree(default_model(), growing.folder / MODEL_PART)
    monkeypatch.chdir(workspace.folder)
    shipped = " ".join(classify("suggest", reports, "--size", 1, "--lang", "en").stdout.split())
    assert "learning curves of the shipped labels alone" in shipped
    assert "your own labels" not in shipped
    own = " ".join(classify("suggest", reports, "--size", 1, "--lang", "en", "--model", "1").stdout.split())
    assert "'classify models compare shipped 0001' measures" in own
    for named in ("1", "models/0001/model", "models/../models/0001/model"):
        told = classify("suggest", reports, "--size", 1, "--model", named).stdout
        assert "classify models compare shipped 0001" in told, named


def test_areas_without_a_learning_curve_get_no_forecast(classify: Run, reports: Path, small_bundle: Path) -> None:
    told = " ".join(classify("suggest", reports, "--size", 1, "--model", small_bundle, "--lang", "en").stdout.split())
    assert "To expect: not known." in told
    assert told.endswith("this model lacks some of them; 'classify train' tells what new labels brought.")
    assert "95% interval" not in told


def test_where_nothing_can_be_suggested_nothing_is_forecast(classify: Run, tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("各位代表：\n", encoding="utf-8")
    done = classify("suggest", report, "--out", tmp_path / "next.jsonl", "--lang", "en")
    assert done.stdout.strip() == "0 of 0 paragraphs of 0 reports"
    assert not (tmp_path / "next.jsonl").exists()


def test_bad_input_is_told_in_a_line(classify: Run, reports: Path, tmp_path: Path) -> None:
    assert "missing.txt" in one_line(classify("suggest", tmp_path / "missing.txt"))
    file = reports / "a.txt"
    assert "both input and --out" in one_line(classify("suggest", file, "--out", file))
    assert classify("suggest", file, "--size", 0).exit_code == 2
