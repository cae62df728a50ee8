"""`classify compare`: what changed between two reports, two folders of them, or two groups of one folder."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Lang, LangOption, ModelOption, TextColumnOption, model_folder
from classifier.cli.predict import INTERRUPTED
from classifier.engines.own_process import tune_process
from classifier.errors import ClassifierError
from classifier.messages import message

if TYPE_CHECKING:
    from classifier.tasks.compare_texts import TwoGroups

TEXTS = 2


class CompareFormat(StrEnum):
    """How a comparison is written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def command(
    texts: Annotated[
        list[str],
        typer.Argument(
            help="Two reports or folders; with --by, paths and then two values. "
            "两份报告或两个文件夹；用 --by 时先列路径，再给两个取值。"
        ),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD",
            help="Compare groups: report, year, place, level, a group of --name-pattern or a column. 按字段分组对比。",
        ),
    ] = None,
    name_pattern: Annotated[
        str | None,
        typer.Option(help="Regular expression with named groups for names. 从文件名取字段的正则式。"),
    ] = None,
    format: Annotated[CompareFormat, typer.Option(help="Form of the output. 输出格式。")] = CompareFormat.TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    model: ModelOption = None,
    text_column: TextColumnOption = "text",
    lang: LangOption = Lang.ZH,
) -> None:
    """Compare two reports or groups: areas that gained and lost, and why. 比较两份或两组报告的领域变化。"""
    tune_process()  # before numpy is imported
    from classifier.cli.reporter import Reporter, tell
    from classifier.model.bundle import load_model
    from classifier.readers.inputs import Inputs
    from classifier.readers.raw import TableColumns
    from classifier.tasks.compare_texts import compare_inputs
    from classifier.tasks.predict import about_predictions

    paths, names, groups = _wanted(texts, by, name_pattern)
    folder = model_folder(model)
    loaded = load_model(folder)
    inputs = [Inputs(own) for own in paths]
    columns = TableColumns(text_column, travelling=() if groups is None else groups.columns)
    reporter = Reporter()
    try:
        found = compare_inputs(inputs, names, loaded, columns, groups, reporter.read)
    except KeyboardInterrupt:
        tell(message("interrupted: nothing was written"))
        raise typer.Exit(INTERRUPTED) from None
    from classifier.output.comparison import comparison_json, comparison_page, print_comparison_of_texts
    from classifier.storage.atomic import atomic_text_file

    if format is CompareFormat.TABLE and out is None:
        print_comparison_of_texts(found, str(lang), sys.stdout)
    elif format is CompareFormat.TABLE and out is not None:
        with atomic_text_file(out) as stream:
            print_comparison_of_texts(found, str(lang), stream)
    else:
        about = about_predictions(loaded, folder, loaded.areas, "paragraph")
        text = (
            comparison_json(found, str(lang), about.to_dict())
            if format is CompareFormat.JSON
            else comparison_page(found, str(lang), " · ".join(f"{k} {v}" for k, v in about.named(str(lang))[:4]))
        )
        if out is None:
            sys.stdout.write(text)
        else:
            with atomic_text_file(out) as stream:
                stream.write(text)
    if reporter.receipt.unread:
        raise typer.Exit(2)


def _wanted(
    texts: list[str], by: str | None, name_pattern: str | None
) -> tuple[list[list[str]], tuple[str, str], "TwoGroups | None"]:
    """Return the paths of each text, the names of both, and the groups, if they are asked for."""
    if by is None:
        if name_pattern is not None:
            raise ClassifierError(message("--name-pattern: is for --by; give both"))
        if len(texts) != TEXTS:
            raise ClassifierError(
                message("compare: takes two reports or folders, not {n}; with --by, paths and two values", n=len(texts))
            )
        first, second = texts
        return [[first], [second]], (Path(first).name or first, Path(second).name or second), None
    if len(texts) <= TEXTS:
        raise ClassifierError(message("--by {field}: needs paths and then two values of it", field=by))
    from classifier.tasks.compare_texts import TwoGroups
    from classifier.tasks.shares import compile_pattern

    *paths, first, second = texts
    pattern = compile_pattern(name_pattern) if name_pattern else None
    return [paths], (first, second), TwoGroups(by, first, second, pattern)
