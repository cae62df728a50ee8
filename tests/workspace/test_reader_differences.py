"""Where users of a workspace differ."""

from pathlib import Path

from classifier.workspace.label_log import append_labels, undo_entries
from classifier.workspace.place import Workspace, init_workspace
from classifier.workspace.reader_differences import reader_differences
from classifier.workspace.saved_labels import SavedLabel, Verdict

TEXT = "新建绿地三公顷。工业增加值增长。"
ABOUT = frozenset({"ecology", "industry"})


def save(workspace: Workspace, by: str, *areas: str, sentence: int | None = None) -> int:
    label = SavedLabel("x", "a.txt", TEXT, ((0, 8), (8, 16)), (Verdict(frozenset(areas), ABOUT, sentence),))
    return append_labels(workspace, [label], "review", by)[0].number


def test_users_who_say_different_things_differ_until_one_gives_way(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    save(workspace, "李", "ecology", sentence=1)
    save(workspace, "王", "ecology", "industry", sentence=1)
    (found,) = reader_differences(workspace)
    assert (found.id, found.sentence, found.area, found.text) == ("x", 1, "industry", TEXT[:8])
    assert (found.yes, found.no) == (("王",), ("李",))
    save(workspace, "王", "ecology", sentence=1)
    assert reader_differences(workspace) == ()


def test_what_is_undone_makes_no_difference(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    save(workspace, "李", "ecology")
    number = save(workspace, "王")
    assert [(d.area, d.sentence, d.text) for d in reader_differences(workspace)] == [("ecology", None, TEXT)]
    undo_entries(workspace, [number])
    assert reader_differences(workspace) == ()


def test_one_user_may_change_their_mind(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    save(workspace, "李", "ecology")
    save(workspace, "李")
    assert reader_differences(workspace) == ()
