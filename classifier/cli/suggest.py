"""`classify suggest`: which paragraphs of the user's reports to label next, and what that would bring."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import IdColumnOption, Lang, LangOption, ModelOption, TextColumnOption, model_folder
from classifier.cli.predict import INTERRUPTED
from classifier.engines.own_process import tune_process
from classifier.errors import ClassifierError
from classifier.messages import message


def command(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, .zip, .csv, .jsonl, .parquet, or -. 文件、文件夹、压缩包、数据表。"),
    ],
    size: Annotated[int, typer.Option("--size", min=1, max=5000, help="How many paragraphs. 建议多少段。")] = 50,
    out: Annotated[
        Path | None, typer.Option(help="Write them to this .jsonl file, for review. 输出文件，供 review 打开。")
    ] = None,
    model: ModelOption = None,
    text_column: TextColumnOption = "text",
    id_column: IdColumnOption = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """Say which paragraphs to label next, and what to expect. 建议先标注哪些段落，并预测收益。"""
    tune_process()  # before numpy is imported
    from classifier.cli.reporter import Reporter, tell
    from classifier.model.bundle import load_model
    from classifier.output.suggestions import encode_suggestions, print_suggestions
    from classifier.readers.inputs import Inputs
    from classifier.readers.raw import TableColumns
    from classifier.storage.atomic import atomic_file
    from classifier.tasks.suggest import saved_counts, suggest_of_inputs
    from classifier.workspace.label_log import saved_labels
    from classifier.workspace.place import find_workspace
    from classifier.workspace.versions import SHIPPED, list_versions

    inputs = Inputs(paths, None if out is None else os.path.realpath(out))
    for path in paths:
        if inputs.is_output(os.path.realpath(path)):
            raise ClassifierError(message("{place}: is both input and --out; give --out another name", place=path))
    workspace = find_workspace()
    labels = saved_labels(workspace) if workspace else {}
    folder = model_folder(model)
    loaded = load_model(folder)
    reporter = Reporter()
    reporter.expect(inputs.survey(), shown=True)
    try:
        found = suggest_of_inputs(
            inputs,
            loaded,
            size,
            labelled=labels.keys(),
            counts=saved_counts(label.areas for label in labels.values()),
            columns=TableColumns(text_column, id_column),
            on_files=reporter.read,
            on_progress=reporter.progress,
        )
    except KeyboardInterrupt:
        tell(message("interrupted: nothing was written"))
        raise typer.Exit(INTERRUPTED) from None
    finally:
        reporter.end()
    if out is not None and found.rows:
        with atomic_file(out) as stream:
            stream.write(encode_suggestions(found, str(lang)))
    versions = list_versions(workspace) if workspace else ()
    own = folder.resolve()  # it may have been named by another path
    version = next((v.name for v in versions if v.model.resolve() == own and v.name != SHIPPED), None)
    print_suggestions(found, loaded.areas, str(lang), sys.stdout, version)
    if out is not None and found.rows:
        tell(message("written to {place}; 'classify review {place}' opens it", place=out))
    reporter.summary()
    if reporter.receipt.unread:
        raise typer.Exit(2)
