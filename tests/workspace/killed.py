"""Runs the command on small shipped labels, and may end the process by a signal just before its Nth change of a folder.

python -m tests.workspace.killed N SIGNAL FOLDER LABELS WORD…, with 0 for N: to the end. For test_killed.py.
"""

import os
import signal
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


def _end_at(at: int, number: int, folder: str) -> None:
    """Send a signal just before the change `at` of a folder, where flushing a file has a before and an after."""

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


def main() -> None:
    at, number, folder, labels = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # ignored where the tests run in the background of a script
    from classifier import resources

    resources.labels_folder = lambda: labels  # before anything else imports them from there
    resources.taxonomy_file = lambda: labels / "taxonomy.toml"
    if at:
        _end_at(at, number, folder)
    sys.argv[1:] = sys.argv[5:]
    from classifier.cli import main as command

    command()


if __name__ == "__main__":
    main()
