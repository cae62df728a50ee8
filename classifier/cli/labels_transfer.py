"""`classify labels export` and `classify labels import`: labels out to other programs, and back."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Lang, LangOption, TextColumnOption, chosen_areas
from classifier.cli.progress import say
from classifier.errors import ClassifierError
from classifier.messages import counted_message, language, message
from classifier.paths import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from classifier.analysis.units import Unit
    from classifier.records import Area
    from classifier.transfer.merge import Conflict, ImportPlan
    from classifier.transfer.rows import WrittenRow
    from classifier.workspace.place import Workspace

SOME_UNREAD = 2  # exit code, as of `predict`


class LabelFormatChoice(StrEnum):
    """The formats of label files."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    PRODIGY = "prodigy"
    ARGILLA = "argilla"


class RowChoice(StrEnum):
    """What a row is about."""

    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


class ConflictChoice(StrEnum):
    """What becomes of labels that contradict saved ones."""

    ASK = "ask"
    KEEP = "keep"
    REPLACE = "replace"


_Format = Annotated[
    LabelFormatChoice | None, typer.Option("--format", help="Told by the file if not given. 文件格式。")
]


def export_labels(
    out: Annotated[Path, typer.Option(help="The file to write. 输出文件。")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Reports or suggestions; else the workspace's labels. 报告或推荐文件；不填则导出已有标注。"
        ),
    ] = None,
    format: _Format = None,
    unit: Annotated[RowChoice | None, typer.Option(help="What a row is about. 每行的单位：段落或句子。")] = None,
    areas: Annotated[str, typer.Option(help="all, core, or ids with commas between. 领域。")] = "all",
    model: Annotated[
        Path | None, typer.Option(help="Model folder or version; the used one if not given. 模型文件夹或版本。")
    ] = None,
    text_column: TextColumnOption = "text",
    lang: LangOption = Lang.ZH,
) -> None:
    """Write labels for Excel or a labelling tool. 导出标注，供 Excel 或标注工具使用。"""
    from classifier.analysis.units import Unit
    from classifier.tasks.labels_transfer import areas_of, workspace_labels, write_labels
    from classifier.transfer.registry import format_of_out, label_format
    from classifier.workspace.place import find_workspace, need_workspace

    name = str(format or format_of_out(out))
    label_format(name, to_write=True)
    unread = 0
    if paths:
        workspace = find_workspace()
        chosen = chosen_areas(areas_of(workspace), areas)
        rows, unread = _tagged(paths, out, model, workspace, chosen, Unit(unit or RowChoice.PARAGRAPH), text_column)
    else:
        workspace = need_workspace()
        chosen = chosen_areas(areas_of(workspace), areas)
        rows = workspace_labels(workspace, chosen, None if unit is None else Unit(unit))
    if not rows:
        raise ClassifierError(
            message("labels export: there is nothing to write; label something first, or name reports")
        )
    beside = write_labels(rows, chosen, str(lang), name, out)
    for place in (out, *beside):
        say(message("written to {place}", place=printable(place)))
    say(counted_message("{n} row", "{n} rows", len(rows)))
    if unread:
        raise typer.Exit(SOME_UNREAD)


def import_labels(
    file: Annotated[Path, typer.Argument(help="A file of labels. 标注文件。")],
    workspace: Annotated[
        Path | None, typer.Option(help="The workspace; it is made where there is none. 工作区，没有则新建。")
    ] = None,
    format: _Format = None,
    on_conflict: Annotated[
        ConflictChoice, typer.Option(help="What becomes of labels that contradict saved ones. 与已有标注冲突时的处理。")
    ] = ConflictChoice.ASK,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change. 只说明将有何变化。")] = False,
    checked: Annotated[
        bool, typer.Option("--checked", help="Count rows left as the model tagged them, too. 未改动的行也算已核对。")
    ] = False,
    areas: Annotated[
        str | None,
        typer.Option(help="Areas that the labels of a tool speak of, if it does not say so. 标注所涉及的领域。"),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who labelled; else the user. 标注人。")] = None,
    lang: LangOption = Lang.ZH,  # noqa: ARG001 - chooses the language of messages
) -> None:
    """Take labels into the workspace, once it is said what changes. 导入标注，先说明变化。"""
    from dataclasses import replace

    from classifier.tasks.labels_transfer import LabelImport, areas_of
    from classifier.workspace.place import init_workspace

    place = _workspace_to_fill(workspace)
    offered = None if areas is None else tuple(a.id for a in chosen_areas(areas_of(place), areas))
    job = LabelImport(file, place, None if format is None else str(format), checked, offered)
    plan = job.plan()
    names = {area.id: area.name(language()) for area in areas_of(place)}
    _tell(plan, file, job.format, names)
    if dry_run:
        return
    overrule = _overrules(plan, on_conflict)
    if place is None:
        assert workspace is not None
        job = replace(job, workspace=init_workspace(workspace))
    saved = job.save(plan, overrule, by)
    if not saved:
        say(message("nothing to save"))
        return
    say(
        counted_message(
            "saved the labels of {n} paragraph; 'classify labels undo' takes them back",
            "saved the labels of {n} paragraphs; 'classify labels undo' takes them back",
            len(saved),
        )
    )


def _tagged(
    paths: list[str],
    out: Path,
    model: Path | None,
    workspace: "Workspace | None",
    areas: "Sequence[Area]",
    unit: "Unit",
    text_column: str,
) -> "tuple[tuple[WrittenRow, ...], int]":
    import os

    from classifier.engines.own_process import tune_process

    output = os.path.realpath(out)
    for path in paths:
        if os.path.realpath(path) == output:
            raise ClassifierError(
                message("{place}: is both input and --out; give --out another name", place=printable(path))
            )
    tune_process()  # before numpy is imported
    from classifier.model.bundle import load_model
    from classifier.readers.inputs import Inputs
    from classifier.tasks.labels_transfer import PickedParagraph, areas_of, picked_labels, tagged_labels
    from classifier.web.suggestions import is_suggestions, read_suggestions
    from classifier.workspace.versions import named_model

    loaded = load_model(named_model(workspace, model))
    every, chosen = [area.id for area in areas_of(workspace)], {area.id for area in areas}
    suggested = [path for path in paths if is_suggestions(Path(path))]
    picked = [
        PickedParagraph(row.document, row.paragraph, row.why, row.about)
        for path in suggested
        for row in read_suggestions(Path(path), every)
        if row.about is None or row.about & chosen
    ]
    inputs = Inputs([path for path in paths if path not in suggested], output)
    rows, unread = tagged_labels(inputs, loaded, areas, unit, text_column, say)
    return (*picked_labels(picked, loaded, areas, unit), *rows), unread


def _workspace_to_fill(folder: Path | None) -> "Workspace | None":
    """Return the workspace that is named or that this folder is in; None for a named one that is not there yet."""
    from classifier.workspace.place import Workspace, find_workspace

    if folder is not None:
        named = Workspace(folder.absolute())
        return named if named.settings_file.is_file() else None
    if (found := find_workspace()) is None:
        raise ClassifierError(
            message("labels import: not in a workspace; give --workspace DIR, which makes one, or go to one")
        )
    return found


def _overrules(plan: "ImportPlan", choice: ConflictChoice) -> bool:
    """Return whether the file goes before saved labels. Raises ClassifierError where that is to be chosen first."""
    if not plan.conflicts or choice is not ConflictChoice.ASK:
        return choice is ConflictChoice.REPLACE
    if not _at_terminal():
        raise ClassifierError(
            counted_message(
                "{n} label contradicts a saved one; nothing was saved; choose --on-conflict keep or replace",
                "{n} labels contradict saved ones; nothing was saved; choose --on-conflict keep or replace",
                len(plan.conflicts),
            )
        )
    question = message("Keep the saved labels, or replace them by those of the file? (keep, replace, cancel)")
    answer = typer.prompt(question, default="cancel", err=True).strip().casefold()
    if answer not in ("keep", "replace"):
        raise ClassifierError(message("nothing was saved"))
    return bool(answer == "replace")


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _tell(plan: "ImportPlan", file: Path, format_name: str, names: "Mapping[str, str]") -> None:
    """Say what an import changes. names: of the areas, by id."""
    from classifier.transfer.faults import at_most_twenty
    from classifier.transfer.merge import Effect

    place = printable(file)
    say(
        counted_message(
            "{place} ({format}): {n} row", "{place} ({format}): {n} rows", plan.rows, place=place, format=format_name
        )
    )
    for note in plan.notes:
        say(note)
    if plan.unlabelled:
        say(
            counted_message(
                "{n} row is left out: it is not labelled, or as the model tagged it and not marked as checked",
                "{n} rows are left out: they are not labelled, or as the model tagged them and not marked as checked",
                plan.unlabelled,
            )
        )
    words: dict[Effect, Callable[[int], str]] = {
        Effect.NEW: lambda n: counted_message("{n} paragraph is new", "{n} paragraphs are new", n),
        Effect.MORE: lambda n: counted_message("{n} paragraph gets more labels", "{n} paragraphs get more labels", n),
        Effect.CHANGED: lambda n: counted_message("{n} paragraph is changed", "{n} paragraphs are changed", n),
        Effect.SAME: lambda n: counted_message("{n} paragraph is as saved", "{n} paragraphs are as saved", n),
        Effect.CONFLICT: lambda n: counted_message("{n} paragraph is in conflict", "{n} paragraphs are in conflict", n),
    }
    for effect, told in words.items():
        if n := plan.effects.get(effect):
            say(told(n))
    for line in at_most_twenty([_conflict_line(conflict, names) for conflict in plan.conflicts]):
        say(line)


def _conflict_line(conflict: "Conflict", names: "Mapping[str, str]") -> str:
    from classifier.paths import escaped

    passage, entry = conflict.passage, conflict.saved
    about = {
        "document": escaped(passage.document),
        "text": escaped(passage.part(conflict.sentence)[:20]),
        "area": names.get(conflict.area, conflict.area),
        "by": escaped(entry.by),
        "time": entry.time[:10],
        "source": escaped(entry.source),
        "place": conflict.place,
    }
    if conflict.recut:
        return message(
            "conflict: {document} “{text}”: {place} cuts the paragraph into other sentences; "
            "labels of sentences that {by} saved on {time} ({source}) would be lost",
            **about,
        )
    if conflict.value:
        return message(
            "conflict: {document} “{text}”: {place} has {area}; {by} saved on {time} ({source}) that it has not",
            **about,
        )
    return message(
        "conflict: {document} “{text}”: {place} has no {area}; {by} saved on {time} ({source}) that it has", **about
    )
