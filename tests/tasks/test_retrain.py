"""Training in a workspace: a version is added, compared with the one before, and used unless it is worse."""

from pathlib import Path

import pytest

from classifier.errors import ClassifierError, LabelError
from classifier.evaluation.held_out import load_held_out
from classifier.model.bundle import load_model
from classifier.output.version_comparison import print_versions, versions_page
from classifier.tasks.compare_versions import compare_versions
from classifier.tasks.retrain import HELD_OUT_FILE, retrain
from classifier.workspace.areas import workspace_taxonomy
from classifier.workspace.place import Workspace
from tests.workspace.small import save, small_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return small_workspace(tmp_path / "own")


def test_without_labels_there_is_nothing_to_train_on(workspace: Workspace) -> None:
    with pytest.raises(LabelError, match="no labels yet"):
        retrain(workspace, only_mine=True)


def test_areas_of_ones_own_alone_do_not_go_with_the_shipped_labels(workspace: Workspace) -> None:
    save(workspace, range(6))
    with pytest.raises(LabelError, match="--only-mine"):
        retrain(workspace)


def test_two_versions_are_compared_on_what_neither_had_seen(workspace: Workspace) -> None:
    save(workspace, range(6))
    first = retrain(workspace, only_mine=True)
    assert first.version.name == "0001"
    assert dict(first.few) == {"ecology": 18, "industry": 18}
    save(workspace, range(6, 12))
    second = retrain(workspace, only_mine=True)
    kept = load_held_out(workspace.models_folder / "0002" / HELD_OUT_FILE)
    assert kept is not None
    assert set(kept.ids) == second.own
    assert [a.id for a in load_model(second.version.model).areas] == ["ecology", "industry"]
    found = compare_versions(workspace, "1", "2")
    assert found.own is not None
    assert (found.own.paragraphs, found.own.reports, found.own.by_paragraph) == (72, 12, False)
    assert found.shipped is None
    assert not found.worse
    areas = workspace_taxonomy(workspace).areas
    page = versions_page(found, areas, "zh")
    assert "自有标注：72 段，12 份文件" in page


def test_a_comparison_is_printed_in_both_languages(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    save(workspace, range(4))
    retrain(workspace, only_mine=True)
    retrain(workspace, only_mine=True)
    found = compare_versions(workspace, "1", "2")
    for lang, word in (("zh", "新减旧"), ("en", "new - old")):
        print_versions(found, workspace_taxonomy(workspace).areas, lang, sys.stdout)
        shown = capsys.readouterr().out
        assert word in shown
        assert "+0.000" in shown


def test_a_version_without_what_it_made_of_unseen_paragraphs_cannot_be_compared(workspace: Workspace) -> None:
    save(workspace, range(4))
    retrain(workspace, only_mine=True)
    (workspace.models_folder / "0001" / HELD_OUT_FILE).unlink()
    retrain(workspace, only_mine=True)
    with pytest.raises(ClassifierError, match="0001 does not keep"):
        compare_versions(workspace, "1", "2")
