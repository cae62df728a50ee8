"""Errors in what was typed, and help pages, in the language of the user: typer has them in English alone."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from classifier.messages import language, message
from classifier.output.terminal import CONTROLS

BAD_USAGE = 2  # the exit code
UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # the module of typer that it stands in is private


class BadValue(typer.BadParameter):
    """A value that cannot be; its text is a message already."""


class _Help:
    """Help in the language of the user, for commands and groups of them."""

    help: str | None

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the line that says how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=message("Usage: "))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line of a list of commands."""
        if language() == "zh":
            return _one_language(self.help)
        return str(super().get_short_help_str(limit))  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """Return --help, which typer explains in English alone."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Show this message and exit. 显示本说明。"
        return option


class Subcommand(_Help, TyperCommand):
    """A command whose usage errors and help are in the language of the user."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take in what was typed, or tell what is wrong with it and exit."""
        ctx.allow_extra_args = True  # so that they are refused here
        rest = _parsed(ctx, args, super().parse_args)
        if rest:
            _refuse(ctx, message("more than this command takes: {rest}", rest=" ".join(rest)))
        return rest


class CommandGroup(_Help, TyperGroup):
    """Commands under one name whose usage errors and help are in the language of the user."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take in what was typed before the name of the subcommand, or tell what is wrong with it and exit."""
        return _parsed(ctx, args, super().parse_args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the subcommand that was named and what was typed after it, or tell that there is none and exit."""
        if (name := args[0]) not in self.commands:
            near, known = ", ".join(get_close_matches(name, self.commands)), ", ".join(self.commands)
            _refuse(
                ctx,
                message("no command {name}; did you mean {near}?", name=name, near=near)
                if near
                else message("no command {name}; there are {known}", name=name, known=known),
            )
        return super().resolve_command(ctx, args)


def _parsed(ctx: Any, args: list[str], parse: Callable[[Any, list[str]], list[str]]) -> list[str]:
    """Return what `parse` leaves of what was typed; tell a usage error and exit."""
    typed = list(args)
    try:
        return parse(ctx, args)
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # which is no error, but the help page
            raise
        _refuse(ctx, _fault(error, ctx, typed))


def _refuse(ctx: Any, fault: str) -> NoReturn:
    """Tell how the command is called and what is wrong, and exit."""
    call = f"{ctx.command_path} {ctx.help_option_names[0]}"
    for line in (ctx.get_usage(), message("Try '{call}' for help.", call=call), ""):
        typer.echo(line, err=True)
    typer.echo(message("error: {what}", what=fault.translate(CONTROLS)), err=True)
    raise typer.Exit(BAD_USAGE)


def _fault(error: Any, ctx: Any, typed: list[str]) -> str:
    """Return what is wrong and what to do, by the class of the error and what it holds."""
    if isinstance(error, typer.BadParameter):
        return _value_fault(error, ctx, typed)
    option = getattr(error, "option_name", None)
    if option is None:
        return str(error.format_message())
    if hasattr(error, "possibilities"):
        if near := ", ".join(sorted(error.possibilities or ())):
            return message("no option {option}; did you mean {near}?", option=option, near=near)
        return message("no option {option}", option=option)
    if any(option in param.opts and getattr(param, "is_flag", False) for param in ctx.command.params):
        return message("{option}: takes no value; leave it out", option=option)
    return message("{option}: needs a value after it", option=option)


def _value_fault(error: Any, ctx: Any, typed: list[str]) -> str:
    """Return what is wrong with the value of an option or argument, or that it is missing."""
    param, kind = error.param, error.param.type
    name = param.opts[0] if param.param_type_name == "option" else param.human_readable_name
    if hasattr(error, "param_type"):
        return message("{name} is missing; give it: {what}", name=name, what=_one_language(param.help).rstrip("。. "))
    told = message("{place}: {fault}", place=name, fault=error.message)
    if isinstance(error, BadValue):
        return told
    values, _, _ = ctx.command.make_parser(ctx).parse_args(typed)
    about = {"name": name, "value": values.get(param.name), "low": getattr(kind, "min", None)}
    if choices := getattr(kind, "choices", None):
        known = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
        return message("{name} {value}: unknown; give one of {known}", **about, known=known)
    if about["low"] is not None:
        return message("{name} {value}: give a whole number from {low} on", **about)
    if kind.name in ("int", "integer"):
        return message("{name} {value}: give a whole number", **about)
    return told


def _one_language(text: str | None) -> str:
    """Return the half of a help text that the user reads: it is an English sentence, and then the same in Chinese."""
    english, _, chinese = (text or "").partition(". ")
    return chinese if chinese and language() == "zh" else english
