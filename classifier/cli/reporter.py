"""What `classify predict` tells on stderr, and where it writes to."""

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.cli.progress import Meter, say
from classifier.errors import ClassifierError
from classifier.messages import counted_message, message, spoken
from classifier.output.receipts.file_receipt import FileReceipt, decode_receipt, encode_receipts
from classifier.output.receipts.receipt import Receipt
from classifier.output.terminal import CONTROLS

if TYPE_CHECKING:
    from classifier.output.predictions.output_format import OutputFormat
    from classifier.readers.inputs import Survey
    from classifier.storage.journal import Journal
    from classifier.storage.resumable import Checkpoint, ResumableOutput
    from classifier.tasks.predict import PredictTask


PAGE_ENDINGS = (".html", ".htm")  # of an output that is one page; without one it is a folder of pages


class Reporter:
    """Tells each document that cannot be read in one line, shows progress, and adds up the receipt."""

    def __init__(self, written: Path | None = None) -> None:
        """Begin with nothing counted. written: where the receipt is written to, if it is."""
        self.receipt, self.written = Receipt(), written
        self.journal: Journal | None = None  # of the output, or for want of one our own, where a receipt is written
        self.own_journal: Journal | None = None
        self.documents = self.earlier = 0
        self.can_resume = False
        self.started = now()
        self.meter: Meter | None = None

    def expect(self, survey: "Survey", shown: bool) -> None:
        """Show progress from now on, if that is wanted."""
        if shown:
            self.meter = Meter(survey.size)

    def go_on(self, output: "ResumableOutput") -> None:
        """Count what an earlier run to the output did, and keep the journal there."""
        checkpoint = output.checkpoint
        if checkpoint.started:
            self.started = checkpoint.started
        output.checkpoint = replace(checkpoint, started=self.started)
        try:
            for line in output.journal.lines():
                self.receipt.add(decode_receipt(line))
        except (ValueError, TypeError, KeyError) as error:
            what = message("{place}: not readable; start anew without --resume", place=output.journal.path)
            raise ClassifierError(what) from error
        self.documents, self.earlier = checkpoint.documents, self.receipt.unread
        if self.meter is not None:
            self.meter.begin(checkpoint.documents, checkpoint.size, checkpoint.weight)
        self.journal = output.journal

    def read(self, files: Sequence[FileReceipt]) -> None:
        """Add what became of files, and tell what a user must know of each."""
        if self.written is not None and self.journal is None:
            from classifier.storage.journal import Journal

            self.journal = self.own_journal = Journal()
        if self.own_journal is not None:
            self.own_journal.append(encode_receipts(files))
        for file in files:
            self.receipt.add(file)
            for note in file.notes:
                self.note(note)
            for fault in file.faults:
                tell(message("error: {what}", what=fault))

    def note(self, what: str) -> None:
        """Tell something that is no fault."""
        tell(message("note: {what}", what=what))

    def done(self, checkpoint: "Checkpoint") -> None:
        """Show how far it is."""
        self.documents = checkpoint.documents
        if self.meter is not None:
            self.meter.done(checkpoint.documents, checkpoint.size, checkpoint.weight)

    def progress(self, documents: int, size: int, weight: int) -> None:
        """Show how far work without a checkpoint is: documents, bytes of text, and bytes of sources."""
        if self.meter is not None:
            self.meter.done(documents, size, weight)

    def end(self) -> None:
        """Show no progress any more, and keep no journal."""
        if self.meter is not None:
            self.meter.end()
        if self.own_journal is not None:
            self.own_journal.close()

    def interrupted(self) -> None:
        """Tell that the user ended it, and how far it was."""
        done = self.documents
        if self.can_resume:
            tell(
                counted_message(
                    "interrupted: {n} document is done; the same command with --resume goes on from there",
                    "interrupted: {n} documents are done; the same command with --resume goes on from there",
                    done,
                )
            )
        else:
            tell(counted_message("interrupted: {n} document is done", "interrupted: {n} documents are done", done))

    def summary(self) -> None:
        """Tell in a few lines what was read, and what was not."""
        if not self.receipt.is_eventful:
            return
        from classifier.output.receipts.summary import summary_lines

        for line in summary_lines(self.receipt, self.earlier):
            tell(line)

    def lines(self, lang: str) -> list[str]:
        """Return in a few lines what was read, and what was not, as an output in a language says it of itself."""
        from classifier.output.receipts.summary import summary_lines

        with spoken(lang):
            return list(summary_lines(self.receipt, 0))

    def write(self, model_hash: str) -> None:
        """Write the receipt, if that was asked for. model_hash: which tells the model from any other."""
        if self.written is None:
            return
        import classifier
        from classifier.output.receipts.receipt import write_receipt
        from classifier.storage.atomic import atomic_file

        head = {"version": classifier.__version__, "model": model_hash, "started": self.started, "ended": now()}
        files = map(decode_receipt, self.journal.lines() if self.journal is not None else ())
        with atomic_file(self.written) as stream:
            write_receipt(stream, head, self.receipt, files)


def tell(line: str) -> None:
    """Write one line to stderr, above the bar of progress where one is shown."""
    say(line.translate(CONTROLS))  # and not by typer, which writes past the bar, into its line


def now() -> str:
    """Return the time as ISO 8601 writes it, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def to_table(task: "PredictTask", out: Path | None, reporter: Reporter) -> None:
    """Write tables for people."""
    from classifier.output.predictions.table import TableWriter
    from classifier.storage.atomic import atomic_text_file
    from classifier.tasks.predict import write_tables

    with ExitStack() as stack:

        def begin() -> TableWriter:
            return TableWriter(sys.stdout if out is None else stack.enter_context(atomic_text_file(out)), task.options)

        write_tables(begin, task, reporter)
    reporter.write(task.model_hash)


class _Stdout:
    """Standard output as a sink."""

    direct = True

    def __init__(self, checkpoint: "Checkpoint") -> None:
        self.checkpoint = checkpoint

    def append(self, data: bytes, checkpoint: "Checkpoint", _: bytes) -> None:
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
    reporter.write(task.model_hash)


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

    folder = output_format.into_folder and (out.is_dir() or out.suffix.lower() not in PAGE_ENDINGS)
    output = ResumableOutput(out, identity, resume, folder)
    if resume and not output.started:
        reporter.note(message("nothing is left of an earlier run to {place}; it begins anew", place=out))
    elif output.left_over and not resume:
        reporter.note(
            message("{place} of an earlier run is begun anew; --resume would have gone on with it", place=output.part)
        )
    try:
        reporter.go_on(output)
        tag_into_file(output, task, output_format, reporter, lambda: reporter.write(task.model_hash))
    except BaseException:
        reporter.can_resume = output.leave()
        raise
