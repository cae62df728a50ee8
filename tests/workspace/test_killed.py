"""Commands that are ended between any two of their changes: nothing saved is lost, and there is always a model."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.model.bundle import load_model
from classifier.workspace.label_log import read_log
from classifier.workspace.place import Workspace
from classifier.workspace.versions import list_versions, used_model, used_versions
from tests.conftest import PROJECT
from tests.workspace.small import save, small_workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught"),
]
KILL, TERM, INT = (getattr(signal, name, 0) for name in ("SIGKILL", "SIGTERM", "SIGINT"))
MARK = "CLASSIFY_TEST_MARK"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with labels of six documents and two versions, the first of them used."""
    from classifier.tasks.retrain import retrain
    from classifier.workspace.versions import use_version

    workspace = small_workspace(tmp_path_factory.mktemp("own"))
    save(workspace, range(4))
    retrain(workspace, only_mine=True)
    retrain(workspace, only_mine=True)
    use_version(workspace, "1")
    return workspace


def run(workspace: Workspace, at: int, number: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that ends just before a change, 0 for never."""
    command = [sys.executable, "-m", "tests.workspace.killed", str(at), str(number), str(workspace.folder), *words]
    environment = {**os.environ, MARK: str(workspace.folder), "PYTHONPATH": str(PROJECT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=PROJECT, check=False)


def left_running(workspace: Workspace) -> list[str]:
    """The processes that the command started and left behind."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={workspace.folder}".encode() in place.read_bytes().split(b"\0"):
                found.append(place.parent.name)
        except OSError:  # it has ended
            continue
    return found


def check(before: Workspace, workspace: Workspace) -> None:
    """What was saved is there, the model that is used can be loaded, and nothing runs."""
    assert read_log(workspace)[: len(read_log(before))] == read_log(before)
    assert used_versions(workspace)[-1] in {v.name for v in list_versions(workspace)}
    load_model(used_model(workspace))
    assert left_running(workspace) == []


# How many changes each command makes, or more; KILLS=all ends it before each of them, which takes some minutes.
LAST = {"use": 6, "import": 7, "train": 40}
STEP = 1 if os.environ.get("KILLS") == "all" else 3


def cases() -> list[tuple[str, int, int]]:
    return [
        (command, at, (KILL, TERM, INT)[at // STEP % 3])
        for command, last in LAST.items()
        for at in range(1, last + 1, STEP if command != "train" else 2 * STEP)
    ]


@pytest.mark.parametrize(("command", "at", "number"), cases())
def test_nothing_is_lost_whenever_a_command_ends(
    prepared: Workspace, tmp_path: Path, command: str, at: int, number: int
) -> None:
    workspace = Workspace(tmp_path / "own")
    shutil.copytree(prepared.folder, workspace.folder)
    rows = tmp_path / "more.jsonl"
    rows.write_text(
        '{"id": "7", "report": "z.txt", "text": "新建绿地三公顷。", "areas": ["ecology"]}\n', encoding="utf-8"
    )
    words = {
        "use": ["models", "use", "2"],
        "import": ["labels", "import", str(rows)],
        "train": ["train", "--only-mine", "--jobs", "2"],
    }[command]
    ended = run(workspace, at, number, *words)
    assert ended.returncode != 2, ended.stderr
    check(prepared, workspace)
    again = run(workspace, 0, number, *words)
    assert again.returncode == 0, again.stderr
    check(prepared, workspace)
    if command == "use":
        assert used_versions(workspace)[-1] == "0002"
    elif command == "import":
        assert len([e for e in read_log(workspace) if e.label and e.label.document == "z.txt"]) >= 1
    else:
        assert list_versions(workspace)[-1].name in {"0003", "0004"}
        assert [p.name for p in workspace.models_folder.glob(".growing-*")] == []
