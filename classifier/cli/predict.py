"""`classify predict`: reports in, tagged paragraphs out."""

import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Lang, LangOption, chosen_areas, some_jobs
from classifier.cli.reporter import Reporter, to_file, to_stdout, to_table
from classifier.engines import blas_threads
from classifier.errors import ClassifierError

if TYPE_CHECKING:
    from classifier.readers.inputs import Inputs, Survey

INTERRUPTED = 130


class FormatChoice(StrEnum):
    """How predictions are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class EngineChoice(StrEnum):
    """Where reports are tagged."""

    LOCAL = "local"
    SPARK = "spark"


class ScoresChoice(StrEnum):
    """Which scores are written."""

    TAGGED = "tagged"
    ALL = "all"


def command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, .zip, .csv, .jsonl, .parquet, or -. 文件、目录、压缩包、数据表，或 - 。"),
    ],
    areas: Annotated[str, typer.Option(help="all, core, or ids with commas between. 领域。")] = "all",
    format: Annotated[FormatChoice, typer.Option(help="Form of the output. 输出格式。")] = FormatChoice.TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder; the shipped one if not given. 模型目录。")] = None,
    lang: LangOption = Lang.ZH,
    scores: Annotated[
        ScoresChoice, typer.Option(help="'all' adds the score of every area (not in tables). 是否输出全部得分。")
    ] = ScoresChoice.TAGGED,
    text_column: Annotated[
        str, typer.Option(help="Column of .csv, .jsonl and .parquet that holds the texts. 正文所在列。")
    ] = "text",
    id_column: Annotated[
        str | None, typer.Option(help="Column of ids; else 'id' or the row's number. 编号所在列。")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(callback=some_jobs, help="Processes; if not given, as many as are of use. 进程数。"),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with --out where an earlier run ended. 接着上次中断处继续。")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first bad document. 遇错即停。")] = False,
    engine: Annotated[
        EngineChoice, typer.Option(help="'spark' tags a Parquet table on a Spark cluster. 在 Spark 集群上运行。")
    ] = EngineChoice.LOCAL,
    master: Annotated[str | None, typer.Option(help="Address of the Spark master. Spark 主节点地址。")] = None,
) -> None:
    """Tag the paragraphs of reports with policy areas. 给报告逐段标注政策领域。"""
    told = Reporter(strict)
    try:
        _check(format, out, paths, resume)
        if engine is EngineChoice.SPARK:
            from classifier.cli.spark import run

            run(paths, out, master, model, lang, areas, scores is ScoresChoice.ALL, text_column, id_column, strict)
            return
        if master is not None:
            raise ClassifierError("--master: is for --engine spark; give both")
        blas_threads.limit_threads()
        from classifier.model.bundle import load_model
        from classifier.output.options import OutputOptions
        from classifier.readers.inputs import Inputs
        from classifier.readers.raw import TableColumns
        from classifier.resources import default_model
        from classifier.tasks.predict import PredictTask

        folder = model or default_model()
        tagger = load_model(folder)
        view = OutputOptions(chosen_areas(tagger.areas, areas), str(lang), scores is ScoresChoice.ALL)
        inputs = Inputs(paths, None if out is None else os.path.realpath(out))
        survey = _survey(inputs, out)
        task = PredictTask(inputs, tagger, folder, view, TableColumns(text_column, id_column), jobs, strict)
        told.expect(survey, shown=format is not FormatChoice.TABLE or out is not None or not sys.stdout.isatty())
        if format is FormatChoice.TABLE:
            to_table(task, out, told)
        elif out is None:
            to_stdout(task, format, told)
        else:
            to_file(task, format, out, survey, resume, told)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        told.end()
        typer.echo(f"interrupted: {told.documents} documents are done{told.hint}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except ClassifierError as error:
        if not told.hint:
            raise
        raise ClassifierError(f"{error}; {told.documents} documents are done{told.hint}") from error
    finally:
        told.end()
    told.summary()
    if told.faults:
        raise typer.Exit(2)


def _check(format: FormatChoice, out: Path | None, paths: list[str], resume: bool) -> None:
    """Raise ClassifierError for options that do not go together."""
    if format is FormatChoice.PARQUET and out is None:
        raise ClassifierError("--format parquet: is for files; give --out FILE")
    if resume and (out is None or format is FormatChoice.TABLE):
        raise ClassifierError("--resume: needs --out FILE and --format jsonl, csv or parquet")
    if resume and "-" in paths:
        raise ClassifierError("--resume: standard input cannot be read again; give files or folders")


def _survey(inputs: "Inputs", out: Path | None) -> "Survey":
    """Count the sources. Raises ClassifierError where the output was named as input, or is the only input."""
    for path in inputs.paths:
        if inputs.is_output(os.path.realpath(path)):
            raise ClassifierError(f"{path}: is both input and --out; give --out another name")
    survey = inputs.survey()
    if not survey.count:
        raise ClassifierError(f"{out}: is the only file to read, and is --out; give --out another name")
    if twice := survey.twice:
        typer.echo(
            f"note: {len(twice)} documents of different folders have the same name, such as {twice[0]}", err=True
        )
    return survey
