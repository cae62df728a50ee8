"""Progress of long work, on stderr only: a bar in a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
SECONDS = 10.0  # between two lines where stderr is no terminal


def track(items: Sequence[T], what: str) -> Iterator[T]:
    """Yield items and show how many of them are done."""
    if len(items) < 2:
        yield from items
    elif sys.stderr.isatty():
        yield from _bar(items, what)
    else:
        yield from _lines(items, what)


def say(line: str) -> None:
    """Write one line of progress."""
    print(line, file=sys.stderr, flush=True)


def _bar(items: Sequence[T], what: str) -> Iterable[T]:
    from rich.console import Console
    from rich.progress import track as rich_track

    return rich_track(items, description=what, console=Console(stderr=True), transient=True)


def _lines(items: Sequence[T], what: str) -> Iterator[T]:
    start = last = time.monotonic()
    for done, item in enumerate(items):
        now = time.monotonic()
        if now - last >= SECONDS:
            left = (now - start) / done * (len(items) - done) if done else 0
            say(f"{what}: {done} of {len(items)}, about {left:.0f} s left")
            last = now
        yield item
