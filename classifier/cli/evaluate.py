"""`classify evaluate`: the figures of a model on labelled paragraphs, or of the settings by cross-validation."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import LABELS, JobsOption, Lang, LangOption, SettingsOption, model_folder
from classifier.cli.progress import say
from classifier.errors import ClassifierError
from classifier.messages import message


def command(  # noqa: PLR0913, PLR0917 - one for each option
    on: Annotated[
        Path | None,
        typer.Option(help="A .jsonl file of labelled paragraphs, whole or by sentence. 带标注的段落文件。"),
    ] = None,
    cv: Annotated[int | None, typer.Option(min=2, help="Folds, grouped by report. 交叉验证折数，按报告分组。")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder or version for --on. 模型文件夹或版本。")] = None,
    compare: Annotated[
        Path | None, typer.Option(help="A model folder or settings file to compare with. 用来比较的模型或设置。")
    ] = None,
    documents: Annotated[
        Path | None,
        typer.Option(help="Folder of the documents that --on names, to tag in them. 原文目录，在原文中标注。"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for report.md, .json, .html and charts. 报告输出文件夹。")
    ] = None,
    labels: Annotated[
        list[Path] | None, typer.Option(help="Labels to learn from; repeat for several. 标注文件或文件夹。")
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Measure simple classifiers too. 同时测量简单基线。")
    ] = False,
    terms: Annotated[Path | None, typer.Option(help="Folder of policy terms for --cv. 词表文件夹。")] = None,
    settings: SettingsOption = None,
    jobs: JobsOption = -1,
    lang: LangOption = Lang.ZH,
) -> None:
    """Measure accuracy on a file (--on) or by cross-validation (--cv). 测量精度。"""
    from classifier.output.reports.figures import print_comparison, print_figures
    from classifier.resources import in_checkout
    from classifier.tasks.evaluate import evaluate_file, evaluate_labels
    from classifier.tasks.retrain import labels_at_hand

    learned = labels or ([LABELS] if in_checkout() else None)
    if on is not None and cv is None:
        found = evaluate_file(
            on,
            model=model_folder(model),
            settings=settings,
            labels=labels or labels_at_hand(),
            compared=model_folder(compare) if compare else None,
            documents=documents,
            baselines=baselines,
            jobs=jobs,
            progress=say,
        )
    elif cv is None or on is not None:
        raise ClassifierError(message("evaluate: give either --on FILE.jsonl or --cv K"))
    elif documents is not None:
        raise ClassifierError(message("evaluate: --documents goes with --on FILE.jsonl, not with --cv"))
    elif learned is None:
        raise ClassifierError(message("evaluate: not in a checkout of this project; give --labels"))
    else:
        full = out is not None or compare is not None
        found = evaluate_labels(
            learned,
            cv,
            settings=settings,
            compared=compare,
            terms=terms,
            full=full,
            baselines=baselines,
            jobs=jobs,
            progress=say,
        )
    paragraphs, reports = len(found.predictions.truth), len(set(found.predictions.reports))
    say(message("{paragraphs} paragraphs of {reports} reports", paragraphs=paragraphs, reports=reports))
    if (sentences := found.predictions.sentences) is not None:
        disputed = int((~sentences.counted).sum())
        say(
            message(
                "{sentences} sentences; labels in dispute, which count neither way: {disputed}",
                sentences=len(sentences.truth),
                disputed=disputed,
            )
        )
    print_figures(found.predictions, found.areas, str(lang), sys.stdout)
    if found.report is not None:
        print_comparison(found.report, str(lang), sys.stdout)
    if found.report is not None and out is not None:
        from classifier.output.reports.evaluation import write_evaluation

        write_evaluation(found.report, out, str(lang))
        say(message("report written to {place}", place=out))
