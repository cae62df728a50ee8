"""`classify train`: labels in, a model folder out."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import LABELS, JobsOption, Lang, LangOption, SettingsOption
from classifier.cli.progress import say
from classifier.errors import ClassifierError
from classifier.messages import message

if TYPE_CHECKING:
    from classifier.evaluation.version_comparison import VersionComparison

MODEL = Path("models/default")


class UseChoice(StrEnum):
    """Whether a version that was just trained is used from now on."""

    UNLESS_WORSE = "unless-worse"
    ALWAYS = "always"
    NEVER = "never"


def command(
    labels: Annotated[
        list[Path] | None,
        typer.Option(
            help="A .jsonl file, a labels folder or an extract; repeat for several. 标注文件、文件夹或摘录，可重复。"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The model folder to write. 模型文件夹。")] = None,
    terms: Annotated[
        Path | None, typer.Option(help="Folder of policy terms; the shipped one if not given. 词表文件夹。")
    ] = None,
    settings: SettingsOption = None,
    only_mine: Annotated[
        bool, typer.Option("--only-mine", help="In a workspace: on its labels alone. 只用工作区自己的标注。")
    ] = False,
    use: Annotated[
        UseChoice, typer.Option("--use", help="In a workspace: whether to use the new version. 是否启用新版本。")
    ] = UseChoice.UNLESS_WORSE,
    html: Annotated[
        Path | None, typer.Option("--html", help="In a workspace: a page that compares old and new. 新旧比较网页。")
    ] = None,
    lang: LangOption = Lang.ZH,
    jobs: JobsOption = -1,
) -> None:
    """Train a model on labelled paragraphs; in a workspace, on the shipped ones and yours. 用标注段落训练模型。"""
    from classifier.resources import in_checkout, workspace_folder
    from classifier.settings import load_settings
    from classifier.tasks.train import train_into

    if not labels and out is None and workspace_folder() is not None:
        if terms or settings:
            raise ClassifierError(
                message(
                    "train: --terms and --settings are for --labels; in a workspace, classify.toml has the settings"
                )
            )
        _train_version(only_mine, use, html, str(lang), jobs)
        return
    if only_mine or html or use is not UseChoice.UNLESS_WORSE:
        raise ClassifierError(
            message("train: --only-mine, --use and --html are for a workspace, without --labels and --out")
        )
    if bool(labels) != (out is not None) and not in_checkout():
        raise ClassifierError(message("train: give both --labels and --out"))
    if (not labels or out is None) and not in_checkout():
        raise ClassifierError(
            message("train: not in a workspace or a checkout of this project; give both --labels and --out")
        )
    chosen = load_settings(settings) if settings else None
    train_into(labels or [LABELS], out or MODEL, chosen, terms=terms, jobs=jobs, progress=say)
    say(message("model written to {place}", place=out or MODEL))


def _train_version(only_mine: bool, use: "UseChoice", html: Path | None, lang: str, jobs: int) -> None:
    """Add a version to the workspace, compare it with the one that is used, and use it where that is wanted."""
    from classifier.tasks.compare_versions import compare_versions
    from classifier.tasks.retrain import is_measured, measure, retrain
    from classifier.workspace.place import need_workspace
    from classifier.workspace.versions import SHIPPED, use_version, used_versions
    from classifier.workspace.versions import version as version_of

    workspace = need_workspace()
    before = used_versions(workspace)[-1]
    if not is_measured(version_of(workspace, before)):
        say(
            message(
                "version {name} was ended before it was measured; comparing with {other}", name=before, other=SHIPPED
            )
        )
        before = SHIPPED
    added = retrain(workspace, only_mine=only_mine, jobs=jobs, progress=say)
    name = added.version.name
    say(
        message(
            "version {name} is trained, {n} of its paragraphs are yours; comparing it with {before}",
            name=name,
            n=added.paragraphs,
            before=before,
        )
    )
    for area, n in added.few:
        say(message("{area}: {n} of your paragraphs have it; about 20 make its figures mean something", area=area, n=n))
    for area in added.trial:
        say(
            message(
                "{area}: not tagged yet; 'classify areas check {area} REPORTS' draws some to check first",
                area=area,
            )
        )
    measure(workspace, added, jobs=jobs, progress=say)
    found = compare_versions(workspace, before, name)
    show_comparison(found, html, lang)
    if use is UseChoice.NEVER or (use is UseChoice.UNLESS_WORSE and found.worse):
        worse = message("version {name} is worse, and {before} stays in use", name=name, before=before)
        kept = message("{before} stays in use; 'classify models use {name}' changes that", name=name, before=before)
        say(worse if found.worse else kept)
    else:
        use_version(workspace, name)
        say(message("version {name} is used from now on; 'classify models rollback' takes that back", name=name))


def show_comparison(found: "VersionComparison", html: Path | None, lang: str) -> None:
    """Print a comparison of versions, and write its page where one is wanted."""
    from classifier.output.version_comparison import print_versions, versions_page
    from classifier.storage.atomic import atomic_text_file
    from classifier.workspace.areas import workspace_taxonomy
    from classifier.workspace.place import need_workspace

    areas = workspace_taxonomy(need_workspace()).areas
    print_versions(found, areas, lang, sys.stdout)
    if html is not None:
        with atomic_text_file(html) as stream:
            stream.write(versions_page(found, areas, lang))
        say(message("page written to {place}", place=html))
