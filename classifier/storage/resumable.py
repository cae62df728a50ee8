"""Output that grows beside its place until it is whole, and a record of how far it is, to go on after an end."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from classifier.errors import ClassifierError
from classifier.storage.atomic import file_mode

CHECKPOINT_FORMAT = 1  # of the record


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a run is: valid bytes of the part, sources and pieces done, and what was counted until there."""

    offset: int = 0
    sources: int = 0
    raw_documents: int = 0
    documents: int = 0
    faults: int = 0
    empty: int = 0
    size: int = 0
    weight: int = 0


class ResumableOutput:
    """FILE.part, which takes the name FILE at the end, and FILE.part.json, which says how much of it is valid.

    A link as FILE keeps pointing where it does, and a device or pipe is written to as it is.
    """

    def __init__(self, out: Path, run: Mapping[str, str], resume: bool = False) -> None:
        """Begin a part, or go on with one of the same run.

        run: what must be alike to go on, in words of the user. Raises ClassifierError where FILE cannot be
        written, another run writes it, or the part is of another run.
        """
        self.out, self.place, self.run = out, Path(os.path.realpath(out)), dict(run)
        if self.place.is_dir():
            raise ClassifierError(f"{out}: is a folder; give --out a file name")
        self.direct = self.place.exists() and not self.place.is_file()
        if self.direct and resume:
            raise ClassifierError(f"{out}: is no file; --resume needs one")
        self.path = self.place if self.direct else self.place.with_name(f"{self.place.name}.part")
        self.record = self.place.with_name(f"{self.place.name}.part.json")
        self.new = self.record.with_name(f"{self.record.name}.new")
        self.state = Checkpoint()
        self.left_over = not self.direct and self.path.exists() and self.record.exists()
        if resume and self.left_over:
            self.state = self._recorded()
        self.stream = self._opened()
        if not self.going_on and not self.direct:
            self.record.unlink(missing_ok=True)

    @property
    def going_on(self) -> bool:
        """Whether batches of an earlier run are in the part."""
        return self.state.sources + self.state.raw_documents > 0

    def append(self, data: bytes, state: Checkpoint) -> None:
        """Add a batch; `state` is what holds after it."""
        self._write(data)
        if not self.direct:
            self.new.write_text(
                json.dumps({"form": CHECKPOINT_FORMAT, "run": self.run, "state": asdict(state)}), encoding="utf-8"
            )
            self.new.replace(self.record)
        self.state = state  # not before the record says so: an interrupt may come between any two lines

    def finish(self, convert: Callable[[Path, Path], None] | None = None) -> None:
        """Give the part its name, or what `convert` makes of it, and remove the record."""
        if self.direct:
            self.stream.close()
            return
        whole = self.path
        try:
            if convert is not None:
                whole = self.place.with_name(f"{self.path.name}.whole")
                convert(self.path, whole)
            with whole.open("rb+") as data:
                os.fsync(data.fileno())
            self.stream.close()
            whole.chmod(file_mode(self.place))
            whole.replace(self.place)
        except OSError as error:
            raise ClassifierError(f"{self.out}: cannot be written ({error.strerror}); check its space") from error
        finally:
            if convert is not None:
                whole.unlink(missing_ok=True)
        self.discard()

    def discard(self) -> None:
        """Remove the part and its record."""
        self.stream.close()
        if not self.direct:
            for file in (self.path, self.record, self.new):
                file.unlink(missing_ok=True)

    def leave(self) -> bool:
        """End early; whether a later run can go on with what is there."""
        if self.direct or not self.going_on:
            self.discard()
            return False
        self.stream.close()
        self.new.unlink(missing_ok=True)
        return True

    def _write(self, data: bytes) -> None:
        try:
            self.stream.write(data)
            self.stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise ClassifierError(f"{self.out}: cannot be written ({error.strerror}); check its space") from error

    def _opened(self) -> BinaryIO:
        """Open the part, locked against other runs and cut behind its last valid byte."""
        try:
            if self.direct:
                return self.path.open("wb")
            stream = self.path.open("r+b" if self.path.exists() else "x+b")
        except OSError as error:
            raise ClassifierError(
                f"{self.out}: cannot be written ({error.strerror}); check the folder and its space"
            ) from error
        if not _locked(stream):
            stream.close()
            raise ClassifierError(f"{self.path}: another run is writing it; wait for that, or give another --out")
        if stream.seek(0, os.SEEK_END) < self.state.offset:
            stream.close()
            raise ClassifierError(f"{self.path}: shorter than its record says; start anew without --resume")
        stream.seek(self.state.offset)
        stream.truncate()
        return stream

    def _recorded(self) -> Checkpoint:
        """Return the state of a part. Raises ClassifierError where it is of another run."""
        try:
            record = json.loads(self.record.read_bytes())
            form, run, state = record["form"], dict(record["run"]), Checkpoint(**record["state"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ClassifierError(f"{self.record}: not readable; start anew without --resume") from error
        changed = [name for name in self.run if run.get(name) != self.run[name]]
        if form != CHECKPOINT_FORMAT or changed:
            what = ", ".join(changed) or "program"
            raise ClassifierError(f"{self.path}: begun with other {what}; start anew without --resume")
        return state


def _locked(stream: BinaryIO) -> bool:
    """Lock a file as long as it is open; where the system has no such locks, do as if."""
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
