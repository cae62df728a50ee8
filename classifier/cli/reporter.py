"""Where `classify predict` writes to, and what it says on stderr meanwhile."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from classifier.cli.progress import Meter
from classifier.errors import DocumentError

if TYPE_CHECKING:
    from classifier.readers.inputs import Survey
    from classifier.storage.resumable import Checkpoint
    from classifier.tasks.predict import PredictTask

GO_ON = "; the same command with --resume goes on from there"


class Reporter:
    """Tells each bad document in one line and goes on, or stops at the first where that is asked; shows progress."""

    def __init__(self, strict: bool) -> None:
        """Begin with nothing told. `hint` says how to go on after an end."""
        self.strict = strict
        self.documents = self.faults = self.empty = self.earlier = 0
        self.hint = ""
        self.meter: Meter | None = None

    def expect(self, survey: "Survey", shown: bool) -> None:
        """Show progress from now on, if that is wanted."""
        if shown:
            self.meter = Meter("tagging", survey.size)

    def begin(self, state: "Checkpoint") -> None:
        """Go on with what an earlier run did."""
        self.documents, self.faults, self.empty, self.earlier = state.documents, state.faults, state.empty, state.faults
        if self.meter is not None:
            self.meter.begin(state.documents, state.size, state.weight)

    def fault(self, message: str) -> None:
        """Tell of a document that cannot be read; raises DocumentError where that is to end all."""
        if self.strict:
            raise DocumentError(message)
        self.faults += 1
        typer.echo(f"error: {message}", err=True)

    def note(self, message: str) -> None:
        """Tell something that is no fault."""
        typer.echo(f"note: {message}", err=True)

    def done(self, state: "Checkpoint") -> None:
        """Show how far it is."""
        self.documents, self.empty = state.documents, state.empty
        if self.meter is not None:
            self.meter.done(state.documents, state.size, state.weight)

    def end(self) -> None:
        """Show no progress any more."""
        if self.meter is not None:
            self.meter.end()

    def summary(self) -> None:
        """Count what was left out, where one line did not say so already."""
        if self.empty:
            self.note(f"{self.empty} rows have no text, and no records")
        if self.faults > 1 or self.earlier:
            before = f", {self.earlier} of them before this run" if self.earlier else ""
            total = self.documents + self.faults
            typer.echo(f"error: {self.faults} of {total} documents could not be read{before}", err=True)


def to_table(task: "PredictTask", out: Path | None, told: Reporter) -> None:
    """Write tables for people."""
    from classifier.output.predictions.table import TableWriter
    from classifier.storage.atomic import atomic_text_file
    from classifier.tasks.predict import write_tables

    with ExitStack() as stack:

        def begin() -> TableWriter:
            return TableWriter(sys.stdout if out is None else stack.enter_context(atomic_text_file(out)), task.options)

        write_tables(begin, task, told)


class _Stdout:
    """Standard output as a sink."""

    direct = True

    def __init__(self, state: "Checkpoint") -> None:
        self.state = state

    def append(self, data: bytes, state: "Checkpoint") -> None:
        if sys.stdout.isatty():  # which may have another encoding
            sys.stdout.write(data.decode())
        else:
            sys.stdout.buffer.write(data)
        sys.stdout.flush()
        self.state = state


def to_stdout(task: "PredictTask", form: str, told: Reporter) -> None:
    """Write batch by batch to standard output."""
    from classifier.storage.resumable import Checkpoint
    from classifier.tasks.predict import format_of, tag_into

    tag_into(_Stdout(Checkpoint()), task, format_of(form, task.options), told)


def to_file(task: "PredictTask", form: str, out: Path, survey: "Survey", resume: bool, told: Reporter) -> None:
    """Write batch by batch beside a file, which takes its name at the end; leave what is done after an early end."""
    from classifier.storage.resumable import ResumableOutput
    from classifier.tasks.predict import MARKED, finish, format_of, tag_into

    encoder = format_of(form, task.options)
    part = ResumableOutput(out, task.identity(form, survey), resume)
    if resume and not part.going_on:
        told.note(f"nothing is left of an earlier run to {out}; it begins anew")
    elif part.left_over and not resume:
        told.note(f"{part.path} of an earlier run is begun anew; --resume would have gone on with it")
    try:
        told.begin(part.state)
        tag_into(part, task, encoder, told, MARKED if form == "csv" else b"")
        finish(part, form)
    except BaseException:
        if part.leave():
            told.hint = GO_ON
        raise
