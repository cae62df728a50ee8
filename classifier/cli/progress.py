"""Progress of long work, on stderr only: a bar in a terminal, a line now and then elsewhere."""

import sys
import time
from typing import TYPE_CHECKING

from classifier.messages import message

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS = 10.0  # between two lines, where stderr is no terminal
BAR_AFTER_SECONDS = 1.0  # before a bar is shown at all
MB = 1e6


def say(line: str) -> None:
    """Write one line to stderr."""
    print(line, file=sys.stderr, flush=True)


class Meter:
    """Documents and megabytes of text a second, and the time left where the bytes of all sources are known."""

    def __init__(self, total: int) -> None:
        """Measure from now on; `total` is the bytes of all sources, 0 where that is not known."""
        self.total = total
        self.start = self.last = time.monotonic()
        self.before: tuple[int, int, int] = (0, 0, 0)
        self.bar: Progress | None = None

    def begin(self, documents: int, size: int, weight: int) -> None:
        """Leave out of the rate what an earlier run did."""
        self.before = (documents, size, weight)

    def done(self, documents: int, size: int, weight: int) -> None:
        """Show what is done in all, if the last time is long enough ago.

        documents: how many. size: bytes of text. weight: bytes of the sources.
        """
        now = time.monotonic()
        if sys.stderr.isatty():
            if self.bar is None and now - self.start >= BAR_AFTER_SECONDS:
                self.bar = self._bar()
            if self.bar is not None:
                speed = message(
                    "{documents} documents and {mb} MB of text a second", **self._rates(documents, size, now)
                )
                self.bar.update(self.bar.task_ids[0], completed=weight, rate=speed)
        elif now - self.last >= SECONDS:
            self.last = now
            say(self._line(documents, size, weight, now))

    def end(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()

    def _line(self, documents: int, size: int, weight: int, now: float) -> str:
        rates = self._rates(documents, size, now)
        done = weight - self.before[2]
        if not self.total or done <= 0:
            return message(
                "tagging: {n} documents; {documents} documents and {mb} MB of text a second",
                n=documents,
                **rates,
            )
        return message(
            "tagging: {n} documents; {documents} documents and {mb} MB of text a second, about {seconds:.0f} s left",
            n=documents,
            seconds=max(0.0, (now - self.start) / done * (self.total - weight)),
            **rates,
        )

    def _rates(self, documents: int, size: int, now: float) -> dict[str, str]:
        """Return documents and megabytes a second, without what an earlier run did."""
        seconds = max(now - self.start, 1e-9)
        return {
            "documents": _short((documents - self.before[0]) / seconds),
            "mb": f"{(size - self.before[1]) / MB / seconds:.1f}",
        }

    def _bar(self) -> "Progress":
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = ("{task.description}", BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.add_task(message("tagging"), total=self.total or None, completed=self.before[2], rate="")
        bar.start()
        return bar


def _short(number: float) -> str:
    """Return a number with three figures or no decimals.

    >>> _short(0.4541), _short(12.0), _short(1234.5)
    ('0.454', '12', '1234')
    """
    return f"{number:.3g}" if number < 1000 else f"{number:.0f}"
