"""`classify agreement`: how far two readings of the same paragraphs agree, and where they do not."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifier.cli.options import Lang, LangOption
from classifier.cli.progress import say
from classifier.messages import counted_message, message


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
        say(
            counted_message(
                "{n} unit stands in one of the two only and was left out",
                "{n} units stand in one of the two only and were left out",
                found.left_out,
            )
        )
    if found.unknown:
        say(message("areas that the shipped taxonomy has not: {areas}", areas=", ".join(found.unknown)))
    print_disagreements(found.disagreements, str(lang), sys.stdout)
