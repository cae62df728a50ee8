"""What a format of output must have: bytes before the first row, bytes of a batch, and a last step for the file."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from classifier.output.options import OutputOptions
from classifier.records import Prediction


class OutputFormat(ABC):
    """A format that predictions are written in; it goes to other processes, which encode batches with it.

    To add a format, write a class like this one in a file of its own in this folder, and enter it in `registry.py`. Its
    module is imported before processes are forked, so a library that starts threads is imported where it is used.
    The bytes of `head` and of all batches in order, after `finish`, are a file of the format.

    needs, extra: a library that it imports, and the extra of this package that installs it.
    for_stdout: whether it may be written to standard output, which gets the bytes before `finish`.
    wants_words: whether predictions need the words of their evidence. into_folder: whether the output may be a folder,
    which `finish_folder` makes. has_meta_file: whether a file beside the output says which model made it, as the
    output cannot. read: what was read and what was not, in lines, which the last step may write.
    """

    needs: ClassVar[str | None] = None
    extra: ClassVar[str | None] = None
    for_stdout: ClassVar[bool] = True
    wants_words: ClassVar[bool] = False
    into_folder: ClassVar[bool] = False
    has_meta_file: ClassVar[bool] = False

    def __init__(self, options: OutputOptions) -> None:
        """Write what the options ask for."""
        self.options = options
        self.read: tuple[str, ...] = ()

    def head(self, in_file: bool) -> bytes:  # noqa: ARG002 - for those that need it
        """Return what stands before the first row, in a file or on standard output."""
        return b""

    @abstractmethod
    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return the bytes of a batch: predictions, each with the name of its document."""

    def finish(self, part: Path, new: Path) -> Path:  # noqa: ARG002 - for those that need it
        """Return the file with the whole output: `part`, which has all bytes so far, or `new`, made of it here."""
        return part

    def finish_folder(self, part: Path, new: Path) -> Path:
        """Return the folder `new`, made here of `part`, for a format that may be written into a folder."""
        raise NotImplementedError(f"{type(self).__name__} makes no folder of {part} in {new}")
