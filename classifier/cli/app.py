"""The command as a whole: its subcommands, and how errors are shown."""

import gettext
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, TextIO

import typer

from classifier.cli import (
    agreement,
    areas,
    compare,
    evaluate,
    explain,
    init,
    label_log,
    labels,
    models,
    predict,
    read,
    shares,
    train,
)
from classifier.cli.usage_errors import CommandGroup, Subcommand
from classifier.errors import ClassifierError
from classifier.messages import DOMAIN, LOCALE, language, message, speak, system_reason
from classifier.paths import printable

BAD_INPUT = 2
LANGUAGES = ("zh", "en")


class Commands(CommandGroup):
    """Shows errors that the user can mend in one line each, with exit code 2 and no traceback."""

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


for _module in (predict, read, explain, shares, compare, init, train, evaluate, areas, agreement):
    app.command(_module.__name__.rpartition(".")[2], cls=Subcommand)(_module.command)
for _command in (label_log.log, label_log.undo):
    labels.labels_app.command(_command.__name__, cls=Subcommand)(_command)
app.add_typer(labels.labels_app, name="labels")
app.add_typer(models.models_app, name="models")


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
