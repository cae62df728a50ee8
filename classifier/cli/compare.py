"""`classify compare`: what changed between two reports, or two folders of them."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption, model_folder
from classifier.engines.own_process import tune_process


class CompareFormat(StrEnum):
    """How a comparison is written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def command(
    first: Annotated[str, typer.Argument(help="A report or folder. 第一份报告，或一个文件夹。")],
    second: Annotated[str, typer.Argument(help="Another one. 第二份报告，或另一个文件夹。")],
    format: Annotated[CompareFormat, typer.Option(help="Form of the output. 输出格式。")] = CompareFormat.TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    model: Annotated[
        Path | None, typer.Option(help="Model folder or version; else the one that is used. 模型文件夹或版本。")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Compare two reports: areas that gained and lost, and what carries the change. 比较两份报告的领域变化。"""
    tune_process()  # before numpy is imported
    from classifier.model.bundle import load_model
    from classifier.output.comparison import comparison_json, comparison_page, print_comparison_of_texts
    from classifier.storage.atomic import atomic_text_file
    from classifier.tasks.compare_texts import compare
    from classifier.tasks.predict import about_predictions

    folder = model_folder(model)
    loaded = load_model(folder)
    found = compare(first, second, loaded)
    if format is CompareFormat.TABLE and out is None:
        print_comparison_of_texts(found, str(lang), sys.stdout)
        return
    if format is CompareFormat.TABLE and out is not None:
        with atomic_text_file(out) as stream:
            print_comparison_of_texts(found, str(lang), stream)
        return
    if format is CompareFormat.JSON:
        text = comparison_json(found, str(lang))
    else:
        about = about_predictions(loaded, folder, loaded.areas, "paragraph")
        text = comparison_page(found, str(lang), " · ".join(f"{k} {v}" for k, v in about.named(str(lang))[:4]))
    if out is None:
        sys.stdout.write(text)
    else:
        with atomic_text_file(out) as stream:
            stream.write(text)
