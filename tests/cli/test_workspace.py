"""Commands in a workspace: init, the label log, and versions of the model."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from classifier.cli.app import app
from classifier.resources import default_model
from classifier.workspace.label_log import append_labels, saved_labels
from classifier.workspace.place import Workspace
from classifier.workspace.versions import MODEL_PART, new_version
from tests.workspace.test_label_log import label, says

RUNNER = CliRunner()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    done = RUNNER.invoke(app, ["init", str(tmp_path / "own")])
    assert done.exit_code == 0, done.stderr
    monkeypatch.chdir(tmp_path / "own")
    return Workspace(tmp_path / "own")


def run(*words: str, code: int = 0) -> str:
    done = RUNNER.invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.stderr


def test_the_log_shows_who_saved_what_and_undo_takes_it_back(workspace: Workspace) -> None:
    append_labels(workspace, [label(says("ecology"))], "review", by="李")
    shown = run("labels", "log", "--lang", "zh").splitlines()
    assert shown[1].split()[0] == "1"
    assert all(part in shown[1] for part in ("李", "review", "生态环保"))
    run("labels", "undo")
    assert saved_labels(workspace) == {}
    assert "撤销 1" in run("labels", "log", "--lang", "zh")
    assert "nothing to undo" in run("labels", "undo", code=2)


def test_undo_names_what_it_took_back_and_the_entry_that_brings_it_back(workspace: Workspace) -> None:
    for document in ("a.txt", "b.txt", "c.txt", "d.txt"):
        append_labels(workspace, [label(says("ecology"), document=document)], "review")
    assert undo_says("2", lang="en") == "entry 2 undone; that is entry 5, and 'classify labels undo 5' brings it back"
    assert len(saved_labels(workspace)) == 3
    told = undo_says("4", "1", "3", "1", lang="en")
    assert told == "3 entries undone (1, 3-4); that is entry 6, and 'classify labels undo 6' brings them back"
    assert undo_says("5", lang="zh") == "已撤销 1 条（5），记为第 7 条；用 classify labels undo 7 可恢复"
    assert [current.document for current in saved_labels(workspace).values()] == ["b.txt"]


def undo_says(*numbers: str, lang: str) -> str:
    done = RUNNER.invoke(app, ["labels", "undo", *numbers], env={"LANGUAGE": lang})
    assert done.exit_code == 0, done.output
    return done.stderr.strip()


def test_a_version_is_listed_used_and_taken_back(workspace: Workspace) -> None:
    with new_version(workspace) as growing:
        shutil.copytree(default_model(), growing.folder / MODEL_PART)
    assert "* shipped" in run("models", "list", "--lang", "en")
    run("models", "use", "1")
    assert "* 0001" in run("models", "list", "--lang", "en")
    assert run("models", "show", "1").startswith("#")
    run("models", "rollback")
    assert "* shipped" in run("models", "list", "--lang", "en")


def test_the_used_version_tags(workspace: Workspace, tmp_path: Path) -> None:
    with new_version(workspace) as growing:
        shutil.copytree(default_model(), growing.folder / MODEL_PART)
        (growing.folder / MODEL_PART / "idf.npy").write_bytes(b"")
    (tmp_path / "a.txt").write_text("新建高标准农田三万亩。\n", encoding="utf-8")
    assert "乡村振兴" in run("predict", str(tmp_path / "a.txt"))
    assert "damaged" in run("predict", str(tmp_path / "a.txt"), "--model", "1", "--lang", "en", code=2)


def test_outside_a_workspace_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["labels", "log"], ["labels", "undo"], ["models", "list"], ["models", "use", "1"]):
        told = run(*words, code=2)
        assert "classify init" in told
        assert len(told.splitlines()) == 1
