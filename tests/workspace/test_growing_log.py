"""The log as it grows comes to the same as the log that is read as a whole, whatever is saved, undone and torn."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import LabelError, UndoneError
from classifier.workspace.growing_log import GrowingLog
from classifier.workspace.label_log import append_labels, read_log, saved_labels, undo_entries
from classifier.workspace.place import init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id

EVERY = frozenset({"ecology", "industry"})


def label(document: int, areas: frozenset[str], length: int = 1) -> SavedLabel:
    name, text = f"{document}.txt", "绿地。" * length
    return SavedLabel(paragraph_id(name, text[:3]), name, text, ((0, len(text)),), (Verdict(areas, EVERY),))


steps = st.one_of(
    st.tuples(st.just("save"), st.integers(0, 3), st.frozensets(st.sampled_from(sorted(EVERY)))),
    st.tuples(st.just("undo"), st.integers(1, 12), st.none()),
    st.tuples(st.just("tear"), st.integers(1, 60), st.none()),
    st.tuples(st.just("read"), st.none(), st.none()),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=14))
def test_it_comes_to_what_the_whole_log_comes_to(taken: list[tuple[str, int, frozenset[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = init_workspace(Path(folder) / "own")
        log = GrowingLog(workspace)
        for step, number, areas in taken:
            if step == "save":
                append_labels(workspace, [label(number, areas)], "review")
            elif step == "undo" and number <= len(read_log(workspace)):
                with suppress(UndoneError):  # which leaves the log as it is
                    undo_entries(workspace, [number])
            elif step == "tear" and workspace.label_log.exists():
                with workspace.label_log.open("ab") as stream:
                    stream.write(b'{"n": 1, "label": "' + b"a" * number)
            elif step == "read":
                log.refresh()
        log.refresh()
        assert tuple(log.entries) == read_log(workspace)
        assert {i: log.current(i) for i in log.active if log.active[i]} == saved_labels(workspace)


@pytest.mark.parametrize("length", [1, 5_400, 5_461, 5_462, 30_000])
def test_the_number_of_the_last_entry_is_found_however_long_it_is(tmp_path: Path, length: int) -> None:
    workspace = init_workspace(tmp_path)
    for number in range(1, 4):
        (entry,) = append_labels(workspace, [label(0, EVERY, length)], "review")
        assert entry.number == number
    assert [e.number for e in read_log(workspace)] == [1, 2, 3]


def test_a_log_that_was_taken_away_is_read_anew(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    log = GrowingLog(workspace)
    append_labels(workspace, [label(0, EVERY), label(1, EVERY)], "review")
    log.refresh()
    assert log.number == 2
    workspace.label_log.unlink()
    log.refresh()
    assert (log.number, log.active) == (0, {})
    append_labels(workspace, [label(0, EVERY)], "review")
    log.refresh()
    assert log.number == 1


def test_a_broken_line_is_told_by_its_number(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    log = GrowingLog(workspace)
    append_labels(workspace, [label(0, EVERY)], "review")
    log.refresh()
    with workspace.label_log.open("ab") as stream:
        stream.write(b"{}\n")
    with pytest.raises(LabelError, match="line 2 is no entry"):
        log.refresh()
    with pytest.raises(LabelError, match="line 2 is no entry"):
        append_labels(workspace, [label(0, EVERY)], "review")
