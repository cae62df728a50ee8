"""All sources that the user named, listed anew each time so that they are never held in memory together."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import DocumentError
from classifier.paths import path_text
from classifier.readers.raw import Source
from classifier.readers.sources import STDIN, listed
from classifier.storage.resumable import beside_output


@dataclass(frozen=True, slots=True)
class Survey:
    """A summary of all sources: how many, their bytes, and how many have a fault.

    digest: SHA-256 of names, sizes and times of change, which tells whether the inputs are still the same.
    """

    count: int
    size: int
    digest: str
    faults: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """The sources of files and folders, each file once; where there are several, names begin with the folder's.

    output: the real path of the file that is written, if any; it is no source, nor is what is kept beside it.
    """

    paths: Sequence[str]
    output: str | None = None

    def __iter__(self) -> Iterator[Source]:
        """Yield the sources; a path that cannot be listed is a source with a fault.

        What is passed over comes last, so that a hidden file that a system adds moves no other from its position.
        """
        seen, real_path = set[int](), _RealPaths()
        passed_over: list[Source] = []
        for path in self.paths:
            try:
                for source in listed(path, full_names=len(self.paths) > 1):
                    place = real_path(source.path) if source.path else f"\0{source.name}"
                    if not self.is_output(place) and hash(place) not in seen:  # hashes alone, as there may be millions
                        seen.add(hash(place))
                        if source.passed_over is None:
                            yield source
                        else:
                            passed_over.append(source)
            except DocumentError as error:
                yield Source(None, path_text(path), str(error))
        yield from passed_over

    def is_output(self, place: str) -> bool:
        """Whether a real path is the output or one of the files beside it that an unfinished run leaves."""
        return self.output is not None and place in (self.output, *beside_output(self.output))

    @property
    def from_stdin(self) -> bool:
        """Whether standard input is among the sources."""
        return STDIN in self.paths

    def survey(self) -> Survey:
        """Summarize all sources without opening them."""
        digest = hashlib.sha256()
        count = size = faults = 0
        for source in self:
            if source.passed_over is not None:
                continue
            count, size, faults = count + 1, size + source.size, faults + (source.fault is not None)
            digest.update(f"{source.name}\0{source.size}\0{source.modified}\n".encode())
        return Survey(count, size, digest.hexdigest(), faults)


class _RealPaths:
    """Finds the real path of a file; files come folder by folder, and the last folder is remembered."""

    def __init__(self) -> None:
        self.folder, self.real = "", ""

    def __call__(self, path: Path) -> str:
        if path.is_symlink():
            return os.path.realpath(path)
        folder = str(path.parent)
        if folder != self.folder or not self.real:
            self.folder, self.real = folder, os.path.realpath(folder)
        return f"{self.real.rstrip(os.sep)}{os.sep}{path.name}"
