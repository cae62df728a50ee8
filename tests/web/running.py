"""`classify review` and `classify serve` as processes of their own."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_SECONDS = 60.0


class Running:
    """A command that serves, under another that becomes it; its lines on stderr are read as they come."""

    def __init__(self, command: str, *args: object, cwd: Path, under: Sequence[str] = (), **environment: str) -> None:
        self.process = subprocess.Popen(
            [*under, sys.executable, "-m", "classifier", command, *map(str, args)],
            cwd=cwd,
            env=os.environ | environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        assert self.process.stderr is not None
        threading.Thread(target=self._read, args=(self.process.stderr,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self._queue.put(line)
        self._queue.put(None)

    def address(self) -> str:
        """The next address that it prints."""
        while (line := self._queue.get(timeout=_SECONDS)) is not None:
            self.lines.append(line)
            if found := re.search(r"http://\S+", line):
                return found[0]
        raise AssertionError(f"ended: {self.lines}")

    def rest(self) -> list[str]:
        """The lines that it printed since, once it has ended."""
        found = []
        while (line := self._queue.get(timeout=_SECONDS)) is not None:
            found.append(line)
        self.lines += found
        return found

    def end(self, how: signal.Signals) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=_SECONDS)


@contextmanager
def running(command: str, *args: object, cwd: Path, under: Sequence[str] = (), **environment: str) -> Iterator[Running]:
    """Run a command, and kill it at the end if it has not ended."""
    made = Running(command, *args, cwd=cwd, under=under, PYTHONPATH=str(Path(__file__).parents[2]), **environment)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.wait(timeout=_SECONDS)
