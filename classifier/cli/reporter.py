"""What `classify predict` tells on stderr, and where it writes to."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from classifier.cli.progress import Meter

if TYPE_CHECKING:
    from classifier.output.predictions.output_format import OutputFormat
    from classifier.readers.inputs import Survey
    from classifier.storage.resumable import Checkpoint
    from classifier.tasks.predict import PredictTask

GO_ON = "; the same command with --resume goes on from there"


class Reporter:
    """Tells each document that cannot be read in one line, and shows progress."""

    def __init__(self) -> None:
        """Begin with nothing counted. `hint` says how to go on after an early end."""
        self.documents = self.faults = self.empty = self.earlier = 0
        self.hint = ""
        self.meter: Meter | None = None

    def expect(self, survey: "Survey", shown: bool) -> None:
        """Show progress from now on, if that is wanted."""
        if shown:
            self.meter = Meter("tagging", survey.size)

    def begin(self, checkpoint: "Checkpoint") -> None:
        """Count what an earlier run did."""
        self.documents, self.faults, self.empty = checkpoint.documents, checkpoint.faults, checkpoint.empty
        self.earlier = checkpoint.faults
        if self.meter is not None:
            self.meter.begin(checkpoint.documents, checkpoint.size, checkpoint.weight)

    def fault(self, message: str) -> None:
        """Tell of a document that cannot be read."""
        self.faults += 1
        typer.echo(f"error: {message}", err=True)

    def note(self, message: str) -> None:
        """Tell something that is no fault."""
        typer.echo(f"note: {message}", err=True)

    def done(self, checkpoint: "Checkpoint") -> None:
        """Show how far it is."""
        self.documents, self.empty = checkpoint.documents, checkpoint.empty
        if self.meter is not None:
            self.meter.done(checkpoint.documents, checkpoint.size, checkpoint.weight)

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


def to_table(task: "PredictTask", out: Path | None, reporter: Reporter) -> None:
    """Write tables for people."""
    from classifier.output.predictions.table import TableWriter
    from classifier.storage.atomic import atomic_text_file
    from classifier.tasks.predict import write_tables

    with ExitStack() as stack:

        def begin() -> TableWriter:
            return TableWriter(sys.stdout if out is None else stack.enter_context(atomic_text_file(out)), task.options)

        write_tables(begin, task, reporter)


class _Stdout:
    """Standard output as a sink."""

    direct = True

    def __init__(self, checkpoint: "Checkpoint") -> None:
        self.checkpoint = checkpoint

    def append(self, data: bytes, checkpoint: "Checkpoint") -> None:
        if sys.stdout.isatty():  # which may have another encoding
            sys.stdout.write(data.decode())
        else:
            sys.stdout.buffer.write(data)
        sys.stdout.flush()
        self.checkpoint = checkpoint


def to_stdout(task: "PredictTask", output_format: "OutputFormat", reporter: Reporter) -> None:
    """Write batch by batch to standard output."""
    from classifier.storage.resumable import Checkpoint
    from classifier.tasks.predict import tag_into

    tag_into(_Stdout(Checkpoint()), task, output_format, reporter)


def to_file(
    task: "PredictTask",
    output_format: "OutputFormat",
    out: Path,
    identity: dict[str, str],
    resume: bool,
    reporter: Reporter,
) -> None:
    """Write batch by batch beside a file, which takes its name at the end; leave what is done after an early end.

    identity: what must be the same in the run that is resumed.
    """
    from classifier.storage.resumable import ResumableOutput
    from classifier.tasks.predict import tag_into_file

    output = ResumableOutput(out, identity, resume)
    if resume and not output.started:
        reporter.note(f"nothing is left of an earlier run to {out}; it begins anew")
    elif output.left_over and not resume:
        reporter.note(f"{output.path} of an earlier run is begun anew; --resume would have gone on with it")
    try:
        reporter.begin(output.checkpoint)
        tag_into_file(output, task, output_format, reporter)
    except BaseException:
        if output.leave():
            reporter.hint = GO_ON
        raise
