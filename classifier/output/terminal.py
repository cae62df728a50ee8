"""Tables for people: coloured in a terminal, plain and 80 cells wide everywhere else."""

from typing import TextIO

from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 80


def console(stream: TextIO) -> Console:
    """Return a console that writes Chinese and English as they are, with nothing marked up or highlighted."""
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def plain_table(title: str | None = None, header: bool = True) -> Table:
    """Return a table without lines."""
    return Table(
        box=None, padding=(0, 1, 0, 0), title=title, title_justify="left", title_style="bold", show_header=header
    )


def show(target: Console, *parts: Table | str) -> None:
    """Print tables and lines; into a pipe or file without spaces at the ends of lines."""
    with target.capture() as captured:
        for part in parts:
            target.print(part)
    text = captured.get()
    if not target.is_terminal:
        text = "".join(line.rstrip() + "\n" for line in text.splitlines())
    target.file.write(text)
