"""Lines that are only added to, so that what an unfinished run did is known to the run that goes on with it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

IN_MEMORY = 1 << 20  # bytes of a journal without a file of its own that are kept in memory


class Journal:
    """A file of lines; without a path one that is gone when it is closed, and in memory while it is small."""

    def __init__(self, path: Path | None = None, valid: int = 0) -> None:
        """Open it, truncated behind its first `valid` bytes. Raises OSError, and ValueError where it has fewer."""
        self.path = path
        self.stream: IO[bytes]
        if path is None:
            self.stream = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - open as long as the journal
        else:
            self.stream = path.open("r+b" if path.exists() else "x+b")
        size = self.stream.seek(0, 2)
        if size < valid:
            self.stream.close()
            raise ValueError(f"{size} bytes of {valid}")
        self.stream.truncate(valid)
        self.stream.seek(valid)

    def append(self, lines: bytes) -> int:
        """Add whole lines; return how many bytes are valid now."""
        self.stream.seek(0, 2)
        self.stream.write(lines)
        self.stream.flush()
        return self.stream.tell()

    def lines(self) -> Iterator[bytes]:
        """Yield all lines from the beginning; nothing may be added meanwhile."""
        self.stream.seek(0)
        yield from self.stream

    def close(self) -> None:
        """Close the file, and leave it where it is."""
        self.stream.close()

    def discard(self) -> None:
        """Close the file and remove it."""
        self.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)
