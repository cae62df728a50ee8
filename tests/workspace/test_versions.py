"""Versions of a model: added whole, used by one pointer, and taken back."""

import shutil
from pathlib import Path

import pytest

from classifier.errors import BundleError, ClassifierError
from classifier.resources import default_model
from classifier.workspace.place import Workspace, find_workspace, init_workspace, need_workspace
from classifier.workspace.versions import (
    MODEL_PART,
    list_versions,
    new_version,
    roll_back,
    use_version,
    used_model,
    used_versions,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return init_workspace(tmp_path / "own")


def add(workspace: Workspace) -> None:
    with new_version(workspace) as growing:
        shutil.copytree(default_model(), growing.folder / MODEL_PART)


def test_a_new_workspace_uses_the_shipped_model(workspace: Workspace) -> None:
    assert used_model(workspace) == used_model(None) == default_model()
    assert [v.name for v in list_versions(workspace)] == ["shipped"]


def test_versions_are_numbered_used_and_rolled_back(workspace: Workspace) -> None:
    add(workspace)
    add(workspace)
    assert [v.name for v in list_versions(workspace)] == ["shipped", "0001", "0002"]
    assert used_versions(workspace) == ("shipped",)
    use_version(workspace, "1")
    use_version(workspace, "0002")
    assert used_model(workspace) == workspace.models_folder / "0002" / "model"
    assert roll_back(workspace).name == "0001"
    assert roll_back(workspace).name == "shipped"
    with pytest.raises(ClassifierError, match="no other version"):
        roll_back(workspace)


def test_a_version_that_failed_or_cannot_be_loaded_is_not_used(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError), new_version(workspace):
        raise RuntimeError
    assert [p.name for p in workspace.models_folder.iterdir()] == []
    add(workspace)
    (workspace.models_folder / "0001" / MODEL_PART / "idf.npy").write_bytes(b"")
    with pytest.raises(BundleError):
        use_version(workspace, "0001")
    with pytest.raises(BundleError, match="no such version"):
        use_version(workspace, "0009")
    assert used_model(workspace) == default_model()


def test_a_workspace_is_found_from_inside_and_by_the_variable(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = workspace.folder / "labels"
    assert find_workspace(inside) == workspace
    monkeypatch.chdir(tmp_path)
    assert find_workspace() is None
    with pytest.raises(ClassifierError, match="not in a workspace"):
        need_workspace()
    monkeypatch.setenv("CLASSIFY_WORKSPACE", str(workspace.folder))
    assert find_workspace() == workspace
    monkeypatch.setenv("CLASSIFY_WORKSPACE", str(tmp_path))
    with pytest.raises(ClassifierError, match="is no workspace"):
        find_workspace()


def test_what_stands_in_a_workspace_stays_when_it_is_made_again(workspace: Workspace) -> None:
    workspace.settings_file.write_text("[training]\nc = 0.7\n", encoding="utf-8")
    init_workspace(workspace.folder)
    assert "0.7" in workspace.settings_file.read_text(encoding="utf-8")


def test_a_folder_that_somebody_copied_is_no_version(workspace: Workspace) -> None:
    add(workspace)
    shutil.copytree(workspace.models_folder / "0001", workspace.models_folder / "0001 - 副本")
    add(workspace)
    assert [v.name for v in list_versions(workspace)] == ["shipped", "0001", "0002"]
