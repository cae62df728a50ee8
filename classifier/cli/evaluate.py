"""`classify evaluate`: the figures of a model on labelled paragraphs, or of the settings by cross-validation."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import JobsOption, Lang, LangOption, SettingsOption
from classifier.cli.progress import say
from classifier.errors import ClassifierError

LABELS = Path("labels")


def command(
    on: Annotated[
        Path | None, typer.Option(help="A .jsonl file of paragraphs with text and areas. 带标注的段落文件。")
    ] = None,
    cv: Annotated[int | None, typer.Option(min=2, help="Folds, grouped by report. 交叉验证折数，按报告分组。")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder for --on. 模型目录。")] = None,
    labels: Annotated[
        list[Path] | None, typer.Option(help="Labels for --cv; repeat for several. 标注文件或目录。")
    ] = None,
    terms: Annotated[Path | None, typer.Option(help="Folder of policy terms for --cv. 词表目录。")] = None,
    settings: SettingsOption = None,
    jobs: JobsOption = -1,
    lang: LangOption = Lang.ZH,
) -> None:
    """Measure accuracy on a file (--on) or by cross-validation (--cv). 测量精度。"""
    from classifier import api
    from classifier.evaluation.runs import on_examples
    from classifier.labelling.store import load_examples
    from classifier.model.settings import load_settings
    from classifier.output.figures import print_figures
    from classifier.resources import in_checkout

    if (on is None) == (cv is None):
        raise ClassifierError("evaluate: give either --on FILE.jsonl or --cv K")
    if on is not None:
        tagger = api.load_model(model)
        areas = tagger.areas
        examples = load_examples([on], [a.id for a in areas], need_id=False)
        if not examples:
            raise ClassifierError(f"{on}: no paragraphs; it needs one JSON object with text and areas on each line")
        run = on_examples(tagger, examples)
    else:
        if not labels and not in_checkout():
            raise ClassifierError("evaluate: not in a checkout of this project; give --labels")
        training = api.training_set(labels or [LABELS])
        areas = training.labelled.taxonomy.areas
        chosen = load_settings(settings) if settings else None
        run = api.cross_validate(training, cv or 2, chosen, terms=terms, jobs=jobs, progress=say)
    say(f"{len(run.truth)} paragraphs of {run.reports} reports")
    print_figures(run, areas, str(lang), sys.stdout)
