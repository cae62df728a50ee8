"""`classify chart`: the course of areas through a report, or a table of shares, as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption, ModelOption, model_folder
from classifier.engines.own_process import tune_process
from classifier.errors import ClassifierError
from classifier.messages import message


def command(
    source: Annotated[
        Path, typer.Argument(help="A report, or a table that 'shares' wrote. 一份报告，或 shares 写出的数据表。")
    ],
    out: Annotated[Path, typer.Option(help="A file that ends in .svg, .png or .pdf. 图的文件名。")],
    stacked: Annotated[
        bool, typer.Option("--stacked", help="Over years: shares one upon the other. 按年份：各领域份额叠放。")
    ] = False,
    model: ModelOption = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Draw where a report speaks of which areas, or a table of shares. 画出一份报告各处所涉领域，或份额数据表。"""
    tune_process()  # before numpy is imported
    from classifier.model.bundle import load_model
    from classifier.output.charts.drawing import check_chart_name, save_chart
    from classifier.output.charts.shares import shares_chart
    from classifier.output.shares.share_table import is_share_table, read_share_table

    check_chart_name(out)
    if is_share_table(source):
        table = read_share_table(source, load_model(model_folder(model)).areas)
        save_chart(lambda language: shares_chart(table, language, stacked), out, str(lang))
        return
    if stacked:
        raise ClassifierError(message("--stacked: is for tables of shares over years; leave it out"))
    from classifier.documents.parse import read
    from classifier.output.charts.course import course_of_areas

    documents = [document for document in read(source) if document.paragraphs]
    if len(documents) != 1:
        raise ClassifierError(
            message("{place}: holds {n} documents with text; give a single report", place=source, n=len(documents))
        )
    loaded = load_model(model_folder(model))
    predictions = list(loaded.predict(documents[0]))
    save_chart(lambda language: course_of_areas(predictions, loaded.areas, language), out, str(lang))
