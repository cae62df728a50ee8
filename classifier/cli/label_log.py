"""`classify labels log` and `classify labels undo`: what was saved in a workspace, and taking it back."""

import sys
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.options import Lang, LangOption
from classifier.cli.progress import say
from classifier.messages import counted_message, enumerated

if TYPE_CHECKING:
    from classifier.output.language import LabelLogWords
    from classifier.workspace.label_log import LogEntry

_SHOWN = 24  # characters of a text


def log(
    last: Annotated[int, typer.Option("--last", min=1, help="How many entries to show. 显示最后多少条。")] = 20,
    lang: LangOption = Lang.ZH,
) -> None:
    """Show the labels saved last: when, by whom, from where. 列出最近保存的标注。"""
    from classifier.output.language import LabelLogWords
    from classifier.output.terminal import console, plain_table, show
    from classifier.workspace.areas import workspace_taxonomy
    from classifier.workspace.label_log import read_log
    from classifier.workspace.place import need_workspace

    workspace = need_workspace()
    entries = read_log(workspace)
    words = LabelLogWords(lang)
    names = {a.id: a.name(str(lang)) for a in workspace_taxonomy(workspace).areas}
    table = plain_table()
    table.add_column(words.number, justify="right", no_wrap=True)
    table.add_column(words.time, no_wrap=True)
    table.add_column(words.by, overflow="fold")
    table.add_column(words.source, overflow="fold")
    table.add_column(words.what, overflow="fold")
    for entry in entries[-last:]:
        when = entry.time[:16].replace("T", " ")
        table.add_row(str(entry.number), when, entry.by, entry.source, _what(entry, names, words))
    show(console(sys.stdout), table)


def undo(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="Numbers of 'labels log'; else what was saved last. 记录编号。")
    ] = None,
) -> None:
    """Undo the labels saved last, or some by number; undoing an undo saves again. 撤销标注。"""
    from classifier.workspace.label_log import undo_entries
    from classifier.workspace.place import need_workspace

    entry = undo_entries(need_workspace(), numbers or ())
    say(
        counted_message(
            "entry {which} undone; that is entry {new}, and 'classify labels undo {new}' brings it back",
            "{n} entries undone ({which}); that is entry {new}, and 'classify labels undo {new}' brings them back",
            len(entry.undoes),
            which=enumerated(_runs(entry.undoes)),
            new=entry.number,
        )
    )


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers in order, those that follow one another as `first-last`."""
    found = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        same = [number for _, number in run]
        found.append(f"{same[0]}-{same[-1]}" if len(same) > 1 else str(same[0]))
    return found


def _what(entry: "LogEntry", names: dict[str, str], words: "LabelLogWords") -> str:
    """Return what an entry says, in short."""
    if entry.label is None:
        return f"{words.undo} {', '.join(str(n) for n in entry.undoes)}"
    areas = sorted(frozenset[str]().union(*(v.areas for v in entry.label.verdicts)))
    text = entry.label.text if len(entry.label.text) <= _SHOWN else entry.label.text[: _SHOWN - 1] + "…"
    return f"{words.between.join(names.get(a, a) for a in areas) or words.none}: {text}"
