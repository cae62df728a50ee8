"""`classify train`: labels in, a model folder out."""

from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import LABELS, JobsOption, SettingsOption
from classifier.cli.progress import say
from classifier.errors import ClassifierError
from classifier.messages import message

MODEL = Path("models/default")


def command(
    labels: Annotated[
        list[Path] | None,
        typer.Option(
            help="A .jsonl file, a labels folder or an extract; repeat for several. 标注文件、文件夹或摘录，可重复。"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The model folder to write. 模型文件夹。")] = None,
    terms: Annotated[
        Path | None, typer.Option(help="Folder of policy terms; the shipped one if not given. 词表文件夹。")
    ] = None,
    settings: SettingsOption = None,
    jobs: JobsOption = -1,
) -> None:
    """Train a model on labelled paragraphs. 用标注段落训练模型。"""
    from classifier.resources import in_checkout
    from classifier.settings import load_settings
    from classifier.tasks.train import train_into

    if (not labels or out is None) and not in_checkout():
        raise ClassifierError(message("train: not in a checkout of this project; give both --labels and --out"))
    chosen = load_settings(settings) if settings else None
    train_into(labels or [LABELS], out or MODEL, chosen, terms=terms, jobs=jobs, progress=say)
    say(message("model written to {place}", place=out or MODEL))
