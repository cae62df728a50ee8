"""Reports in, tagged paragraphs out: what `classify predict` does, without a terminal."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from classifier.engines.batches import Position, batches
from classifier.engines.local import tag_batches
from classifier.engines.tagging import TaggedBatch, parse_batch
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.output_format import OutputFormat
from classifier.readers.inputs import Inputs, Survey
from classifier.readers.raw import TableColumns
from classifier.records import Document, Prediction
from classifier.storage import artifact
from classifier.storage.resumable import Checkpoint, ResumableOutput


class Sink(Protocol):
    """Takes the bytes of batches. direct: writes at once to a pipe, device or terminal; nothing can be taken back."""

    checkpoint: Checkpoint
    direct: bool

    def append(self, data: bytes, checkpoint: Checkpoint) -> None:
        """Add a batch; `checkpoint` is what holds after it."""


class Listener(Protocol):
    """Is told what happens; may raise to stop the work."""

    def fault(self, message: str) -> None:
        """Is called for a document that cannot be read."""

    def note(self, message: str) -> None:
        """Is called for a document that was mended."""

    def done(self, checkpoint: Checkpoint) -> None:
        """Is called after a batch or document, with what is done in all."""


class DocumentWriter(Protocol):
    """Writes tagged documents for people to read."""

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write one document."""

    def end(self) -> None:
        """Write what comes after the last document."""


@dataclass(frozen=True)
class PredictTask:
    """What is to be tagged, and how.

    folder: that of the model, from which other processes load it. jobs: how many processes; None for as many as are of
    use. strict: the first document that cannot be read raises DocumentError; what is before it is still written into a
    pipe, device or terminal, and a file is not made.
    """

    inputs: Inputs
    model: Model
    folder: Path
    options: OutputOptions
    columns: TableColumns
    jobs: int | None = None
    strict: bool = False

    def identity(self, format_name: str, survey: Survey) -> dict[str, str]:
        """Return what must be the same in two runs, so that one may go on with what the other left."""
        from classifier.readers.ocr import ocr_wanted

        options = self.options
        chosen = (
            format_name,
            [a.id for a in options.areas],
            options.lang,
            options.all_scores,
            self.columns,
            ocr_wanted(),
        )
        return {
            "model": hashlib.sha256((self.folder / artifact.MANIFEST).read_bytes()).hexdigest(),
            "options": hashlib.sha256(repr(chosen).encode()).hexdigest(),
            "inputs": survey.digest,
        }


def tag_into(
    sink: Sink, task: PredictTask, output_format: OutputFormat, listener: Listener, in_file: bool = False
) -> None:
    """Tag all that comes after the checkpoint of a sink, and add it; `in_file`: whether the sink is a file.

    Raises DocumentError at the first bad document of a strict task.
    """
    start = Position(sink.checkpoint.sources, sink.checkpoint.raw_documents)
    todo = batches(task.inputs, task.columns, start)
    with closing(tag_batches(todo, task.model, task.folder, output_format, task.jobs, task.strict)) as results:
        for result in results:
            outcome = result.outcome
            for note in outcome.notes:
                listener.note(note)
            data = outcome.data if outcome.documents else b""
            if data and not sink.checkpoint.offset:
                data = output_format.head(in_file) + data
            checkpoint = _after(sink.checkpoint, result, len(data))
            if outcome.stopped_by is not None:
                if sink.direct:
                    sink.append(data, checkpoint)
                raise DocumentError(outcome.stopped_by)
            for fault in outcome.faults:
                listener.fault(fault)
            sink.append(data, checkpoint)
            listener.done(checkpoint)


def _after(before: Checkpoint, result: TaggedBatch, length: int) -> Checkpoint:
    """Return the checkpoint after a batch that took so many bytes of output."""
    outcome = result.outcome
    return Checkpoint(
        offset=before.offset + length,
        sources=result.after.sources,
        raw_documents=result.after.raw_documents,
        documents=before.documents + outcome.documents,
        faults=before.faults + len(outcome.faults),
        empty=before.empty + outcome.empty,
        size=before.size + outcome.size,
        weight=before.weight + result.weight,
    )


def tag_into_file(output: ResumableOutput, task: PredictTask, output_format: OutputFormat, listener: Listener) -> None:
    """Tag all that comes after the checkpoint of a file, and give it its name; none is made without any document."""
    tag_into(output, task, output_format, listener, in_file=True)
    if output.checkpoint.documents:
        output.finish(output_format.finish)
    else:
        output.discard()


def write_tables(begin: Callable[[], DocumentWriter], task: PredictTask, listener: Listener) -> None:
    """Tag document by document in this process, and write each for people to read; `begin` is called for the first.

    Raises DocumentError at the first bad document of a strict task.
    """
    writer: DocumentWriter | None = None
    documents = empty = size = weight = 0
    for batch in batches(task.inputs, task.columns):
        for document in parse_batch(batch, listener.fault, task.strict):
            for note in document.notes:
                listener.note(note)
            if document.paragraphs:
                writer = writer or begin()
                writer.document(document, task.model.predict(document))
            documents, empty = documents + 1, empty + (not document.paragraphs)
            listener.done(Checkpoint(documents=documents, empty=empty, size=size, weight=weight))
        size, weight = size + sum(raw.size for raw in batch.raw_documents), weight + batch.weight
    if writer is not None:
        writer.end()
