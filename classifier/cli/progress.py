"""Progress of long work, on stderr only: a bar in a terminal, a line now and then elsewhere."""

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

SECONDS = 10.0  # between two lines, where stderr is no terminal
BAR_AFTER_SECONDS = 1.0  # before a bar is shown at all
MB = 1e6


def say(line: str) -> None:
    """Write one line of progress."""
    print(line, file=sys.stderr, flush=True)


class Meter:
    """Documents and megabytes of text a second, and the time left where the bytes of all sources are known."""

    def __init__(self, what: str, total: int) -> None:
        """Measure from now on; `total` is 0 where it is not known."""
        self.what, self.total = what, total
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
                self.bar.update(self.bar.task_ids[0], completed=weight, rate=self._rate(documents, size, now))
        elif now - self.last >= SECONDS:
            self.last = now
            say(f"{self.what}: {documents} documents; {self._rate(documents, size, now)}{self._left(weight, now)}")

    def end(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()

    def _rate(self, documents: int, size: int, now: float) -> str:
        seconds = max(now - self.start, 1e-9)
        each = (documents - self.before[0]) / seconds
        return f"{each:.0f} documents and {(size - self.before[1]) / MB / seconds:.1f} MB of text a second"

    def _left(self, weight: int, now: float) -> str:
        done = weight - self.before[2]
        if not self.total or done <= 0:
            return ""
        return f", about {max(0.0, (now - self.start) / done * (self.total - weight)):.0f} s left"

    def _bar(self) -> "Progress":
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = ("{task.description}", BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.add_task(self.what, total=self.total or None, completed=self.before[2], rate="")
        bar.start()
        return bar
