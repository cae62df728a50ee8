"""The command as a whole: its subcommands, and how errors are shown."""

import gettext
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, TextIO

import typer

from classifier.cli.usage_errors import CommandGroup, Subcommand
from classifier.errors import ClassifierError
from classifier.messages import DOMAIN, LOCALE, language, message, speak, system_reason
from classifier.paths import printable

BAD_INPUT = 2
LANGUAGES = ("zh", "en")


# The name of each command; its module in this room, as it is read when the command is wanted.
NAMES = (
    "predict",
    "read",
    "explain",
    "shares",
    "compare",
    "chart",
    "init",
    "review",
    "serve",
    "train",
    "models",
    "labels",
    "suggest",
    "audit",
    "evaluate",
    "areas",
    "agreement",
)


class CommandsByName(Mapping[str, Any]):
    """The commands, each loaded when it is first wanted, because loading is most of the time of a start."""

    def __init__(self) -> None:
        """Begin with none loaded."""
        self.loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the command of a name. Raises KeyError where there is none."""
        if name not in NAMES:
            raise KeyError(name)
        if name not in self.loaded:
            self.loaded[name] = _load(name)
        return self.loaded[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in the order of the help page."""
        return iter(NAMES)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(NAMES)


def _load(name: str) -> Any:
    """Return a command from its module, which has a function `command`, or `group`, a Typer with several."""
    module = import_module(f"classifier.cli.{name}")
    if hasattr(module, "group"):
        whole = typer.main.get_group(module.group)
        whole.name = name
        return whole
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, cls=Subcommand)(module.command)
    return typer.main.get_command(alone)


class Commands(CommandGroup):
    """Shows errors that the user can mend in one line each, with exit code 2 and no traceback."""

    def __init__(self, **options: Any) -> None:
        """Take all commands, none of them loaded yet."""
        super().__init__(**options)
        self.commands = CommandsByName()  # type: ignore[assignment]

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Choose the language of messages, before any of them can be told, and run."""
        speak(_asked_language(sys.argv[1:] if args is None else args))
        return super().main(args, *rest, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand."""
        try:
            return super().invoke(ctx)
        except ClassifierError as error:
            for line in str(error).splitlines():
                typer.echo(message("error: {what}", what=line), err=True)
            raise typer.Exit(BAD_INPUT) from error
        except BrokenPipeError:
            # The reader, such as head, has enough; what is buffered has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            place = printable(error.filename) if error.filename else message("output")
            why = system_reason(error)
            what = message("error: {place}: {why}; check the path, its permissions and space", place=place, why=why)
            typer.echo(what, err=True)
            raise typer.Exit(BAD_INPUT) from error


app = typer.Typer(
    cls=Commands,
    help="Tag the paragraphs of Chinese government reports with policy areas. 给政府报告逐段标注政策领域。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    # Which subcommands inherit; the width is counted in characters, and a Chinese one takes two cells of 80.
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 68},
)


def _print_version(asked: bool) -> None:
    if asked:
        from classifier.tasks.version import version_line

        typer.echo(version_line())
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Show the versions of program, model and data. 显示程序、模型与数据的版本。",
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command."""
    speak(_asked_language(sys.argv[1:]))
    os.environ["LANGUAGE"] = language()  # which processes that this one starts go by, and typer's words on help pages
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    if sys.stdout is None:  # closed by the caller
        sys.exit(message("error: {what}", what=message("standard output is closed; open it or use --out")))
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    app()


def _asked_language(args: Sequence[str]) -> str | None:
    """Return what `--lang` says, if it is given and known."""
    for i, arg in enumerate(args):
        name, _, value = arg.partition("=")
        if name == "--lang":
            asked = value or next(iter(args[i + 1 :]), "")
            return asked if asked in LANGUAGES else None
    return None


def _speak_utf8(stream: TextIO | None) -> None:
    """Write UTF-8 into pipes and files on every system; a terminal keeps its encoding and fails on no character."""
    reconfigure = getattr(stream, "reconfigure", None)
    if stream is None or reconfigure is None:
        return
    if stream.isatty():
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
