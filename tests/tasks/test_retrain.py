"""Training in a workspace: a version is added, compared with the one before, and used unless it is worse."""

from dataclasses import replace
from pathlib import Path

import pytest

from classifier.errors import ClassifierError, LabelError
from classifier.evaluation.held_out import load_held_out
from classifier.model.bundle import load_model
from classifier.output.version_comparison import print_versions, versions_page
from classifier.records import Example
from classifier.storage.cache import CACHE_VARIABLE
from classifier.tasks.compare_versions import compare_versions
from classifier.tasks.retrain import HELD_OUT_FILE, can_be_updated, is_measured, measure, retrain
from classifier.tasks.train import train_into
from classifier.training.update import MOST_NEW
from classifier.workspace.areas import workspace_taxonomy
from classifier.workspace.place import Workspace, init_workspace, workspace_settings
from tests.workspace.small import save, small_shipped_labels, small_workspace


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
    assert set(kept.ids) == {e.id for e in second.mine}
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


def test_the_shipped_model_is_updated_with_few_labels_and_its_own_settings_alone(tmp_path: Path) -> None:
    shipped, plain = load_model(), init_workspace(tmp_path / "plain")
    few = [
        Example(id=f"{n}", report="a", text=f"新建小学{n}所。", sentences=(f"新建小学{n}所。",), areas=frozenset())
        for n in range(int(MOST_NEW * 8000))
    ]
    settings = workspace_settings(plain)
    assert can_be_updated(shipped, plain, settings, few)
    assert can_be_updated(shipped, plain, settings, few * 2)  # a paragraph that was decided in two ways is one
    many = [replace(e, id=f"{e.id}-{part}", text=f"{e.text}{part}") for e in few for part in range(2)]
    assert not can_be_updated(shipped, plain, settings, many)
    assert not can_be_updated(shipped, plain, replace(settings, c=1.0), few)
    assert not can_be_updated(shipped, small_workspace(tmp_path / "own"), settings, few)


@pytest.fixture
def beside_small_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace beside few shipped labels, and a shipped model of these."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    labels = small_shipped_labels(tmp_path / "labels")
    workspace = small_workspace(tmp_path / "own")
    workspace.taxonomy_file.unlink()
    train_into([labels], tmp_path / "model", workspace_settings(workspace))
    for module in ("tasks.retrain", "tasks.compare_versions", "workspace.areas", "workspace.versions"):
        for name, place in (
            ("labels_folder", labels),
            ("taxonomy_file", labels / "taxonomy.toml"),
            ("default_model", tmp_path / "model"),
        ):
            monkeypatch.setattr(f"classifier.{module}.{name}", lambda place=place: place, raising=False)
    monkeypatch.setattr("classifier.tasks.retrain.MOST_NEW", 10.0)
    return workspace


def test_an_update_is_measured_after_it_is_saved(beside_small_labels: Workspace) -> None:
    workspace = beside_small_labels
    save(workspace, range(10, 13))
    added = retrain(workspace)
    assert added.updated is not None
    assert not is_measured(added.version)
    with pytest.raises(ClassifierError, match="does not keep"):
        compare_versions(workspace, "shipped", "1")
    save(workspace, range(20, 22))  # labels that were saved meanwhile are no part of it
    measure(workspace, added)
    assert is_measured(added.version)
    kept = load_held_out(workspace.models_folder / "0001" / HELD_OUT_FILE)
    assert kept is not None
    assert set(kept.ids[-18:]) == {e.id for e in added.mine}
    areas = {e.id: e.areas for e in added.mine}
    for identity, truth in zip(kept.ids[-18:], kept.truth[-18:], strict=True):
        assert {a for a, has in zip(kept.areas, truth, strict=True) if has} == areas[identity]
    found = compare_versions(workspace, "shipped", "1")
    assert found.own is not None
    assert found.shipped is not None
    assert (found.own.paragraphs, found.shipped.paragraphs) == (30, 8)
