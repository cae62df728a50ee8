"""`classify explain`: what speaks for and against each area in one paragraph, or in one of its sentences."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Lang, LangOption, ModelOption, chosen_areas, model_folder
from classifier.engines.own_process import tune_process
from classifier.errors import DocumentError
from classifier.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classifier.records import Document, Paragraph


class ExplainFormat(StrEnum):
    """How explanations are shown."""

    TEXT = "text"
    JSON = "json"


def command(
    file: Annotated[str, typer.Argument(help="A file, an archive, or - for standard input. 文件、压缩包，或 - 。")],
    line: Annotated[int, typer.Option(help="Line of the paragraph, as predict and read show it. 段落所在的行。")],
    sentence: Annotated[
        int | None, typer.Option(min=1, help="Number of one of its sentences, to explain that. 只说明段中第几句。")
    ] = None,
    area: Annotated[str, typer.Option(help="all, core, or ids with commas between. 领域。")] = "all",
    document: Annotated[
        str | None, typer.Option(help="Name of the document, where a file holds several. 文档名称。")
    ] = None,
    format: Annotated[ExplainFormat, typer.Option(help="Form of the output. 输出格式。")] = ExplainFormat.TEXT,
    model: ModelOption = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Show what speaks for and against each area in a paragraph or sentence. 说明某段或某句为何标注或未标注各领域。"""
    tune_process()  # before numpy is imported
    from classifier.documents.parse import read
    from classifier.model.bundle import load_model
    from classifier.model.explain import explain
    from classifier.output.explanations import explanations_json, print_explanations

    paragraph = _paragraph(read(file), file, line, document)
    loaded = load_model(model_folder(model))
    areas = chosen_areas(loaded.areas, area)
    if sentence is not None:
        _check_sentence(paragraph, sentence, file)
    found = explain(loaded, paragraph, [a.id for a in areas], None if sentence is None else [sentence - 1])
    if not found:
        what = message(
            "{place}: line {line} is of kind {kind} and gets no areas; give the line of a heading or paragraph",
            place=file,
            line=line,
            kind=paragraph.kind.value,
        )
        raise DocumentError(what)
    if format is ExplainFormat.JSON:
        sys.stdout.write(explanations_json(found))
    else:
        print_explanations(paragraph, found, loaded.areas, str(lang), sys.stdout)


def _check_sentence(paragraph: "Paragraph", sentence: int, file: str) -> None:
    """Raise DocumentError where a paragraph has no sentence of a number, or one without text."""
    there = len(paragraph.sentences)
    if sentence > there or not paragraph.sentences[sentence - 1].normalized:
        what = message(
            "{place}: line {line} has no sentence {number} with text; give --sentence from 1 to {n}",
            place=file,
            line=paragraph.line,
            number=sentence,
            n=there,
        )
        raise DocumentError(what)


def _paragraph(documents: "Iterable[Document]", file: str, line: int, name: str | None) -> "Paragraph":
    """Return the paragraph of a line. Raises DocumentError where there is none, or where there are several."""
    documents = [d for d in documents if name is None or d.name == name]
    if not documents:
        raise DocumentError(message("{place}: no document {name!r} in it; check --document", place=file, name=name))
    if len(documents) > 1:
        several, name = len(documents), documents[0].name
        what = message("{place}: {n} documents; give --document, such as {name!r}", place=file, n=several, name=name)
        raise DocumentError(what)
    paragraphs = documents[0].paragraphs
    found = next((p for p in paragraphs if p.line == line), None)
    if found is None:
        nearest = min(paragraphs, key=lambda p: abs(p.line - line)).line
        what = message(
            "{place}: no paragraph at line {line}; the nearest is at line {nearest}, and classify read shows all",
            place=file,
            line=line,
            nearest=nearest,
        )
        raise DocumentError(what)
    return found
