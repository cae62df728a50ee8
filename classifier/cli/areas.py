"""`classify areas`: the policy areas and what they mean; checking those that a user added, and using them."""

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
    help="List the policy areas; check and use added ones. 列出政策领域；检查、启用新增领域。",
    rich_markup_mode=None,
    add_completion=False,
    invoke_without_command=True,
)
AreaArgument = Annotated[str, typer.Argument(help="The id of an added area. 新增领域的编号。")]


@group.callback()
def list_areas(
    context: typer.Context,
    labels: Annotated[
        Path | None, typer.Option(help="A labels folder with a taxonomy.toml of its own. 另行指定标注文件夹。")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """List the policy areas; check and use added ones. 列出政策领域；检查、启用新增领域。"""
    if context.invoked_subcommand is not None:
        return
    from classifier.labelling.taxonomy import TAXONOMY_FILE, load_taxonomy
    from classifier.output.language import AreaListWords
    from classifier.output.terminal import console, plain_table, show
    from classifier.resources import taxonomy_file
    from classifier.workspace.areas import workspace_taxonomy
    from classifier.workspace.place import find_workspace

    if labels:
        taxonomy = load_taxonomy(labels / TAXONOMY_FILE)
    else:
        workspace = find_workspace()
        taxonomy = workspace_taxonomy(workspace) if workspace else load_taxonomy(taxonomy_file())
    table = plain_table(header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=lang is Lang.ZH)
    table.add_column(overflow="fold")
    for area in taxonomy.areas:
        name = area.name(lang) + ("*" if area.core else "")
        table.add_row(area.id, name, area.definition if lang is Lang.ZH else area.definition_en)
    show(console(sys.stdout), table, f"* {AreaListWords(lang).core}")


@group.command("check", cls=Subcommand)
def check_added(
    area: AreaArgument,
    paths: Annotated[list[str], typer.Argument(help="Reports to draw from. 从中抽样的报告。")],
    size: Annotated[int, typer.Option("--size", min=1, help="How many paragraphs to draw. 抽取段落数。")] = 30,
) -> None:
    """Draw a random sample of what would be tagged with an added area. 随机抽取将被标为新增领域的段落。"""
    from classifier.tasks.new_areas import draw_sample
    from classifier.workspace.place import need_workspace

    place, drawn, found = draw_sample(need_workspace(), area, paths, size)
    say(
        message(
            "{drawn} of {found} paragraphs drawn; 'classify review {place}', then 'classify areas use {area}'",
            drawn=drawn,
            found=found,
            place=place,
            area=area,
        )
    )


@group.command("use", cls=Subcommand)
def use_added(
    area: AreaArgument,
    anyway: Annotated[bool, typer.Option("--anyway", help="Whatever the sample says. 不论抽样结果如何。")] = False,
) -> None:
    """Tag an added area from now on, where its sample says it is precise. 抽样达标后启用新增领域。"""
    from classifier.tasks.new_areas import use_area
    from classifier.workspace.place import need_workspace

    version = use_area(need_workspace(), area, anyway)
    say(message("{area} is tagged from now on, by version {name}", area=area, name=version.name))
