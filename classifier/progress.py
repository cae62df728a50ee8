"""How long work tells how far it is: a function that takes a line."""

from collections.abc import Callable

Progress = Callable[[str], None]


def quiet(_: str) -> None:
    """Report no progress."""
