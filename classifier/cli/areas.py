"""`classify areas`: the policy areas and what they mean."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption


def command(
    labels: Annotated[
        Path | None, typer.Option(help="A labels folder with a taxonomy.toml of its own. 另行指定标注文件夹。")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """List the policy areas. 列出政策领域。"""
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
