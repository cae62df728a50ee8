"""Output that grows beside its place until it is whole, with a checkpoint from which a later run goes on."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from classifier.errors import ClassifierError
from classifier.messages import message, system_reason
from classifier.paths import printable
from classifier.storage.atomic import atomic_file, check_replaceable, remove, replace_file, replace_folder
from classifier.storage.journal import Journal

CHECKPOINT_FORMAT = 3  # the number of the form of FILE.part.json
_PART, _RECORD, _JOURNAL = ".part", ".part.json", ".part.lines"


def beside_output(out: str) -> tuple[str, ...]:
    """Return the names of what an unfinished run keeps beside a file."""
    return f"{out}{_PART}", f"{out}{_RECORD}", f"{out}{_JOURNAL}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a run is.

    offset: valid bytes of the output. sources: how many are wholly done. raw_documents: how many of the next one are.
    documents: how many were read. size: bytes of text read. weight: bytes of the sources read.
    journal: valid bytes of the journal. started: when the first run began, as ISO 8601 writes it.
    """

    offset: int = 0
    sources: int = 0
    raw_documents: int = 0
    documents: int = 0
    size: int = 0
    weight: int = 0
    journal: int = 0
    started: str = ""


class ResumableOutput:
    """FILE.part, which takes the name FILE at the end, its checkpoint FILE.part.json and its journal FILE.part.lines.

    checkpoint: how far it is. direct: whether FILE is a device or pipe, which is written to as it is, so that nothing
    can be taken back. target: FILE, links resolved, so that a link keeps pointing where it does.
    part: FILE.part, or the device. checkpoint_file: FILE.part.json. journal: what became of each input, line by line.
    """

    def __init__(self, out: Path, identity: Mapping[str, str], resume: bool = False, is_folder: bool = False) -> None:
        """Begin FILE.part, or go on with it.

        is_folder: FILE is to become a folder; an old one is replaced only where this program made it.
        identity: what must be the same in the run that is resumed; its keys are shown to the user where they differ.
        Raises ClassifierError where FILE cannot be written, another run is writing it, or FILE.part cannot be resumed.
        """
        self.out, self.target, self.identity = out, Path(os.path.realpath(out)), dict(identity)
        self.is_folder = is_folder
        if is_folder:
            check_replaceable(self.target, out)
        elif self.target.is_dir():
            raise ClassifierError(message("{place}: is a folder; give --out a file name", place=printable(out)))
        self.direct = not is_folder and self.target.exists() and not self.target.is_file()
        if self.direct and resume:
            raise ClassifierError(message("{place}: is no file; --resume needs one", place=printable(out)))
        part, record, journal = (self.target.with_name(name) for name in beside_output(self.target.name))
        self.part, self.checkpoint_file, self.journal_file = self.target if self.direct else part, record, journal
        self.checkpoint = Checkpoint()
        self.left_over = not self.direct and self.part.exists() and self.checkpoint_file.exists()
        if not self.direct:
            self._check_own(resume)
        if resume and self.left_over:
            self.checkpoint = self._saved_checkpoint()
        self.stream = self._open()
        self.journal = self._open_journal()
        if not self.started and not self.direct:
            self._record(self.checkpoint)  # before anything else is written, so that FILE.part is known by it

    @property
    def started(self) -> bool:
        """Whether it holds a batch, of this run or of the one that is resumed."""
        return self.checkpoint.sources + self.checkpoint.raw_documents > 0

    def append(self, data: bytes, checkpoint: Checkpoint, lines: bytes = b"") -> None:
        """Add a batch, and the lines of the journal on it; `checkpoint` is what holds after it, but for the journal."""
        self._write(data)
        checkpoint = replace(checkpoint, journal=self.journal.append(lines))
        if not self.direct:
            self._record(checkpoint)
        self.checkpoint = checkpoint  # not before the record says so: an interrupt may come between any two lines

    def finish(self, convert: Callable[[Path, Path], Path] = lambda part, _: part) -> None:
        """Give the output its name and remove the checkpoint.

        convert: takes FILE.part and the name of a new file, and returns whichever of them is to become FILE.
        """
        if self.direct:
            self.stream.close()
            self.journal.close()
            return
        new = self.target.with_name(f".{self.part.name}-{os.urandom(4).hex()}")
        try:
            whole = convert(self.part, new)
            if self.is_folder:
                replace_folder(whole, self.target)
            else:
                with whole.open("rb+") as data:
                    os.fsync(data.fileno())
                self.stream.close()
                replace_file(whole, self.target)
        except OSError as error:
            raise self._unwritable(error) from error
        finally:
            remove(new)
        self.discard()

    def discard(self) -> None:
        """Remove FILE.part, its checkpoint and its journal."""
        self.stream.close()
        self.journal.discard()
        if not self.direct:
            for file in (self.part, self.checkpoint_file):
                file.unlink(missing_ok=True)

    def leave(self) -> bool:
        """End early; return whether a later run can go on with what is there."""
        if self.direct or not self.started:
            self.discard()
            return False
        self.stream.close()
        self.journal.close()
        return True

    def _unwritable(self, error: OSError) -> ClassifierError:
        why = system_reason(error)
        return ClassifierError(
            message("{place}: cannot be written ({why}); check its space", place=printable(self.out), why=why)
        )

    def _check_own(self, resume: bool) -> None:
        """Raise ClassifierError where a file that is not of this program has the name of FILE.part or its record."""
        if self.checkpoint_file.exists():
            foreign = None if _is_record(self.checkpoint_file) or (resume and self.left_over) else self.checkpoint_file
        else:
            foreign = self.part if self.part.is_file() and self.part.stat().st_size else None
        if foreign is not None:
            raise ClassifierError(
                message(
                    "{place}: exists and is of no unfinished run; move it, or give another --out",
                    place=printable(foreign),
                )
            )

    def _record(self, checkpoint: Checkpoint) -> None:
        record = {"format": CHECKPOINT_FORMAT, "identity": self.identity, "checkpoint": asdict(checkpoint)}
        with atomic_file(self.checkpoint_file) as stream:
            stream.write(json.dumps(record).encode())

    def _write(self, data: bytes) -> None:
        try:
            self.stream.write(data)
            self.stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._unwritable(error) from error

    def _open(self) -> BinaryIO:
        """Open FILE.part, locked against other runs and truncated behind its last valid byte."""
        try:
            if self.direct:
                return self.part.open("wb")
            stream = self.part.open("r+b" if self.part.exists() else "x+b")
        except OSError as error:
            why = system_reason(error)
            raise ClassifierError(
                message(
                    "{place}: cannot be written ({why}); check the folder and its space",
                    place=printable(self.out),
                    why=why,
                )
            ) from error
        if not _locked(stream):
            stream.close()
            raise ClassifierError(
                message(
                    "{place}: another run is writing it; wait for that, or give another --out",
                    place=printable(self.part),
                )
            )
        if stream.seek(0, os.SEEK_END) < self.checkpoint.offset:
            stream.close()
            raise ClassifierError(
                message(
                    "{place}: shorter than its record says; start anew without --resume", place=printable(self.part)
                )
            )
        stream.seek(self.checkpoint.offset)
        stream.truncate()
        return stream

    def _open_journal(self) -> Journal:
        path = None if self.direct else self.journal_file
        try:
            return Journal(path, self.checkpoint.journal)
        except (OSError, ValueError) as error:
            self.stream.close()
            raise ClassifierError(message("{place}: not readable; start anew without --resume", place=path)) from error

    def _saved_checkpoint(self) -> Checkpoint:
        """Return the checkpoint of FILE.part.json. Raises ClassifierError where that is of another run."""
        try:
            record = json.loads(self.checkpoint_file.read_bytes())
            form, identity, checkpoint = record["format"], record["identity"], Checkpoint(**record["checkpoint"])
            changed = [name for name, value in self.identity.items() if identity.get(name) != value]
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ClassifierError(
                message(
                    "{place}: not readable; move it away, and start anew without --resume",
                    place=printable(self.checkpoint_file),
                )
            ) from error
        if form != CHECKPOINT_FORMAT or changed:
            names = {"model": message("model"), "options": message("options"), "inputs": message("inputs")}
            what = ", ".join(names.get(name, name) for name in changed) or message("program")
            raise ClassifierError(
                message(
                    "{place}: begun with other {what}; start anew without --resume",
                    place=printable(self.part),
                    what=what,
                )
            )
        return checkpoint


def _is_record(file: Path) -> bool:
    """Return whether a file is a record of this program, of this or another version."""
    try:
        record = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and {"format", "checkpoint"} <= set(record)


def _locked(stream: BinaryIO) -> bool:
    """Lock a file as long as it is open; false where another process has locked it. Not every system has locks."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network folder without locks
        return True
    return True
