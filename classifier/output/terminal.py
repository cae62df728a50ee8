"""Tables for people: coloured in a terminal, plain and 80 cells wide everywhere else."""

from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from classifier.paths import STEERING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PLAIN_WIDTH = 80
CONTROLS = dict.fromkeys(STEERING, " ")  # what could steer a terminal


def width(stream: TextIO) -> int:
    """Return how many cells a line has."""
    return get_terminal_size().columns if stream.isatty() else PLAIN_WIDTH


def show_lines(stream: TextIO, lines: Iterable[tuple[str, str]]) -> None:
    """Print lines, each with its style; without styles and spaces at the ends of lines into a pipe or file."""
    if not stream.isatty():
        stream.write("".join(f"{line.rstrip()}\n" for line, _ in lines))
        return
    from rich.text import Text

    target = console(stream)
    for line, style in lines:
        target.print(Text(line, style), no_wrap=True, overflow="ignore", crop=False)


def console(stream: TextIO) -> "Console":
    """Return a console that writes Chinese and English as they are, with nothing marked up or highlighted."""
    from rich.console import Console

    return Console(file=stream, width=width(stream), highlight=False, markup=False, emoji=False)


def plain_table(title: str | None = None, header: bool = True) -> "Table":
    """Return a table without lines."""
    from rich.table import Table

    return Table(
        box=None, padding=(0, 1, 0, 0), title=title, title_justify="left", title_style="bold", show_header=header
    )


def show(target: "Console", *parts: "Table | str") -> None:
    """Print tables and lines; into a pipe or file without spaces at the ends of lines."""
    with target.capture() as captured:
        for part in parts:
            target.print(part)
    text = captured.get()
    if not target.is_terminal:
        text = "".join(line.rstrip() + "\n" for line in text.splitlines())
    target.file.write(text)
