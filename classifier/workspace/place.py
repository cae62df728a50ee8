"""Where a workspace is: the folder that holds a user's areas, labels, models and settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import ClassifierError
from classifier.labelling.taxonomy import TAXONOMY_FILE
from classifier.messages import message, system_reason
from classifier.resources import WORKSPACE_FILE, WORKSPACE_VARIABLE, workspace_folder
from classifier.settings import Settings
from classifier.storage.atomic import atomic_file

_WAIT_SECONDS = 60.0  # for another process that writes
_SETTINGS = """\
# This folder is a workspace of `classify`: commands that are called in it use its labels and models.
# 本文件夹是 classify 的工作区：在其中运行的命令使用这里的标注与模型。

[training]
# Settings of training that differ from the shipped ones, such as
# 与随附设置不同的训练设置，例如
# c = 0.5

[areas]
# A new area is tagged once the lower end of the interval of its precision is at least this.
# 新领域查准率区间的下限达到此值后才启用。
least_precision = 0.7
"""
_TAXONOMY = """\
# Areas beside the shipped ones; each needs some twenty labelled paragraphs, and may have terms/ID.txt, a term a line.
# 在随附领域之外新增的领域；每个约需二十个标注段落，可另备 terms/ID.txt，每行一个词。
#
# [[areas]]
# id = "borderland"
# zh = "边境与民族事务"
# en = "Borderland and ethnic affairs"
# definition = "…"
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace, and the names of what is in it."""

    folder: Path

    @property
    def settings_file(self) -> Path:
        """The settings, by which the folder is known."""
        return self.folder / WORKSPACE_FILE

    @property
    def taxonomy_file(self) -> Path:
        """The areas beside the shipped ones."""
        return self.folder / TAXONOMY_FILE

    @property
    def terms_folder(self) -> Path:
        """Terms of new areas, ID.txt for each."""
        return self.folder / "terms"

    @property
    def label_log(self) -> Path:
        """The labels, in the order in which they were saved."""
        return self.folder / "labels" / "log.jsonl"

    @property
    def models_folder(self) -> Path:
        """The versions of the model."""
        return self.folder / "models"

    @property
    def lock_file(self) -> Path:
        """Held by the one process that changes something."""
        return self.folder / ".lock"


def init_workspace(folder: Path) -> Workspace:
    """Make a workspace of a folder, or complete one; what is there stays. Raises ClassifierError where it cannot be."""
    workspace = Workspace(folder)
    try:
        for part in (workspace.label_log.parent, workspace.models_folder, workspace.terms_folder):
            part.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = system_reason(error)
        raise ClassifierError(
            message("{place}: cannot be made a workspace ({why}); name another folder", place=folder, why=why)
        ) from error
    # The settings come last, so that a folder is no workspace before it is whole.
    for path, text in ((workspace.taxonomy_file, _TAXONOMY), (workspace.settings_file, _SETTINGS)):
        if not path.exists():
            with atomic_file(path) as stream:
                stream.write(text.encode())
    return workspace


def find_workspace(start: Path | None = None) -> Workspace | None:
    """Return the workspace that a folder, or the current one, is in; else the one that CLASSIFY_WORKSPACE names.

    Raises ClassifierError where CLASSIFY_WORKSPACE names no workspace.
    """
    folder = workspace_folder(start)
    if folder is None or (folder / WORKSPACE_FILE).is_file():
        return Workspace(folder) if folder else None
    raise ClassifierError(
        message(
            "{variable}: {place} is no workspace; run 'classify init {place}', or unset it",
            variable=WORKSPACE_VARIABLE,
            place=folder,
        )
    )


def need_workspace() -> Workspace:
    """Return the workspace that the current folder is in. Raises ClassifierError where it is in none."""
    workspace = find_workspace()
    if workspace is None:
        raise ClassifierError(message("not in a workspace; run 'classify init DIR' and go there"))
    return workspace


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for this process and thread. Raises ClassifierError where another does not let go of it."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(workspace.lock_file, timeout=_WAIT_SECONDS, is_singleton=True):
            yield
    except Timeout as error:
        raise ClassifierError(
            message("{place}: another process is at work in it; wait until it has ended", place=workspace.folder)
        ) from error


def workspace_settings(workspace: Workspace) -> Settings:
    """Return the settings of training. Raises ClassifierError, naming the file, for what they do not know."""
    training = _table(workspace, "training")
    try:
        return Settings.from_dict(training)
    except ClassifierError as error:
        raise ClassifierError(message("{place}: {fault}", place=workspace.settings_file, fault=error)) from error


def least_precision(workspace: Workspace) -> float:
    """Return the precision from 0 to 1 from which a new area is tagged. Raises ClassifierError for no such number."""
    value = _table(workspace, "areas").get("least_precision", 0.7)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ClassifierError(
            message("{place}: least_precision is no number from 0 to 1; mend it", place=workspace.settings_file)
        )
    return float(value)


def _table(workspace: Workspace, name: str) -> dict[str, object]:
    from classifier.toml_files import read_toml

    table = read_toml(workspace.settings_file, message("run 'classify init' in the folder again")).get(name, {})
    if not isinstance(table, dict):
        raise ClassifierError(
            message("{place}: {name} is no table; write [{name}]", place=workspace.settings_file, name=name)
        )
    return table
