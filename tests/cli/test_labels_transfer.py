"""`classify labels export` and `import`, as they are typed."""

import csv
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from classifier.workspace.label_log import append_labels, read_log, saved_labels
from classifier.workspace.place import Workspace, init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from tests.cli.conftest import Run, one_line
from tests.conftest import AREAS, PROJECT, write_rows

FORMATS = {"csv": "csv", "jsonl": "jsonl", "label-studio": "json", "doccano": "jsonl", "prodigy": "jsonl"}
TEXT = "新建小学5所，增加学位200个。"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with three areas of its own, in which commands run."""
    folder = tmp_path / "own"
    found = init_workspace(folder)
    lines = [f'[[areas]]\nid = "{a.id}"\nzh = "{a.zh}"\nen = "{a.en}"\n' for a in AREAS]
    found.taxonomy_file.write_text("own_areas_alone = true\n" + "\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(folder)
    return found


def save(workspace: Workspace, *areas: str) -> None:
    verdict = Verdict(frozenset(areas), frozenset(a.id for a in AREAS))
    label = SavedLabel(paragraph_id("a.txt", TEXT), "a.txt", TEXT, ((0, len(TEXT)),), (verdict,))
    append_labels(workspace, [label], "review", by="李")


def table(path: Path, *rows: list[object]) -> Path:
    stream = StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_reports_are_tagged_checked_and_imported(
    name: str, classify: Run, workspace: Workspace, reports: Path, small_bundle: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"labels.{FORMATS[name]}"
    result = classify("labels", "export", reports, "--model", small_bundle, "--out", out, "--format", name)
    assert result.exit_code == 0, result.output
    assert "4 rows" in result.stderr
    result = classify("labels", "import", out)
    assert result.exit_code == 0, result.output
    assert "4 rows are left out" in result.stderr
    assert "nothing to save" in result.stderr
    assert read_log(workspace) == ()
    result = classify("labels", "import", out, "--checked", "--by", "王")
    assert result.exit_code == 0, result.output
    assert "4 paragraphs are new" in result.stderr
    assert {(e.by, e.source) for e in read_log(workspace)} == {("王", f"import {out.name}")}
    areas = {(label.document, label.text[:4]): label.areas for label in saved_labels(workspace).values()}
    assert areas["a.txt", "新建小学"] == {"schools"}
    assert areas["b.txt", "改造国道"] == {"roads"}


def test_saved_labels_go_to_another_workspace_which_the_import_makes(
    classify: Run, workspace: Workspace, tmp_path: Path
) -> None:
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    save(workspace, "schools")
    assert classify("labels", "export", "--out", tmp_path / "x.xlsx").exit_code == 0
    other = init_workspace(tmp_path / "other")
    other.taxonomy_file.write_bytes(workspace.taxonomy_file.read_bytes())
    result = classify("labels", "import", tmp_path / "x.xlsx", "--workspace", tmp_path / "other")
    assert result.exit_code == 0, result.output
    assert saved_labels(other) == saved_labels(workspace)
    result = classify("labels", "import", tmp_path / "x.xlsx", "--workspace", tmp_path / "other")
    assert "1 paragraph is as saved" in result.stderr


def test_an_import_makes_the_workspace_that_it_names(classify: Run, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", ["text", "生态环保与绿色低碳"], ["新建绿地三公顷。", 1])
    result = classify("labels", "import", path, "--workspace", tmp_path / "new", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "1 paragraph is new" in result.stderr
    assert not (tmp_path / "new").exists()
    assert classify("labels", "import", path, "--workspace", tmp_path / "new").exit_code == 0
    (label,) = saved_labels(Workspace(tmp_path / "new")).values()
    assert (label.document, label.whole) == ("t.csv", {"ecology": True})


def test_conflicts_are_told_and_must_be_decided(classify: Run, workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, "schools")
    path = table(tmp_path / "t.csv", ["document", "text", "教育", "道路"], ["a.txt", TEXT, 0, 0])
    result = classify("labels", "import", path)
    assert result.exit_code == 2
    told = result.stderr.splitlines()
    assert told[-1] == (
        "error: 1 label contradicts a saved one; nothing was saved; choose --on-conflict keep or replace"
    )
    assert told[-2].startswith("conflict: a.txt “新建小学5所，增加学位200个。”: ")
    assert "t.csv, row 2 has no Schools; 李 saved on " in told[-2]
    assert len(read_log(workspace)) == 1
    assert classify("labels", "import", path, "--on-conflict", "keep").exit_code == 0
    assert len(read_log(workspace)) == 1
    assert classify("labels", "import", path, "--on-conflict", "replace").exit_code == 0
    (label,) = saved_labels(workspace).values()
    assert label.areas == frozenset()


def test_other_sentences_are_told_as_a_conflict(classify: Run, workspace: Workspace, tmp_path: Path) -> None:
    verdict = Verdict(frozenset({"schools"}), frozenset({"schools"}), 1)
    spans = ((0, 8), (8, len(TEXT)))
    label = SavedLabel(paragraph_id("a.txt", TEXT), "a.txt", TEXT, spans, (verdict,))
    append_labels(workspace, [label], "review", by="李")
    row = {"id": 1, "report": "a.txt", "sentences": [{"text": TEXT, "areas": ["roads"]}], "about": ["roads"]}
    write_rows(tmp_path / "t.jsonl", [row])
    result = classify("labels", "import", tmp_path / "t.jsonl")
    assert result.exit_code == 2
    assert "cuts the paragraph into other sentences; labels of sentences that 李 saved on " in result.stderr
    assert len(read_log(workspace)) == 1


@pytest.mark.parametrize(("answer", "areas"), [("keep", {"schools"}), ("replace", set()), ("", {"schools"})])
def test_at_a_terminal_the_user_is_asked(
    answer: str, areas: set[str], workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from classifier.cli.app import app

    save(workspace, "schools")
    path = table(tmp_path / "t.csv", ["document", "text", "教育"], ["a.txt", TEXT, 0])
    monkeypatch.setattr("classifier.cli.labels_transfer._at_terminal", lambda: True)
    result = CliRunner().invoke(app, ["labels", "import", str(path)], input=f"{answer}\n")
    assert "Keep the saved labels" in result.stderr
    assert result.exit_code == (0 if answer else 2), result.output
    (label,) = saved_labels(workspace).values()
    assert label.areas == areas


def test_labels_that_were_saved_meanwhile_are_not_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    from classifier.errors import ClassifierError
    from classifier.tasks.labels_transfer import LabelImport

    path = table(tmp_path / "t.csv", ["document", "text", "教育"], ["a.txt", TEXT, 0])
    job = LabelImport(path, workspace)
    plan = job.plan()
    save(workspace, "schools")
    with pytest.raises(ClassifierError, match="other labels were saved meanwhile"):
        job.save(plan, replace=True)
    assert len(read_log(workspace)) == 1


def test_columns_that_say_nothing_to_the_program_are_named(
    classify: Run, workspace: Workspace, reports: Path, small_bundle: Path, tmp_path: Path
) -> None:
    path = table(tmp_path / "t.csv", ["编号", "text", "教育", "教育质量", "备注"], [1, TEXT, 1, 1, "？"])
    assert (
        "t.csv: columns that are not read: 教育质量, 备注\n" in classify("labels", "import", path, "--dry-run").stderr
    )
    for name in ("csv", "jsonl"):
        out = tmp_path / f"own.{name}"
        assert classify("labels", "export", reports, "--model", small_bundle, "--out", out).exit_code == 0
        assert "not read" not in classify("labels", "import", out, "--dry-run").stderr
    arguments = ("--model", small_bundle, "--format", "csv", "--wide", "--out", tmp_path / "p.csv")
    assert classify("predict", reports, *arguments).exit_code == 0
    assert "not read" not in classify("labels", "import", tmp_path / "p.csv", "--dry-run").stderr


def test_what_cannot_be_done_is_told_in_one_line(
    classify: Run, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "there is nothing to write" in one_line(classify("labels", "export", "--out", tmp_path / "x.csv"))
    save(workspace)
    assert "x.txt: its ending names no format" in one_line(classify("labels", "export", "--out", tmp_path / "x.txt"))
    assert "cannot be opened" in one_line(classify("labels", "import", tmp_path / "gone.csv"))
    monkeypatch.chdir(tmp_path)
    path = table(tmp_path / "t.csv", ["text", "生态环保与绿色低碳"], ["新建绿地三公顷。", 1])
    assert "give --workspace DIR, which makes one" in one_line(classify("labels", "import", path))
    assert "not in a workspace" in one_line(classify("labels", "export", "--out", tmp_path / "x.csv"))


def test_reports_that_cannot_be_read_are_told_and_the_others_written(
    classify: Run, workspace: Workspace, reports: Path, small_bundle: Path, tmp_path: Path
) -> None:
    (reports / "empty.docx").write_bytes(b"PK\x03\x04")
    result = classify("labels", "export", reports, "--model", small_bundle, "--out", tmp_path / "x.csv")
    assert result.exit_code == 2
    assert "empty.docx" in result.stderr
    assert (tmp_path / "x.csv").exists()


def test_suggestions_keep_their_order_and_ask_for_their_areas(
    classify: Run, workspace: Workspace, small_bundle: Path, tmp_path: Path
) -> None:
    suggestions = tmp_path / "s.jsonl"
    rows: list[dict[str, object]] = [
        {"document": "乙.txt", "line": 7, "text": "粮食总产达到八万吨。", "why": ["罕见", "没把握"]},
        {"document": "甲.txt", "line": 2, "text": "改造国道30公里。", "about": ["roads"]},
    ]
    write_rows(suggestions, rows)
    out = tmp_path / "x.csv"
    result = classify("labels", "export", suggestions, "--model", small_bundle, "--out", out)
    assert result.exit_code == 0, result.output
    header, first, second = csv.reader(StringIO(out.read_text(encoding="utf-8-sig"), newline=""))
    assert (first[header.index("文档")], first[header.index("入选原因")]) == ("乙.txt", "罕见 · 没把握")
    assert second[header.index("道路")] == "1"
    assert classify("labels", "import", out, "--checked").exit_code == 0
    whole = {label.document: set(label.whole) for label in saved_labels(workspace).values()}
    assert whole == {"乙.txt": {"farms", "roads", "schools"}, "甲.txt": {"roads"}}


def test_suggestions_are_not_overwritten_and_may_speak_of_areas_that_are_not_chosen(
    classify: Run, workspace: Workspace, small_bundle: Path, tmp_path: Path
) -> None:
    suggestions = tmp_path / "s.jsonl"
    rows: list[dict[str, object]] = [
        {"document": "甲.txt", "line": 2, "text": "改造国道30公里。", "about": ["roads"], "labelled": ["roads"]},
        {"document": "乙.txt", "line": 7, "text": TEXT, "about": ["roads", "schools"], "labelled": ["schools"]},
    ]
    write_rows(suggestions, rows)
    before = suggestions.read_bytes()
    result = classify("labels", "export", suggestions, "--model", small_bundle, "--out", suggestions)
    assert "is both input and --out" in one_line(result)
    assert suggestions.read_bytes() == before
    out, chosen = tmp_path / "x.csv", ("--areas", "schools", "--model", small_bundle)
    result = classify("labels", "export", suggestions, *chosen, "--out", out)
    assert result.exit_code == 0, result.output
    assert "1 row\n" in result.stderr
    assert TEXT in out.read_text(encoding="utf-8-sig")


def test_a_version_can_be_named(classify: Run, workspace: Workspace, reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    result = classify("labels", "export", reports, "--model", "shipped", "--out", out)
    assert result.exit_code == 0, result.output
    assert out.exists()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("wait", [0.2, 0.6, 0.9, 1.0, 1.1, 1.3])
def test_a_killed_import_leaves_a_log_that_can_be_read_and_can_be_done_again(
    wait: float, classify: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = table(tmp_path / "t.csv", ["document", "text", "教育"], *(["a.txt", f"{n}{TEXT}", 1] for n in range(3000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "classifier", "labels", "import", str(path)],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
    )
    time.sleep(wait)
    process.kill()
    _, told = process.communicate(timeout=60)
    saved = len(read_log(workspace))
    assert saved == 3000 or b"saved" not in told
    result = classify("labels", "import", path)
    assert result.exit_code == 0, result.output
    assert len(saved_labels(workspace)) == 3000
    assert len(read_log(workspace)) == 3000
