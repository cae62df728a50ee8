"""Runs the command, and ends the process by a signal just before its Nth change of a folder: for test_killed.py.

python -m tests.workspace.killed N SIGNAL FOLDER WORD…
"""

import os
import sys
from pathlib import Path
from typing import Any

CHANGES = {
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.chmod",
    "shutil.rmtree",
    "shutil.copyfile",
}
_count = 0


def _changed(at: int, number: int) -> None:
    global _count  # noqa: PLW0603 - a hook can keep nothing else
    _count += 1
    if _count == at:
        os.kill(os.getpid(), number)


def main() -> None:
    at, number, folder = int(sys.argv[1]), int(sys.argv[2]), str(Path(sys.argv[3]).resolve())

    def hook(event: str, args: tuple[Any, ...]) -> None:
        written = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if (event in CHANGES or written) and folder in str(args[0]):
            _changed(at, number)

    fsync = os.fsync

    def counted(fd: Any) -> None:
        _changed(at, number)
        fsync(fd)
        _changed(at, number)

    os.fsync = counted
    sys.addaudithook(hook)
    sys.argv[1:] = sys.argv[4:]
    os.chdir(folder)
    from classifier.cli import main as command

    command()


if __name__ == "__main__":
    main()
