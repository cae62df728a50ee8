"""`classify labels …`: what can be done with labelled paragraphs beside training on them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli import label_log, labels_transfer
from classifier.cli.options import LABELS, JobsOption, Lang, LangOption
from classifier.cli.progress import say
from classifier.cli.usage_errors import CommandGroup, Subcommand
from classifier.errors import ClassifierError
from classifier.messages import message

group = typer.Typer(
    cls=CommandGroup,
    help="Extract, count, export and import labelled paragraphs. 摘录、统计、导出、导入标注。",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@group.command("extract", cls=Subcommand)
def extract(
    files: Annotated[list[Path], typer.Argument(help="Labelled paragraphs with text, .jsonl. 带文字的标注。")],
    out: Annotated[Path, typer.Option(help="The extract folder to write. 摘录文件夹。")],
    corrections: Annotated[
        Path | None, typer.Option(help="Corrected areas by id and sentence, .jsonl. 按编号更正的领域。")
    ] = None,
    common: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled texts open to all, whose terms are not rare; repeat for several. 可公开的标注。"),
    ] = None,
    language: Annotated[
        Path | None, typer.Option(help="Further reports, to test against what their language gives away. 语料文件夹。")
    ] = None,
    terms: Annotated[Path | None, typer.Option(help="Folder of policy terms. 词表文件夹。")] = None,
    jobs: JobsOption = -1,
) -> None:
    """Write training data without text: counts of frequent terms. 生成不含文字的训练数据。"""
    from classifier.extracts.card import account_lines
    from classifier.tasks.extract import write_extract

    account = write_extract(
        files,
        out,
        corrections=corrections,
        common=common or (),
        language=language,
        terms=terms,
        jobs=jobs,
        progress=say,
    )
    for line in account_lines(account):
        say(line)
    say(message("extract written to {place}", place=out))


@group.command("summary", cls=Subcommand)
def summary(
    labels: Annotated[
        list[Path] | None, typer.Option(help="Files, labels folders or extracts; repeat for several. 标注，可重复。")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Count labelled paragraphs by part, level, year, shape and area. 统计标注。"""
    from classifier.output.reports.label_summary import print_summary
    from classifier.resources import in_checkout
    from classifier.training.training_set import as_training_set

    if not labels and not in_checkout():
        raise ClassifierError(message("labels summary: not in a checkout of this project; give --labels"))
    print_summary(as_training_set(labels or [LABELS]), str(lang), sys.stdout)


for _command in (label_log.log, label_log.undo):
    group.command(_command.__name__, cls=Subcommand)(_command)
group.command("export", cls=Subcommand)(labels_transfer.export_labels)
group.command("import", cls=Subcommand)(labels_transfer.import_labels)
