"""`classify predict`: reports in, tagged paragraphs out."""

import os
import signal
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import (
    IdColumnOption,
    Lang,
    ModelOption,
    TextColumnOption,
    chosen_areas,
    model_folder,
    some_jobs,
)
from classifier.engines.own_process import recognize_scans, tune_process
from classifier.errors import ClassifierError
from classifier.messages import counted_message, message
from classifier.output.predictions.registry import OUTPUT_FORMATS, format_class, output_format
from classifier.paths import printable

if TYPE_CHECKING:
    from classifier.readers.inputs import Inputs, Survey
    from classifier.readers.raw import TableColumns

INTERRUPTED = 130  # exit code
TABLE = "table"  # for people; all other formats are in the registry
_FORMATS = (TABLE, *OUTPUT_FORMATS)
EXPLAINED = (TABLE, "jsonl", "html")  # formats that have room for explanations


class EngineChoice(StrEnum):
    """Where reports are tagged."""

    LOCAL = "local"
    SPARK = "spark"


class UnitChoice(StrEnum):
    """What a record is about."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    SENTENCE = "sentence"


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


def command(  # noqa: PLR0913, PLR0915, PLR0917 - one for each option
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, .zip, tables, or -. 文件、文件夹、压缩包、表格，或 - 。"),
    ],
    areas: Annotated[str, typer.Option(help="all, core, or ids with commas between. 领域。")] = "all",
    format: Annotated[
        str,
        typer.Option(callback=_known_format, metavar=f"<{'|'.join(_FORMATS)}>", help="Form of the output. 输出格式。"),
    ] = TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    model: ModelOption = None,
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
    text_column: TextColumnOption = "text",
    id_column: IdColumnOption = None,
    document_column: Annotated[
        str | None,
        typer.Option(help="Column whose equal values make one document of the rows. 文档所在列，同值各行合为一篇。"),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="all, or names with commas between: columns to write too. 一并输出的其他列。"),
    ] = None,
    unit: Annotated[
        UnitChoice, typer.Option(help="What a record is about. 每条记录的单位：段落、分项或句子。")
    ] = UnitChoice.PARAGRAPH,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what speaks for and against areas. 说明标注与否的理由。")
    ] = False,
    wide: Annotated[
        bool, typer.Option("--wide", help="Columns for each area in CSV. CSV 中每个领域单独成列。")
    ] = False,
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
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognize scanned pages; needs the extra 'ocr'. 识别扫描页文字。")
    ] = False,
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
        _check_columns(format, engine, document_column, columns)
        _check_records(format, engine, unit, explain, wide)
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
        if ocr:
            recognize_scans()
        from classifier.analysis.units import Unit
        from classifier.model.bundle import load_model
        from classifier.output.options import OutputOptions
        from classifier.readers.inputs import Inputs
        from classifier.readers.raw import TableColumns
        from classifier.tasks.predict import PredictTask, about_predictions

        folder = model_folder(model)
        loaded = load_model(folder)
        chosen = chosen_areas(loaded.areas, areas)
        options = OutputOptions(
            chosen,
            names,
            scores is ScoresChoice.ALL,
            unit=Unit(unit.value),
            explain=explain,
            wide=wide,
            about=None if out is None else about_predictions(loaded, folder, chosen, unit.value),
        )
        inputs = Inputs(paths, None if out is None else os.path.realpath(out))
        survey = _survey(inputs, out)
        table_columns = _table_columns(
            inputs, TableColumns(text_column, id_column, document_column, survey.count > 1), columns
        )
        options = replace(options, columns=table_columns.travelling or ())
        task = PredictTask(inputs, loaded, folder, options, table_columns, jobs, strict)
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
    if receipt is not None and (receipt.is_dir() or not receipt.absolute().parent.is_dir()):
        raise ClassifierError(message("{place}: cannot be written; give --receipt a file in a folder", place=receipt))
    if receipt is not None and os.path.realpath(receipt) in {os.path.realpath(p) for p in (*paths, out) if p}:
        raise ClassifierError(
            message("{place}: is both --receipt and input or --out; give --receipt another name", place=receipt)
        )


def _check_records(format: str, engine: EngineChoice, unit: UnitChoice, explain: bool, wide: bool) -> None:
    """Raise ClassifierError for options on records that the format or the engine does not have."""
    if engine is EngineChoice.SPARK and (explain or wide or unit is not UnitChoice.PARAGRAPH):
        raise ClassifierError(message("--unit, --explain, --wide: are not for --engine spark; leave them out"))
    if explain and format not in EXPLAINED:
        formats = ", ".join(EXPLAINED)
        raise ClassifierError(message("--explain: needs --format {formats}; give one of them", formats=formats))
    if wide and format != "csv":
        raise ClassifierError(message("--wide: is for --format csv; give both"))


def _check_columns(format: str, engine: EngineChoice, document_column: str | None, columns: str | None) -> None:
    """Raise ClassifierError for options on columns that do not go together with the others."""
    if engine is EngineChoice.SPARK and (document_column or columns):
        raise ClassifierError(message("--columns, --document-column: are not for --engine spark; leave them out"))
    if columns is not None and format in (TABLE, "html"):
        *most, last = (name for name in OUTPUT_FORMATS if name != "html")
        raise ClassifierError(
            message("--columns: needs --format {formats} or {last}", formats=", ".join(most), last=last)
        )


def _table_columns(inputs: "Inputs", columns: "TableColumns", choice: str | None) -> "TableColumns":
    """Return the columns with those that --columns names. Raises ClassifierError for a name that no table has."""
    if choice is None:
        return columns
    from classifier.readers.travelling import with_travelling

    return with_travelling(inputs, columns, choice)


def _survey(inputs: "Inputs", out: Path | None) -> "Survey":
    """Count the sources. Raises ClassifierError where the output was named as input, or is the only input."""
    for path in inputs.paths:
        if inputs.is_output(os.path.realpath(path)):
            raise ClassifierError(
                message("{place}: is both input and --out; give --out another name", place=printable(path))
            )
    survey = inputs.survey()
    if not survey.count and out is not None:
        raise ClassifierError(
            message("{place}: is the only file to read, and is --out; give --out another name", place=printable(out))
        )
    return survey
