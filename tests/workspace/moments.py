"""Moments at which a command is ended: before or after its Nth system call that changes something, told by strace."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ALL = os.environ.get("KILLS") == "all"  # each moment, and not only some: takes many minutes
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # which not every system has
SIGNALS = (KILL, signal.SIGTERM, signal.SIGINT)
MARK = "CLASSIFY_TEST_MARK"  # a variable by which the processes of a command are known
CHANGES = "write,fsync,fdatasync,mkdir,rmdir,rename,unlink,unlinkat,chmod,truncate,ftruncate,flock"
TOLD = ("saved the labels", "is trained", "is used from now on")  # what is acknowledged, on stderr


class Call(NamedTuple):
    """The nth system call of a name in a process; SIGKILL comes just before it, other signals just after it."""

    name: str
    nth: int


def name_of(part: object) -> str:
    """Return how a part of a moment stands in the name of a test."""
    match part:
        case signal.Signals():
            return part.name
        case Call():
            return f"{part.name}-{part.nth}"
    return str(part).replace(" ", "-")


@cache
def may_trace() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def need_trace() -> None:
    """Skip the test without strace."""
    if not may_trace():
        pytest.skip("needs strace, and the right to trace processes")


def strace(log: Path, call: Call | None = None, how: signal.Signals = KILL) -> list[str]:
    """Return the beginning of a command line that writes system calls to a log, and sends a signal at one of them."""
    traced = ["strace", "-y", "-s", "200", "-o", str(log), "-e", f"trace={CHANGES}"]  # 200: so that TOLD is in it
    return traced if call is None else [*traced, "-e", f"inject={call.name}:signal={how.name}:when={call.nth}"]


def strace_server(log: Path, call: Call, how: signal.Signals, *files: Path) -> list[str]:
    """Return the same for a process with threads, which stays itself; calls on some files alone count."""
    return [*strace(log, call, how), "-D", "-f", *(word for file in files for word in ("-P", str(file)))]


def changes(log: Path, folder: Path) -> list[Call]:
    """Return those calls of a log that change something in a folder, or acknowledge it.

    Of writes that follow each other there are two, between which a file is written in part.
    """
    marks = (str(folder), *TOLD)
    found = [call for call, line in _calls(log) if any(mark in line for mark in marks) and " = -1 " not in line]
    before = [None, None, *found]
    return [
        call for call, *two in zip(found, before, before[1:], strict=False) if not all(map(_is_write, (call, *two)))
    ]


def _is_write(call: Call | None) -> bool:
    return call is not None and call.name == "write"


def _calls(log: Path) -> Iterator[tuple[Call, str]]:
    """Yield the system calls of a log, each with its line."""
    counts: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := re.match(r"(\w+)\(", line):
            counts[found[1]] += 1
            yield Call(found[1], counts[found[1]]), line


def left_running(folder: Path) -> list[str]:
    """Return the processes whose mark is a folder and that do not end within seconds."""
    end = time.monotonic() + 5
    while (found := list(_marked(folder))) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def _marked(folder: Path) -> Iterator[str]:
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={folder}".encode() in place.read_bytes().split(b"\0"):
                yield place.parent.name
        except OSError:  # it has ended
            continue
