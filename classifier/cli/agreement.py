"""`classify agreement`: how far two readings of the same paragraphs agree, and where they do not."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption
from classifier.cli.progress import say


def command(
    first: Annotated[Path, typer.Argument(help="A .jsonl file with ids and areas. 第一次标注。")],
    second: Annotated[Path, typer.Argument(help="Another reading of the same ids. 第二次标注。")],
    lang: LangOption = Lang.ZH,
) -> None:
    """Compare two readings: kappa, F1, alpha, disagreements. 比较两次标注的一致性。"""
    from classifier.labelling.agreement import disagreements, load_reading, measure_agreement
    from classifier.labelling.taxonomy import load_taxonomy
    from classifier.output.reports.agreement import print_agreement, print_disagreements
    from classifier.resources import taxonomy_file

    one, other = load_reading(first), load_reading(second)
    taxonomy = load_taxonomy(taxonomy_file())
    found = measure_agreement(one, other, taxonomy.ids)
    print_agreement(found, {a.id: a.name(lang) for a in taxonomy.areas}, str(lang), sys.stdout)
    if left := len(set(one) ^ set(other)):
        say(f"{left} units stand in one of the two only and were left out")
    if unknown := {a for areas in (*one.values(), *other.values()) for a in areas} - set(taxonomy.ids):
        say(f"areas that the shipped taxonomy has not: {', '.join(sorted(unknown))}")
    print_disagreements(disagreements(one, other), str(lang), sys.stdout)
