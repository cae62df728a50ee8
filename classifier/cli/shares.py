"""`classify shares`: the share of attention of each policy area, corrected for the model's known errors."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import (
    IdColumnOption,
    Lang,
    LangOption,
    ModelOption,
    TextColumnOption,
    model_folder,
    some_jobs,
)
from classifier.cli.predict import INTERRUPTED
from classifier.engines.own_process import tune_process
from classifier.errors import ClassifierError
from classifier.messages import counted_message, message

if TYPE_CHECKING:
    from classifier.analysis.area_shares import AreaShares
    from classifier.analysis.estimates import Estimate
    from classifier.output.about import About


class SharesFormat(StrEnum):
    """How shares are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PANEL = "panel"


class MeasureChoice(StrEnum):
    """In what attention is measured."""

    CHARACTERS = "characters"
    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"


def command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, .zip, .csv, .jsonl, .parquet, or -. 文件、文件夹、压缩包、数据表，或 - 。"
        ),
    ],
    by: Annotated[
        str,
        typer.Option(
            metavar="FIELD[,FIELD]",
            help="Group by report, year, place, level, a group of --name-pattern or a column. 分组字段，可用逗号并列。",
        ),
    ] = "",
    measure: Annotated[
        MeasureChoice, typer.Option(help="In what attention is measured. 度量单位：字数、句数、段数。")
    ] = MeasureChoice.CHARACTERS,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show in the table how much speaks of an area. 表中改列覆盖率。")
    ] = False,
    truth: Annotated[
        Path | None,
        typer.Option(help="Your labels of a random sample of the texts, .jsonl. 随机抽取并自行标注的句段，用来校正。"),
    ] = None,
    name_pattern: Annotated[
        str | None,
        typer.Option(help="Regular expression with named groups for names. 从文件名取字段的正则式。"),
    ] = None,
    census: Annotated[
        bool,
        typer.Option("--census", help="These reports are all there are, no sample. 报告是全体而非样本，不计抽样误差。"),
    ] = False,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Count documents of the same text each. 重复的文档也计入。")
    ] = False,
    format: Annotated[SharesFormat, typer.Option(help="Form of the output. 输出格式。")] = SharesFormat.TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    chart: Annotated[
        Path | None, typer.Option(help="Draw the shares to this .svg, .png or .pdf file. 另存为图。")
    ] = None,
    model: ModelOption = None,
    text_column: TextColumnOption = "text",
    id_column: IdColumnOption = None,
    jobs: Annotated[
        int | None,
        typer.Option(callback=some_jobs, help="Processes; if not given, as many as are of use. 进程数。"),
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Measure the share of each area, corrected for known errors. 统计各领域份额，并校正模型的已知误差。"""
    if format is SharesFormat.XLSX and out is None:
        raise ClassifierError(message("--format {format}: is for files; give --out FILE", format=format.value))
    if chart is not None:
        from classifier.output.charts.drawing import check_chart_name

        check_chart_name(chart)
    tune_process()  # before numpy is imported
    from classifier.analysis.measures import MeasuredIn
    from classifier.cli.reporter import Reporter, tell
    from classifier.model.bundle import load_model
    from classifier.output.shares.files import PANEL_FIELDS
    from classifier.readers.inputs import Inputs
    from classifier.readers.raw import TableColumns
    from classifier.tasks.predict import about_predictions
    from classifier.tasks.shares import SharesOptions, compile_pattern, other_fields, shares_of_inputs

    fields = tuple(part.strip() for part in by.split(",") if part.strip())
    options = SharesOptions(
        fields or (PANEL_FIELDS if format is SharesFormat.PANEL else ()),
        MeasuredIn(measure.value),
        compile_pattern(name_pattern) if name_pattern else None,
        census,
        keep_duplicates,
        truth,
    )
    folder = model_folder(model)
    loaded = load_model(folder)
    inputs = Inputs(paths, None if out is None else os.path.realpath(out))
    for path in paths:
        if inputs.is_output(os.path.realpath(path)):
            raise ClassifierError(message("{place}: is both input and --out; give --out another name", place=path))
    columns = TableColumns(text_column, id_column, travelling=tuple(other_fields(options)))
    reporter = Reporter()
    reporter.expect(inputs.survey(), shown=True)
    try:
        found = shares_of_inputs(inputs, loaded, folder, options, columns, jobs, reporter.read, reporter.progress)
    except KeyboardInterrupt:
        tell(message("interrupted: no shares were written"))
        raise typer.Exit(INTERRUPTED) from None
    finally:
        reporter.end()
    _write(found, format, coverage, str(lang), out, about_predictions(loaded, folder, loaded.areas, measure.value))
    if chart is not None:
        from classifier.output.charts.drawing import save_chart
        from classifier.output.charts.shares import shares_chart
        from classifier.output.shares.share_table import share_table

        save_chart(lambda language: shares_chart(share_table(found), language), chart, str(lang))
    _tell(found, known=loaded.outcomes is not None)
    reporter.summary()
    if reporter.receipt.unread:
        raise typer.Exit(2)


def _write(
    found: "AreaShares", format: SharesFormat, coverage: bool, lang: str, out: Path | None, about: "About"
) -> None:
    from classifier.output.shares import files
    from classifier.output.shares.table import print_shares
    from classifier.storage.atomic import atomic_file, atomic_text_file
    from classifier.tasks.predict import write_about

    if format is SharesFormat.TABLE:
        if out is None:
            print_shares(found, coverage, lang, sys.stdout)
            return
        with atomic_text_file(out) as text:
            print_shares(found, coverage, lang, text)
        return
    if format is SharesFormat.JSON:
        data = files.shares_json(found, lang)
    elif format is SharesFormat.CSV:
        data = files.shares_csv(found, lang, in_file=out is not None)
    elif format is SharesFormat.PANEL:
        data = files.shares_panel(found)
    else:
        data = files.shares_xlsx(found, lang, about.named(lang))
    if out is None:
        sys.stdout.write(data.decode())
    else:
        with atomic_file(out) as stream:
            stream.write(data)
        if format is not SharesFormat.XLSX and out.is_file():  # and no device
            write_about(out, about)


def _note(told: str) -> None:
    from classifier.cli.reporter import tell

    tell(message("note: {what}", what=told))


def _tell(found: "AreaShares", known: bool) -> None:
    """Say what the figures rest on, as far as it is not what everyone expects."""
    if found.duplicates:
        _note(
            counted_message(
                "{n} document with the text of another counts once; --keep-duplicates counts it again",
                "{n} documents with the text of others count once; --keep-duplicates counts them again",
                found.duplicates,
            )
        )
    for name, n in found.unknown.items():
        _note(
            counted_message(
                "{n} document does not tell its {field} and stands under -; --name-pattern can take it from names",
                "{n} documents do not tell their {field} and stand under -; --name-pattern can take it from names",
                n,
                field=name,
            )
        )
    if found.whole.unlike:
        _note(
            counted_message(
                "in {n} document the model finds less than in those it was tested on; its figures do not hold",
                "in {n} documents the model finds less than in those it was tested on; their figures do not hold",
                found.whole.unlike,
            )
        )
    if not known:
        _note(
            message(
                "this model does not keep what it gets wrong, so shares are raw; train it again with 'classify train'"
            )
        )
    elif found.whole.estimate.corrected_by == "nothing":
        _note(message("this model knows too few of its errors to correct them, so shares are raw; label more reports"))
    if found.unmatched:
        _note(
            counted_message(
                "{n} labelled row is in none of the documents and was left out",
                "{n} labelled rows are in none of the documents and were left out",
                found.unmatched,
            )
        )
    if found.whole.estimate.labels:
        _tell_of_labels(found.whole.estimate)


def _tell_of_labels(estimate: "Estimate") -> None:
    """Say how far labels of the user's own bear, and how many more would halve the interval."""
    half = f"{50 * float((estimate.high - estimate.low).mean()):.1f}"
    _note(
        message(
            "{labels} labelled rows, taken as drawn at random, each as likely as any other: ±{half} points on average",
            labels=estimate.labels,
            half=half,
        )
    )
    if estimate.more_labels is None:
        _note(message("no number of labels would halve the interval; more reports would"))
    else:
        _note(
            counted_message(
                "{n} more labelled row would halve the interval",
                "{n} more labelled rows would halve the interval",
                estimate.more_labels,
            )
        )
