"""Run commands and measure wall seconds, CPU seconds and the largest memory.

Imports little: Linux never gives a child's largest memory as less than what its parent held when the child began.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
CORPUS = SHARED / "corpus"
CLASSIFY = [sys.executable, "-m", "classifier"]
MB = 1_000_000
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock, seconds of all processors, and the MiB of its largest process."""

    wall: float
    cpu: float
    peak: float

    def rate(self, size: int) -> float:
        """Return MB a second."""
        return size / MB / self.wall


def run(command: Sequence[str]) -> Cost:
    """Run a command in the project's folder and measure it. Ends the program in one line where it fails."""
    with tempfile.TemporaryFile() as told:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=PROJECT, env=environment(), stdout=subprocess.DEVNULL, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            last = told.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
            sys.exit(f"{' '.join(command[:5])} … failed: {last}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / MIB)


def output(command: Sequence[str]) -> str:
    """Return what a command prints. Ends the program in one line where it fails."""
    done = subprocess.run(command, cwd=PROJECT, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:5])} … failed: {done.stderr.strip().rpartition(chr(10))[2]}")
    return done.stdout


def environment() -> dict[str, str]:
    """Return the environment in which commands import the package from this checkout.

    Bytecode is kept, as an installed program has it.
    """
    path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": path}


def alternate(commands: Mapping[str, Sequence[str]], times: int) -> dict[str, Cost]:
    """Run commands in turn, `times` times each, so that other work slows all alike; return the best costs."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            costs[name].append(run(command))
    return {name: best(found) for name, found in costs.items()}


def best(costs: Sequence[Cost]) -> Cost:
    """Return the least of each figure, as noise only adds."""
    return Cost(min(c.wall for c in costs), min(c.cpu for c in costs), min(c.peak for c in costs))


def cores() -> int:
    """Return how many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
