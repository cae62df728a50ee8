"""`classify read`: documents as the program sees them, before anything is tagged."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from classifier.cli.options import Lang, TextColumnOption
from classifier.messages import message


class ReadFormat(StrEnum):
    """How a document is shown."""

    TEXT = "text"
    JSONL = "jsonl"


def command(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, archives, tables, or -. 文件、文件夹、压缩包、数据表，或 - 。")
    ],
    text_column: TextColumnOption = "text",
    id_column: Annotated[str | None, typer.Option(help="Column of ids. 编号所在列。")] = None,
    document_column: Annotated[
        str | None, typer.Option(help="Column whose equal values make one document. 文档所在列，同值各行合为一篇。")
    ] = None,
    format: Annotated[ReadFormat, typer.Option(help="Form of the output. 输出格式。")] = ReadFormat.TEXT,
    lang: Annotated[  # noqa: ARG001 - it is acted on before any message, in app.py
        Lang | None, typer.Option("--lang", help="Language of messages; else the system's. 提示的语言。")
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognize scanned pages; needs the extra 'ocr'. 识别扫描页文字。")
    ] = False,
) -> None:
    """Show line, page, kind, headings and text of each paragraph. 查看程序读到的内容。"""
    from classifier.engines.batches import batches
    from classifier.engines.parsing import file_receipts, parse_batch
    from classifier.output.reading import print_document, print_lines, show_document
    from classifier.output.receipts.receipt import Receipt
    from classifier.output.receipts.summary import summary_lines
    from classifier.output.terminal import CONTROLS
    from classifier.readers.inputs import Inputs
    from classifier.readers.raw import TableColumns

    if ocr:
        from classifier.engines.own_process import recognize_scans

        recognize_scans()
    show = print_lines
    if format is ReadFormat.TEXT:
        show = show_document if sys.stdout.isatty() else print_document
    inputs = Inputs(paths)
    columns = TableColumns(text_column, id_column, document_column)
    receipt = Receipt()
    for batch in batches(inputs, columns):
        for found in parse_batch(batch):
            for file in file_receipts([found], compared=False):
                receipt.add(file)
                for note in file.notes:
                    _tell(message("note: {what}", what=note).translate(CONTROLS))
                for fault in file.faults:
                    _tell(message("error: {what}", what=fault).translate(CONTROLS))
            if found.document is not None:
                show(found.document, sys.stdout)
    for line in summary_lines(receipt):
        _tell(line)
    if receipt.unread:
        raise typer.Exit(2)


def _tell(line: str) -> None:
    sys.stdout.flush()  # so that what is told of a document stands behind the one before it
    typer.echo(line, err=True)
