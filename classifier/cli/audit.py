"""`classify audit`: labels that are probably wrong, or that contradict each other."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import LABELS, JobsOption, Lang, LangOption, model_folder
from classifier.cli.progress import say
from classifier.engines.own_process import tune_process
from classifier.errors import ClassifierError
from classifier.messages import message

if TYPE_CHECKING:
    from classifier.model.model import Model
    from classifier.selection.audited import Audit


class AuditFormat(StrEnum):
    """How an audit is shown."""

    TABLE = "table"
    JSON = "json"


def command(
    labels: Annotated[
        list[Path] | None,
        typer.Argument(help=".jsonl files or labels folders; else those of the workspace. 标注文件或文件夹。"),
    ] = None,
    size: Annotated[
        int, typer.Option("--size", min=1, max=5000, help="How many paragraphs to show. 列出多少段。")
    ] = 50,
    model: Annotated[
        Path | None, typer.Option(help="A model that has not seen the labels. 未见过这些标注的模型。")
    ] = None,
    format: Annotated[AuditFormat, typer.Option(help="Form of the output. 输出格式。")] = AuditFormat.TABLE,
    out: Annotated[
        Path | None, typer.Option(help="Write them to this .jsonl file, for review. 输出文件，供 review 打开。")
    ] = None,
    lang: LangOption = Lang.ZH,
    jobs: JobsOption = -1,
) -> None:
    """Find labels that are probably wrong, worst first. 找出可能有误的标注，最可疑的在前。"""
    tune_process()  # before numpy is imported
    from classifier.output.audit import audit_json, encode_audit, print_audit
    from classifier.storage.atomic import atomic_file

    if out is not None and labels and out.resolve() in {p.resolve() for p in labels}:
        raise ClassifierError(message("{place}: is both input and --out; give --out another name", place=out))
    found, judge = _audit(labels, model, size, jobs)
    if out is not None and found.rows:
        with atomic_file(out) as stream:
            stream.write(encode_audit(found, str(lang)))
        say(message("written to {place}; 'classify review {place}' opens it", place=out))
    if format is AuditFormat.JSON:
        sys.stdout.write(audit_json(found, str(lang)))
    else:
        print_audit(found, judge.areas, str(lang), sys.stdout)


def _audit(labels: list[Path] | None, model: Path | None, size: int, jobs: int) -> "tuple[Audit, Model]":
    """Audit what was named, else the labels of the workspace, else those of the checkout; with the judging model.

    Raises ClassifierError where there are none.
    """
    from classifier.model.bundle import load_model
    from classifier.resources import in_checkout, workspace_folder
    from classifier.tasks.audit import audit_files, audit_workspace, too_few_to_judge, too_few_to_learn
    from classifier.workspace.place import need_workspace

    if not labels and workspace_folder() is not None:
        return audit_workspace(need_workspace(), load_model(model_folder(model)) if model else None, size)
    if not labels and not in_checkout():
        raise ClassifierError(message("audit: not in a workspace or a checkout of this project; name label files"))
    named = labels or [LABELS]
    judge = load_model(model_folder(model)) if model else None
    if judge is None and (paragraphs := too_few_to_judge(named)):
        say(too_few_to_learn(paragraphs))
        judge = load_model(model_folder(None))
    return audit_files(named, judge, size, jobs=jobs, progress=say)
