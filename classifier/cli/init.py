"""`classify init`: a folder becomes a workspace."""

from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.progress import say
from classifier.messages import message


def command(
    folder: Annotated[Path, typer.Argument(help="The folder; made where it is not there. 文件夹。")],
) -> None:
    """Make a workspace for labels and models of your own. 建立存放标注与模型的工作区。"""
    from classifier.paths import printable
    from classifier.workspace.place import init_workspace

    init_workspace(folder)
    say(
        message(
            "{place} is a workspace; go there, and 'classify review REPORT' begins to label", place=printable(folder)
        )
    )
