"""`classify read`: a document as the program sees it, before anything is tagged."""

import sys
from enum import StrEnum
from typing import Annotated

import typer


class ReadFormat(StrEnum):
    """How a document is shown."""

    TEXT = "text"
    JSONL = "jsonl"


def command(
    file: Annotated[str, typer.Argument(help="A file, an archive, or - for standard input. 文件、压缩包，或 - 。")],
    format: Annotated[ReadFormat, typer.Option(help="Form of the output. 输出格式。")] = ReadFormat.TEXT,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognize scanned pages; needs the extra 'ocr'. 识别扫描页文字。")
    ] = False,
) -> None:
    """Show line, page, kind, headings and text of each paragraph. 查看程序读到的内容。"""
    from classifier.documents.parse import parse
    from classifier.output.reading import print_document, print_lines
    from classifier.readers.raw import TableColumns
    from classifier.readers.registry import raw_documents
    from classifier.readers.sources import listed

    if ocr:
        from classifier.engines.own_process import recognize_scans

        recognize_scans()
    show = print_lines if format is ReadFormat.JSONL else print_document
    for source in listed(file):
        for raw in raw_documents(source, TableColumns()):
            if raw.passed_over is not None:
                continue
            document = parse(raw)
            for note in document.notes:
                typer.echo(f"note: {note}", err=True)
            show(document, sys.stdout)
