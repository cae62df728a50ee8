"""`classify predict`: reports in, tagged paragraphs out."""

import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Lang, chosen_areas, some_jobs
from classifier.engines.own_process import tune_process
from classifier.errors import ClassifierError
from classifier.messages import counted_message, message
from classifier.output.predictions.registry import OUTPUT_FORMATS, format_class, output_format

if TYPE_CHECKING:
    from classifier.cli.reporter import Reporter
    from classifier.readers.inputs import Inputs, Survey

INTERRUPTED = 130  # exit code
TABLE = "table"  # for people; all other formats are in the registry
_FORMATS = (TABLE, *OUTPUT_FORMATS)


class EngineChoice(StrEnum):
    """Where reports are tagged."""

    LOCAL = "local"
    SPARK = "spark"


class ScoresChoice(StrEnum):
    """Which scores are written."""

    TAGGED = "tagged"
    ALL = "all"


def _known_format(name: str) -> str:
    """Check the name of a format. Raises BadParameter where there is none of that name."""
    if name not in _FORMATS:
        known = ", ".join(map(repr, _FORMATS))
        raise typer.BadParameter(message("{name!r} is not one of {known}.", name=name, known=known))
    return name


def command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, .zip, .csv, .jsonl, .parquet, or -. 文件、目录、压缩包、数据表，或 - 。"),
    ],
    areas: Annotated[str, typer.Option(help="all, core, or ids with commas between. 领域。")] = "all",
    format: Annotated[
        str,
        typer.Option(callback=_known_format, metavar=f"<{'|'.join(_FORMATS)}>", help="Form of the output. 输出格式。"),
    ] = TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder; the shipped one if not given. 模型目录。")] = None,
    lang: Annotated[
        Lang | None,
        typer.Option(
            "--lang",
            help="Language of all that is written and told; if not given, Chinese in the output, "
            "and that of the system in messages. 输出与提示的语言。",
        ),
    ] = None,
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
    receipt: Annotated[
        Path | None,
        typer.Option("--receipt", help="Write to this JSON file what became of each input. 处理清单文件。"),
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
    from classifier.cli.reporter import Reporter, to_file, to_stdout, to_table

    reporter = Reporter(receipt)
    names = str(lang or Lang.ZH)  # data never depends on the system's language
    try:
        _check(format, out, receipt, paths, resume)
        if engine is EngineChoice.SPARK:
            from classifier.cli.spark import run

            run(
                paths,
                out,
                master,
                model,
                names,
                areas,
                scores is ScoresChoice.ALL,
                text_column,
                id_column,
                strict,
                reporter,
            )
            return
        if master is not None:
            raise ClassifierError(message("--master: is for --engine spark; give both"))
        tune_process()  # before numpy is imported
        from classifier.model.bundle import load_model
        from classifier.output.options import OutputOptions
        from classifier.readers.inputs import Inputs
        from classifier.readers.raw import TableColumns
        from classifier.resources import default_model
        from classifier.tasks.predict import PredictTask

        folder = model or default_model()
        loaded = load_model(folder)
        options = OutputOptions(chosen_areas(loaded.areas, areas), names, scores is ScoresChoice.ALL)
        inputs = Inputs(paths, None if out is None else os.path.realpath(out))
        survey = _survey(inputs, out, reporter)
        task = PredictTask(inputs, loaded, folder, options, TableColumns(text_column, id_column), jobs, strict)
        reporter.expect(survey, shown=format != TABLE or out is not None or not sys.stdout.isatty())
        if format == TABLE:
            to_table(task, out, reporter)
        elif out is None:
            to_stdout(task, output_format(format, options), reporter)
        else:
            identity = task.identity(format, survey)
            to_file(task, output_format(format, options), out, identity, resume, reporter)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        reporter.end()
        reporter.interrupted()
        raise typer.Exit(INTERRUPTED) from None
    except ClassifierError as error:
        if not reporter.can_resume:
            raise
        raise ClassifierError(
            counted_message(
                "{what}; {n} document is done; the same command with --resume goes on from there",
                "{what}; {n} documents are done; the same command with --resume goes on from there",
                reporter.documents,
                what=error,
            )
        ) from error
    finally:
        reporter.end()
    reporter.summary()
    if reporter.receipt.unread:
        raise typer.Exit(2)


def _check(format: str, out: Path | None, receipt: Path | None, paths: list[str], resume: bool) -> None:
    """Raise ClassifierError for options that do not go together."""
    if out is None and format != TABLE and not format_class(format).for_stdout:
        raise ClassifierError(message("--format {format}: is for files; give --out FILE", format=format))
    if resume and (out is None or format == TABLE):
        *most, last = OUTPUT_FORMATS
        raise ClassifierError(
            message("--resume: needs --out FILE and --format {formats} or {last}", formats=", ".join(most), last=last)
        )
    if resume and "-" in paths:
        raise ClassifierError(message("--resume: standard input cannot be read again; give files or folders"))
    if receipt is not None and os.path.realpath(receipt) in {os.path.realpath(p) for p in (*paths, out) if p}:
        raise ClassifierError(
            message("{place}: is both --receipt and input or --out; give --receipt another name", place=receipt)
        )


def _survey(inputs: "Inputs", out: Path | None, reporter: "Reporter") -> "Survey":
    """Count the sources. Raises ClassifierError where the output was named as input, or is the only input."""
    for path in inputs.paths:
        if inputs.is_output(os.path.realpath(path)):
            raise ClassifierError(message("{place}: is both input and --out; give --out another name", place=path))
    survey = inputs.survey()
    if not survey.count and out is not None:
        raise ClassifierError(
            message("{place}: is the only file to read, and is --out; give --out another name", place=out)
        )
    if twice := survey.twice:
        reporter.note(
            counted_message(
                "{n} document has the same name as one of another folder: {name}",
                "{n} documents of different folders have the same name, such as {name}",
                len(twice),
                name=twice[0],
            )
        )
    return survey
