"""`classify train`: labels in, a model folder out."""

from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.progress import say
from classifier.errors import ClassifierError

LABELS, MODEL = Path("labels"), Path("models/default")


def command(
    labels: Annotated[
        list[Path] | None,
        typer.Option(help="A .jsonl file or a labels folder; repeat for several. 标注文件或目录，可重复。"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The model folder to write. 模型目录。")] = None,
    terms: Annotated[
        Path | None, typer.Option(help="Folder of policy terms; the shipped one if not given. 词表目录。")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes; -1 for one on each core. 进程数。")] = -1,
) -> None:
    """Train a model on labelled paragraphs. 用标注段落训练模型。"""
    from classifier.labelling.sources import load_labels
    from classifier.model import bundle
    from classifier.model.card import card
    from classifier.model.settings import Settings
    from classifier.model.training import count_labels, train
    from classifier.model.words import frequencies, read_terms, user_words
    from classifier.resources import in_checkout, terms_folder

    if (not labels or out is None) and not in_checkout():
        raise ClassifierError("train: not in a checkout of this project; give both --labels and --out")
    target = out or MODEL
    bundle.check_target(target)
    settings = Settings()
    labelled = load_labels(labels or [LABELS])
    say(f"labels: {len(labelled.examples)} paragraphs")
    words = frequencies(user_words(read_terms(terms or terms_folder()), settings.mask_numbers))
    counted = count_labels(labelled.examples, labelled.taxonomy.areas, words, settings)
    model = train(
        counted,
        labelled.taxonomy.areas,
        words,
        settings,
        data_hash=labelled.digest(),
        jobs=jobs,
        progress=say,
    )
    bundle.save(model, target, card(model, labelled.examples))
    say(f"model written to {target}")
