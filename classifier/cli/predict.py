"""`classify predict`: reports in, tagged paragraphs out."""

import os
import sys
from contextlib import AbstractContextManager, ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from classifier.cli.options import Lang, LangOption, chosen_areas
from classifier.cli.progress import track
from classifier.errors import ClassifierError, DocumentError

if TYPE_CHECKING:
    from classifier.documents.reading import Source
    from classifier.output.writer import View, Writer


class Format(StrEnum):
    """How predictions are written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class Scores(StrEnum):
    """Which scores are written."""

    TAGGED = "tagged"
    ALL = "all"


def command(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input. 文件、目录，或 - 。")],
    areas: Annotated[str, typer.Option(help="all, core, or ids with commas between. 领域。")] = "all",
    format: Annotated[Format, typer.Option(help="Form of the output. 输出格式。")] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file. 输出文件。")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder; the shipped one if not given. 模型目录。")] = None,
    lang: LangOption = Lang.ZH,
    scores: Annotated[
        Scores, typer.Option(help="'all' adds the score of every area (jsonl, csv). 是否输出全部得分。")
    ] = Scores.TAGGED,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first bad document. 遇错即停。")] = False,
) -> None:
    """Tag the paragraphs of reports with policy areas. 给报告逐段标注政策领域。"""
    from classifier.engines.local import tag
    from classifier.model.bundle import load
    from classifier.output.writer import View
    from classifier.resources import default_model

    tagger = load(model or default_model())
    view = View(chosen_areas(tagger.areas, areas), str(lang), scores is Scores.ALL)
    report = _Faults(strict)
    sources = _sources(paths, out, report)
    with ExitStack() as stack:
        writer: Writer | None = None
        for result in tag(track(sources, "tagging"), tagger):
            if isinstance(result, DocumentError):
                report.add(result)
                continue
            for note in result.document.notes:
                typer.echo(f"note: {note}", err=True)
            if writer is None:  # only now is there anything to write, and a reason to make --out
                stream = sys.stdout if out is None else stack.enter_context(_file(out, format))
                writer = _writer(format, stream, view)
            writer.document(result.document, result.predictions)
        if writer is not None:
            writer.end()
    if report.count:
        raise typer.Exit(2)


class _Faults:
    """Tells each bad document in one line and goes on, or stops at the first where that is asked."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.count = 0

    def add(self, error: DocumentError) -> None:
        if self.strict:
            raise error
        self.count += 1
        typer.echo(f"error: {error}", err=True)


def _sources(paths: list[str], out: Path | None, report: _Faults) -> "list[Source]":
    """All reports that the paths stand for, each once, without the output file itself.

    Raises ClassifierError where the output file was named as input, or is the only input.
    """
    from classifier.documents.reading import sources

    found: dict[str, Source] = {}
    own = os.path.realpath(out) if out is not None else None
    for path in paths:
        if own is not None and os.path.realpath(path) == own:
            raise ClassifierError(f"{path}: is both input and --out; give --out another name")
        try:
            inside = sources(path)
        except DocumentError as error:
            report.add(error)
            continue
        for source in inside:
            place = os.path.realpath(source.path) if source.path else f"\0{source.name}"
            if place != own:
                found.setdefault(place, source)
    names = [s.name for s in found.values()]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        typer.echo(
            f"note: {len(twice)} documents of different folders have the same name, such as {twice[0]}", err=True
        )
    if own is not None and not found and not report.count:
        raise ClassifierError(f"{out}: is the only file to read, and is --out; give --out another name")
    return list(found.values())


def _file(out: Path, format: Format) -> AbstractContextManager[TextIO]:
    from classifier.output.files import whole_file

    # Spreadsheet programs take a CSV file for UTF-8 only if it begins with a byte order mark.
    return whole_file(out, "utf-8-sig" if format is Format.CSV else "utf-8")


def _writer(format: Format, stream: TextIO, view: "View") -> "Writer":
    if format is Format.JSONL:
        from classifier.output.jsonl import JsonlWriter

        return JsonlWriter(stream, view)
    if format is Format.CSV:
        from classifier.output.csv import CsvWriter

        return CsvWriter(stream, view)
    from classifier.output.table import TableWriter

    return TableWriter(stream, view)
