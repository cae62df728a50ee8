"""Labels that were saved stay, whoever else writes and whenever the process ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from classifier.errors import ClassifierError, LabelError
from classifier.workspace.label_log import append_labels, mend_log, read_log, saved_labels, undo_entries
from classifier.workspace.place import Workspace, init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id

EVERY = frozenset({"ecology", "industry"})
TEXT = "新建绿地三公顷。工业增加值增长。"
SPANS = ((0, 8), (8, 16))


def label(*verdicts: Verdict, document: str = "a.txt", text: str = TEXT) -> SavedLabel:
    return SavedLabel(paragraph_id(document, text), document, text, SPANS, verdicts)


def says(*areas: str, sentence: int | None = None) -> Verdict:
    return Verdict(frozenset(areas), EVERY, sentence)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return init_workspace(tmp_path / "own")


def test_what_is_saved_is_read_back_with_who_and_from_where(workspace: Workspace) -> None:
    append_labels(workspace, [label(says("ecology"))], "review", by="李")
    (entry,) = read_log(workspace)
    assert (entry.number, entry.batch, entry.by, entry.source) == (1, 1, "李", "review")
    assert entry.label == label(says("ecology"))
    assert entry.time.endswith("Z")


def test_the_last_batch_is_undone_and_the_undoing_too(workspace: Workspace) -> None:
    append_labels(workspace, [label(says("ecology"))], "review")
    append_labels(workspace, [label(says("industry")), label(says("industry"), document="b.txt")], "import")
    assert undo_entries(workspace).undoes == (2, 3)
    assert {d.document: d.areas for d in saved_labels(workspace).values()} == {"a.txt": {"ecology"}}
    entry = undo_entries(workspace, [4])
    assert (entry.number, entry.undoes) == (5, (4,))
    assert len(saved_labels(workspace)) == 2
    assert len(read_log(workspace)) == 5  # nothing is ever taken out


def test_what_cannot_be_undone_is_refused_in_one_line(workspace: Workspace) -> None:
    with pytest.raises(ClassifierError, match="nothing to undo"):
        undo_entries(workspace)
    append_labels(workspace, [label(says("ecology"))], "review")
    with pytest.raises(ClassifierError, match="no entry 7"):
        undo_entries(workspace, [7])


def test_a_torn_last_line_is_left_out_and_mended_by_the_next_saving(workspace: Workspace) -> None:
    append_labels(workspace, [label(says("ecology"))], "review")
    whole = workspace.label_log.read_bytes()
    workspace.label_log.write_bytes(whole + whole[: len(whole) // 2])
    assert len(read_log(workspace)) == 1
    append_labels(workspace, [label(says("industry"))], "review")
    assert [e.number for e in read_log(workspace)] == [1, 2]
    (torn,) = workspace.label_log.parent.glob("torn-*.txt")
    assert torn.read_bytes() == whole[: len(whole) // 2]
    assert not mend_log(workspace)


def test_a_broken_line_in_the_middle_is_told_by_its_number(workspace: Workspace) -> None:
    append_labels(workspace, [label(says("ecology"))], "review")
    workspace.label_log.write_bytes(b'{"n": 1}\n' + workspace.label_log.read_bytes())
    with pytest.raises(LabelError, match="line 1 is no entry"):
        read_log(workspace)


_WRITER = """
import sys
from classifier.workspace.label_log import append_labels
from classifier.workspace.place import Workspace
from tests.workspace.test_label_log import label, says
from pathlib import Path
for i in range(int(sys.argv[3])):
    append_labels(Workspace(Path(sys.argv[1])), [label(says("ecology"), document=f"{sys.argv[2]}-{i}.txt")], "review")
    print(i, flush=True)
"""


def _writer(workspace: Workspace, name: str, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, str(workspace.folder), name, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_save_at_once_lose_nothing(workspace: Workspace) -> None:
    for process in [_writer(workspace, "a", 20), _writer(workspace, "b", 20)]:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert [e.number for e in read_log(workspace)] == list(range(1, 41))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("wait", [0.0, 0.003, 0.011, 0.05])
def test_a_killed_process_loses_nothing_that_it_acknowledged(workspace: Workspace, wait: float) -> None:
    process = _writer(workspace, "a", 100_000)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(wait)
    os.kill(process.pid, signal.SIGKILL)
    acknowledged = len((first + process.communicate()[0]).splitlines())
    assert acknowledged <= len(read_log(workspace)) <= acknowledged + 1
    append_labels(workspace, [label(says("ecology"))], "review")
    assert json.loads(workspace.label_log.read_text(encoding="utf-8").splitlines()[-1])["n"] == len(read_log(workspace))


def test_what_is_undone_is_not_undone_again(workspace: Workspace) -> None:
    append_labels(workspace, [label(says("ecology"))], "review")
    undo_entries(workspace, [1])
    with pytest.raises(ClassifierError, match="nothing to undo"):
        undo_entries(workspace, [1])
    undo_entries(workspace, [2])
    assert len(saved_labels(workspace)) == 1


def test_a_batch_that_cannot_be_written_leaves_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    append_labels(workspace, [label(says("ecology"))], "review")
    before = workspace.label_log.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ClassifierError, match="cannot be written"):
        append_labels(workspace, [label(says("industry")), label(says("industry"), document="b.txt")], "import")
    assert workspace.label_log.read_bytes() == before
