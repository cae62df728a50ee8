"""Commands that are ended at any moment: nothing acknowledged is lost, there is always a model, and nothing runs on.

A moment is either just before a change that Python tells of, or exactly between two system calls; the latter need
strace. KILLS=all tries each of `use` and `import` with each signal, and each of the first import with one; of `train`
each system call and every third change, with one. It takes many minutes. Moments of the label page are in tests/web.
"""

import os
import shutil
import signal
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from classifier.model.bundle import load_model
from classifier.workspace.label_log import LogEntry, read_log
from classifier.workspace.place import Workspace
from classifier.workspace.versions import list_versions, used_model, used_versions, version
from tests.conftest import PROJECT
from tests.workspace.moments import ALL, KILL, MARK, SIGNALS, Call, changes, left_running, name_of, need_trace, strace
from tests.workspace.small import save, small_shipped_labels, small_workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught"),
]
ROWS = 3  # that are imported
FIRST = "first import"  # which makes the workspace
USED = {"use": {"0002"}, "import": {"0001"}, FIRST: {"shipped"}, "train": {"0003", "0004"}}  # versions in the end
# How many changes and system calls of each command there are; each how many-eth is tried with KILLS=all, and without.
CHANGES = {"use": (8, 1, 3), "import": (6, 1, 3), FIRST: (20, 1, 9), "train": (52, 3, 5)}
FEWER = 1  # system calls that there may be with other versions of libraries
CALLS = {"use": (7, 1, 3), "import": (5, 1, 2), FIRST: (15, 1, 5), "train": (30, 1, 5)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with labels of four documents and two versions, the first of them used; beside it, other labels."""
    from classifier.tasks.retrain import retrain
    from classifier.workspace.versions import use_version

    folder = tmp_path_factory.mktemp("prepared")
    small_shipped_labels(folder / "shipped")
    row = '{{"id": "{n}", "report": "z.txt", "text": "新建绿地{n}公顷。", "areas": ["ecology"]}}\n'
    (folder / "more.jsonl").write_text("".join(row.format(n=n) for n in range(ROWS)), encoding="utf-8")
    workspace = small_workspace(folder / "own")
    save(workspace, range(4))
    retrain(workspace, only_mine=True)
    retrain(workspace, only_mine=True)
    use_version(workspace, "1")
    return workspace


class Trial:
    """A command in a workspace of its own, with a cache of its own, that is ended and called again."""

    def __init__(self, prepared: Workspace, folder: Path, command: str) -> None:
        self.folder, self.command, self.beside = folder, command, prepared.folder.parent
        self.workspace, self.cache = Workspace(folder / "own"), folder / "cache"
        self.before: tuple[LogEntry, ...] = ()
        if command != FIRST:
            shutil.copytree(prepared.folder, self.workspace.folder)
            self.before = read_log(prepared)

    def run(self, *under: str, at: int = 0, how: signal.Signals = KILL) -> subprocess.CompletedProcess[str]:
        """Run the command, under another, or ended just before a change."""
        rows, own = str(self.beside / "more.jsonl"), str(self.workspace.folder)
        words = {
            "use": ["models", "use", "2"],
            "import": ["labels", "import", rows],
            FIRST: ["labels", "import", rows, "--workspace", own],
            "train": ["train", "--jobs", "2"],
        }[self.command]
        places = [str(self.folder), str(self.beside / "shipped")]
        environment = {**os.environ, MARK: str(self.folder), "CLASSIFY_CACHE": str(self.cache)}
        environment |= {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        if self.command != FIRST:
            environment["CLASSIFY_WORKSPACE"] = own
        return subprocess.run(
            [*under, sys.executable, "-m", "tests.workspace.killed", str(at), str(how.value), *places, *words],
            env=environment,
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            timeout=300,
        )

    def check(self, told: str) -> None:
        """What was there and what was acknowledged is there, all models and cached arrays are whole, nothing runs."""
        assert left_running(self.folder) == []
        entries, names = read_log(self.workspace), [v.name for v in list_versions(self.workspace)]
        assert entries[: len(self.before)] == self.before
        assert len(entries) - len(self.before) in ({ROWS} if "saved the labels" in told else {0, ROWS})
        for name in names[1:]:
            load_model(version(self.workspace, name).model)
        load_model(used_model(self.workspace))
        assert "is trained" not in told or len(names) > 3
        assert "is used from now on" not in told or used_versions(self.workspace)[-1] == names[-1]
        for kept in self.cache.glob("[!.]*"):
            with np.load(kept) as arrays:
                assert [arrays[name] for name in arrays.files]

    def check_ended(self, ended: subprocess.CompletedProcess[str], how: signal.Signals) -> None:
        """The signal ended it, all is well, and the same command does what it has not done, and clears up."""
        assert ended.returncode in ({130} if how == signal.SIGINT else {-how}), ended.stderr
        assert "Traceback" not in ended.stderr
        self.check(ended.stderr)
        for part in self.cache.glob(".*"):
            os.utime(part, (0, 0))  # as if it were of long ago
        again = self.run()
        assert again.returncode == 0, again.stderr
        self.check(again.stderr)
        assert len(read_log(self.workspace)) == len(self.before) + ROWS * ("import" in self.command)
        hidden = [*self.cache.glob(".*"), *self.workspace.models_folder.glob(".*")]
        assert hidden == []
        assert used_versions(self.workspace)[-1] in USED[self.command]


def moments(steps: dict[str, tuple[int, int, int]]) -> list[tuple[str, int, signal.Signals]]:
    """The moments that are tried: a command, the number of the change or call, and a signal; these take turns."""
    turn = cycle(SIGNALS)
    found = []
    for command, (last, step, step_otherwise) in steps.items():
        each = step if ALL else step_otherwise
        for at in range(max(1, each - 1), last + 1, each):
            all_signals = ALL and command in {"use", "import"}
            found += [(command, at, how) for how in (SIGNALS if all_signals else [next(turn)])]
    return found


@pytest.mark.parametrize(("command", "at", "how"), moments(CHANGES), ids=name_of)
def test_ended_before_a_change(prepared: Workspace, tmp_path: Path, command: str, at: int, how: signal.Signals) -> None:
    trial = Trial(prepared, tmp_path, command)
    trial.check_ended(trial.run(at=at, how=how), how)


@pytest.fixture(scope="module")
def calls(prepared: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Call]]:
    """The system calls of each command that change something, in order."""
    need_trace()
    found = {}
    for command in CALLS:
        trial = Trial(prepared, tmp_path_factory.mktemp("calls"), command)
        log = trial.folder.with_suffix(".log")
        assert trial.run(*strace(log)).returncode == 0
        found[command] = changes(log, trial.folder)
    return found


def test_each_system_call_that_changes_something_is_a_moment(calls: dict[str, list[Call]]) -> None:
    for command, (last, *_) in CALLS.items():
        assert last - FEWER <= len(calls[command]) <= last, command


@pytest.mark.parametrize(("command", "at", "how"), moments(CALLS), ids=name_of)
def test_ended_between_two_system_calls(
    prepared: Workspace, calls: dict[str, list[Call]], tmp_path: Path, command: str, at: int, how: signal.Signals
) -> None:
    if at > len(calls[command]):
        pytest.skip("with these versions of libraries there are fewer")
    trial = Trial(prepared, tmp_path, command)
    call, log = calls[command][at - 1], tmp_path.with_suffix(".log")
    ended = trial.run(*strace(log, call, how))
    found = changes(log, tmp_path)
    assert found[-1] == call if how != signal.SIGINT else call in found
    trial.check_ended(ended, how)
