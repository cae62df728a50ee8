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
    file: Annotated[
        str, typer.Argument(help="A file, an archive, a table, or - for standard input. 文件、压缩包、数据表，或 - 。")
    ],
    text_column: Annotated[str, typer.Option(help="Column of tables that holds the texts. 正文所在列。")] = "text",
    id_column: Annotated[str | None, typer.Option(help="Column of ids. 编号所在列。")] = None,
    document_column: Annotated[
        str | None, typer.Option(help="Column whose equal values make one document. 文档所在列，同值各行合为一篇。")
    ] = None,
    format: Annotated[ReadFormat, typer.Option(help="Form of the output. 输出格式。")] = ReadFormat.TEXT,
) -> None:
    """Show line, page, kind, headings and text of each paragraph. 查看程序读到的内容。"""
    from classifier.documents.parse import parse
    from classifier.output.reading import print_document, print_lines
    from classifier.readers.raw import TableColumns
    from classifier.readers.registry import raw_documents
    from classifier.readers.sources import listed

    show = print_lines if format is ReadFormat.JSONL else print_document
    for source in listed(file):
        for raw in raw_documents(source, TableColumns(text_column, id_column, document_column)):
            if raw.passed_over is not None:
                continue
            document = parse(raw)
            for note in document.notes:
                typer.echo(f"note: {note}", err=True)
            show(document, sys.stdout)
