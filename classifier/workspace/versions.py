"""Versions of a workspace's model: a folder each, and one small file that says which is used."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import BundleError, ClassifierError
from classifier.messages import message
from classifier.resources import default_model
from classifier.storage.atomic import atomic_file, remove, replace_folder
from classifier.workspace.place import Workspace, locked

SHIPPED = "shipped"  # names the model that came with the program
MODEL_PART = "model"  # of a version: the folder of its model
POINTER = "used.json"
_GROWING = ".growing-"  # and the number of the process: a version that is not whole


@dataclass(frozen=True, slots=True)
class Version:
    """One model: its name, such as 0003, and the folder of its model. parts: the folder with all that belongs to it."""

    name: str
    model: Path
    parts: Path | None = None


@dataclass(slots=True)
class GrowingVersion:
    """A version that is being made: its folder, and its name once it is one."""

    folder: Path
    name: str = ""


def used_versions(workspace: Workspace) -> tuple[str, ...]:
    """Return the name of the version that is used, after those that were used before it, oldest first.

    Raises ClassifierError where the file that names them is damaged.
    """
    path = workspace.models_folder / POINTER
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (SHIPPED,)
    except (OSError, ValueError) as error:
        raise ClassifierError(_damaged(path)) from error
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise ClassifierError(_damaged(path))
    return tuple(names)


def list_versions(workspace: Workspace) -> tuple[Version, ...]:
    """Return the shipped model, and all versions from the oldest on."""
    folder = workspace.models_folder
    names = [p.name for p in folder.iterdir() if p.name.isdecimal()] if folder.is_dir() else []
    numbers = sorted((name for name in names if (folder / name / MODEL_PART).is_dir()), key=int)
    return (
        Version(SHIPPED, default_model()),
        *(Version(name, folder / name / MODEL_PART, folder / name) for name in numbers),
    )


def version(workspace: Workspace, name: str) -> Version:
    """Return a version by its name; leading zeros may be left out. Raises BundleError where it is not there."""
    versions = {v.name: v for v in list_versions(workspace)}
    wanted = name if name in versions else name.zfill(4)
    if wanted not in versions:
        raise BundleError(message("{name}: no such version; there are {known}", name=name, known=", ".join(versions)))
    return versions[wanted]


def used_model(workspace: Workspace | None) -> Path:
    """Return the folder of the model that is used: the shipped one outside a workspace."""
    return default_model() if workspace is None else version(workspace, used_versions(workspace)[-1]).model


@contextmanager
def new_version(workspace: Workspace) -> Iterator[GrowingVersion]:
    """Yield a growing version: its folder, empty, and when the block has ended well its name. `use_version` uses it.

    Raises ClassifierError where another process adds one for too long.
    """
    folder = workspace.models_folder
    folder.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(folder)
    growing = folder / f"{_GROWING}{os.getpid()}"
    growing.mkdir()
    try:
        version = GrowingVersion(growing)
        yield version
        with locked(workspace):
            version.name = next_name(workspace)
            replace_folder(growing, folder / version.name)
    finally:
        if growing.exists():
            remove(growing)


def _clear_abandoned(folder: Path) -> None:
    """Remove what trainings left that were ended from outside, those of processes that are no more."""
    for growing in folder.glob(f"{_GROWING}*"):
        number = growing.name.removeprefix(_GROWING)
        if number == str(os.getpid()) or not (number.isdigit() and _alive(int(number))):
            remove(growing)


def _alive(process: int) -> bool:
    if sys.platform == "win32":  # where a signal 0 would be Ctrl-C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it belongs to somebody else, or the system cannot tell
        return True
    return True


def next_name(workspace: Workspace) -> str:
    """Return the name of the version that is added next."""
    last = list_versions(workspace)[-1].name
    return f"{1 if last == SHIPPED else int(last) + 1:04d}"


def use_version(workspace: Workspace, name: str) -> Version:
    """Use a version from now on. Raises BundleError where it is not there or cannot be loaded."""
    from classifier.model.bundle import load_model

    wanted = version(workspace, name)
    load_model(wanted.model)
    with locked(workspace):
        names = used_versions(workspace)
        if names[-1] != wanted.name:
            _point(workspace, (*names, wanted.name))
    return wanted


def roll_back(workspace: Workspace) -> Version:
    """Use the version that was used before. Raises ClassifierError where there was none."""
    with locked(workspace):
        names = used_versions(workspace)
        if len(names) < 2:
            raise ClassifierError(message("models: no other version was used before {name}", name=names[-1]))
        before = version(workspace, names[-2])
        _point(workspace, names[:-1])
    return before


def _point(workspace: Workspace, names: tuple[str, ...]) -> None:
    """Write which version is used. The one rename in it leaves no moment without a model. The workspace is locked."""
    for part in workspace.models_folder.glob(f".{POINTER}-*"):  # of a process that was ended from outside
        remove(part)
    with atomic_file(workspace.models_folder / POINTER) as stream:
        stream.write(json.dumps(names).encode())
        stream.flush()
        os.fsync(stream.fileno())


def _damaged(path: Path) -> str:
    return message("{place}: damaged; remove it, which brings the shipped model back, and choose again", place=path)


def named_model(workspace: Workspace | None, option: Path | None) -> Path:
    """Return the folder of the version that an option names, of the used one without it; else the option as it is."""
    if option is None:
        return used_model(workspace)
    names = {v.name: v.model for v in list_versions(workspace)} if workspace else {SHIPPED: default_model()}
    return names.get(str(option)) or names.get(str(option).zfill(4)) or option
