"""`classify models …`: the versions of a workspace's model, and which of them is used."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption
from classifier.cli.progress import say
from classifier.cli.usage_errors import CommandGroup, Subcommand
from classifier.messages import message

group = typer.Typer(
    cls=CommandGroup,
    help="List, compare and choose versions of the model. 模型版本的列出、比较与选用。",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)
NameArgument = Annotated[str, typer.Argument(help="A version, such as 3, or 'shipped'. 版本，如 3 或 shipped。")]


@group.command("list", cls=Subcommand)
def list_models(lang: LangOption = Lang.ZH) -> None:
    """List all versions; * marks the one that is used. 列出全部版本，* 为正在使用的。"""
    from classifier.output.language import VersionWords
    from classifier.output.terminal import console, plain_table, show
    from classifier.tasks.versions import describe_version
    from classifier.workspace.place import need_workspace
    from classifier.workspace.versions import list_versions, used_versions

    workspace = need_workspace()
    used, words = used_versions(workspace)[-1], VersionWords(lang)
    table = plain_table()
    for heading in (words.version, words.model, words.areas, words.own_labels, words.made):
        table.add_column(heading, no_wrap=True)
    for version in list_versions(workspace):
        about = describe_version(version)
        mark = "*" if version.name == used else " "
        own = "" if about.own_paragraphs is None else str(about.own_paragraphs)
        table.add_row(f"{mark} {version.name}", about.model_hash, str(about.areas), own, about.made)
    show(console(sys.stdout), table)


@group.command("show", cls=Subcommand)
def show_model(name: NameArgument) -> None:
    """Show the card of a version. 显示某个版本的说明。"""
    from classifier.tasks.versions import model_card_of
    from classifier.workspace.place import need_workspace
    from classifier.workspace.versions import version

    sys.stdout.write(model_card_of(version(need_workspace(), name)))


@group.command("use", cls=Subcommand)
def use(name: NameArgument) -> None:
    """Use a version from now on. 选用某个版本。"""
    from classifier.workspace.place import need_workspace
    from classifier.workspace.versions import use_version

    say(message("version {name} is used from now on", name=use_version(need_workspace(), name).name))


@group.command("rollback", cls=Subcommand)
def rollback() -> None:
    """Use the version that was used before. 恢复上一个使用的版本。"""
    from classifier.workspace.place import need_workspace
    from classifier.workspace.versions import roll_back

    say(message("version {name} is used from now on", name=roll_back(need_workspace()).name))


@group.command("compare", cls=Subcommand)
def compare_models(
    old: NameArgument,
    new: NameArgument,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page as well. 另存网页。")] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Compare two versions on labels that neither had seen; figures are new less old. 比较两个版本。"""
    from classifier.cli.train import show_comparison
    from classifier.tasks.compare_versions import compare_versions
    from classifier.workspace.place import need_workspace

    show_comparison(compare_versions(need_workspace(), old, new), html, str(lang))
