"""Options that several subcommands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.usage_errors import BadValue
from classifier.errors import ClassifierError
from classifier.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classifier.records import Area


class Lang(StrEnum):
    """The language of area names and headings."""

    ZH = "zh"
    EN = "en"


MOST_JOBS = 256
LABELS = Path("labels")  # of a checkout


def some_jobs(jobs: int | None) -> int | None:
    """Check a number of processes. Raises BadValue where so many cannot be."""
    if jobs is None:
        return None
    if jobs == 0 or not -1 <= jobs <= MOST_JOBS:
        raise BadValue(
            message(
                "{jobs} processes cannot be; give 1 to {most}, or -1 for one on each core",
                jobs=jobs,
                most=MOST_JOBS,
            )
        )
    return jobs


JobsOption = Annotated[
    int, typer.Option("--jobs", callback=some_jobs, help="Processes; -1 for one on each core. 进程数。")
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="A TOML file of settings; defaults if not given. 训练设置文件。")
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", help="Model folder or version; else the one that is used. 模型文件夹或版本。"),
]
TextColumnOption = Annotated[
    str, typer.Option("--text-column", help="Column of tables that holds the texts. 正文所在列。")
]
IdColumnOption = Annotated[
    str | None, typer.Option("--id-column", help="Column of ids; else 'id' or the row's number. 编号所在列。")
]
LangOption = Annotated[Lang, typer.Option("--lang", help="Language of names and tables. 名称与表头的语言。")]


def model_folder(option: Path | None) -> Path:
    """Return the folder of the model that a command works with.

    option: what `--model` says: a folder or, in a workspace, the name of a version; without it, the model that the
    workspace uses, or the shipped one. Raises ClassifierError where a workspace cannot be read.
    """
    from classifier.resources import default_model, workspace_folder

    if option is not None and option.exists():
        return option
    if option is None and workspace_folder() is None:
        return default_model()
    from classifier.workspace.place import find_workspace
    from classifier.workspace.versions import named_model

    return named_model(find_workspace(), option)


def chosen_areas(areas: "Sequence[Area]", choice: str) -> "tuple[Area, ...]":
    """Return the areas of `all`, `core` or a list of ids. Raises ClassifierError for an unknown id."""
    if choice == "all":
        return tuple(areas)
    if choice == "core":
        return tuple(a for a in areas if a.core) or tuple(areas)
    wanted = [part.strip() for part in choice.split(",") if part.strip()]
    known = {a.id for a in areas}
    unknown = [w for w in wanted if w not in known]
    if unknown or not wanted:
        raise ClassifierError(
            message(
                "--areas {choice}: unknown area {unknown}; give all, core, or ids of: {known}",
                choice=choice,
                unknown=", ".join(unknown) or message("(none)"),
                known=", ".join(a.id for a in areas),
            )
        )
    return tuple(a for a in areas if a.id in wanted)
