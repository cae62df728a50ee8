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
    from classifier.output.reports.agreement import print_agreement, print_disagreements
    from classifier.tasks.agreement import compare_readings

    found = compare_readings(first, second)
    print_agreement(found.agreement, {a.id: a.name(lang) for a in found.areas}, str(lang), sys.stdout)
    if found.left_out:
        say(f"{found.left_out} units stand in one of the two only and were left out")
    if found.unknown:
        say(f"areas that the shipped taxonomy has not: {', '.join(found.unknown)}")
    print_disagreements(found.disagreements, str(lang), sys.stdout)
