"""`classify evaluate`: the figures of a model on labelled paragraphs, or of the settings by cross-validation."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import LABELS, JobsOption, Lang, LangOption, SettingsOption
from classifier.cli.progress import say
from classifier.errors import ClassifierError

if TYPE_CHECKING:
    from classifier.model.model import Model
    from classifier.tasks.evaluate import Evaluation


def command(
    on: Annotated[
        Path | None, typer.Option(help="A .jsonl file of paragraphs with text and areas. 带标注的段落文件。")
    ] = None,
    cv: Annotated[int | None, typer.Option(min=2, help="Folds, grouped by report. 交叉验证折数，按报告分组。")] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder for --on. 模型目录。")] = None,
    compare: Annotated[
        Path | None, typer.Option(help="A model folder or settings file to compare with. 用来比较的模型或设置。")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for report.md, .json, .html and figures. 报告输出目录。")
    ] = None,
    labels: Annotated[
        list[Path] | None, typer.Option(help="Labels to learn from; repeat for several. 标注文件或目录。")
    ] = None,
    terms: Annotated[Path | None, typer.Option(help="Folder of policy terms for --cv. 词表目录。")] = None,
    settings: SettingsOption = None,
    jobs: JobsOption = -1,
    lang: LangOption = Lang.ZH,
) -> None:
    """Measure accuracy on a file (--on) or by cross-validation (--cv). 测量精度。"""
    from classifier.output.reports.figures import print_comparison, print_figures

    if (on is None) == (cv is None):
        raise ClassifierError("evaluate: give either --on FILE.jsonl or --cv K")
    learned = labels or ([LABELS] if _in_checkout() else None)
    if on is not None:
        found = _on(on, learned, (model, settings), compare, jobs)
    elif learned is None:
        raise ClassifierError("evaluate: not in a checkout of this project; give --labels")
    else:
        found = _cv(learned, cv or 2, settings, compare, terms, jobs, full=out is not None or compare is not None)
    run = found.predictions
    say(f"{len(run.truth)} paragraphs of {len(set(run.reports))} reports")
    print_figures(run, found.areas, str(lang), sys.stdout)
    if found.report:
        print_comparison(found.report, str(lang), sys.stdout)
    if out is not None:
        from classifier.output.reports.evaluation import write_evaluation

        write_evaluation(found.report, out, str(lang))
        say(f"report written to {out}")


def _in_checkout() -> bool:
    from classifier.resources import in_checkout

    return in_checkout()


def _on(
    file: Path,
    learned: list[Path] | None,
    chosen: tuple[Path | None, Path | None],
    compare: Path | None,
    jobs: int,
) -> "Evaluation":
    from classifier.labelling.examples import load_examples
    from classifier.model.bundle import load_model
    from classifier.tasks.evaluate import evaluate_on
    from classifier.training.training_set import as_training_set

    folder, settings = chosen
    tagger = _model(settings, learned, jobs) if settings else load_model(folder)
    other = _model(compare, learned, jobs) if compare else None
    examples = load_examples([file], [a.id for a in tagger.areas], need_id=False)
    if not examples:
        raise ClassifierError(f"{file}: no paragraphs; it needs one JSON object with text and areas on each line")
    if other is not None and [a.id for a in other.areas] != [a.id for a in tagger.areas]:
        raise ClassifierError(f"{compare}: has other areas than the model; compare models of the same areas")
    training = as_training_set(learned) if learned else None
    same = training is not None and training.labelled.taxonomy.ids == tuple(a.id for a in tagger.areas)
    about = {"file": file.name, "model": tagger.data_hash[:12], "settings": tagger.settings.as_dict()}
    return evaluate_on(examples, tagger, about, training if same else None, other, progress=say)


def _model(place: Path, learned: list[Path] | None, jobs: int) -> "Model":
    """Return the model of a folder, or one that settings train on the labels."""
    from classifier.model.bundle import load_model
    from classifier.settings import load_settings
    from classifier.tasks.train import train

    if place.suffix != ".toml":
        return load_model(place)
    if learned is None:
        raise ClassifierError(f"{place}: settings need labels to train on; give --labels")
    return train(learned, load_settings(place), jobs=jobs, progress=say)


def _cv(
    learned: list[Path],
    folds: int,
    settings: Path | None,
    compare: Path | None,
    terms: Path | None,
    jobs: int,
    full: bool,
) -> "Evaluation":
    from classifier.settings import Settings, load_settings
    from classifier.tasks.evaluate import evaluate_cv
    from classifier.training.training_set import as_training_set

    if compare is not None and compare.suffix != ".toml":
        raise ClassifierError(f"{compare}: with --cv, settings are compared; give a .toml file")
    training = as_training_set(learned)
    chosen = load_settings(settings) if settings else Settings()
    about = {"labels": training.digest()[:12], "folds": folds, "settings": chosen.as_dict()}
    return evaluate_cv(
        training,
        folds,
        chosen,
        about,
        other=load_settings(compare) if compare else None,
        terms=terms,
        readings=learned[0] / "readings",
        full=full,
        jobs=jobs,
        progress=say,
    )
