"""Reports in, tagged paragraphs out: what `classify predict` does, without a terminal."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from classifier.engines.batches import Position, batches
from classifier.engines.local import tag_batches
from classifier.engines.parsing import file_receipts, parse_batch
from classifier.engines.shaping import tagged_rows
from classifier.engines.tagging import TaggedBatch
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.output_format import OutputFormat
from classifier.output.receipts.file_receipt import FileReceipt, encode_receipts
from classifier.readers.inputs import Inputs, Survey
from classifier.readers.raw import TableColumns
from classifier.records import Area, Document, Prediction
from classifier.storage.atomic import atomic_file
from classifier.storage.resumable import Checkpoint, ResumableOutput
from classifier.tasks.version import model_hash

if TYPE_CHECKING:
    from classifier.output.about import About

META = ".meta.json"  # behind the name of an output that cannot say by itself which model made it


class Sink(Protocol):
    """Takes the bytes of batches. direct: writes at once to a pipe, device or terminal; nothing can be taken back."""

    checkpoint: Checkpoint
    direct: bool

    def append(self, data: bytes, checkpoint: Checkpoint, lines: bytes) -> None:
        """Add a batch; `checkpoint` is what holds after it, `lines` what became of its files, for the receipt."""


class Listener(Protocol):
    """Is told what happens; may raise to stop the work."""

    def read(self, files: Sequence[FileReceipt]) -> None:
        """Is called with what became of the files of a batch, or of one document."""

    def done(self, checkpoint: Checkpoint) -> None:
        """Is called after a batch or document, with what is done in all."""

    def lines(self, lang: str) -> Iterable[str]:
        """Return in a few lines of a language what was read, and what was not."""


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

    @property
    def model_hash(self) -> str:
        """The SHA-256 of the model's manifest, which tells it from any other."""
        return model_hash(self.folder)

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
            "model": self.model_hash,
            "options": hashlib.sha256(repr(chosen).encode()).hexdigest(),
            "inputs": survey.digest,
        }


def about_predictions(model: Model, folder: Path, areas: Sequence[Area], unit: str) -> "About":
    """Return what an output says of itself. folder: that of the model."""
    import classifier
    from classifier.output.about import About

    ids = tuple(area.id for area in areas)
    threshold = model.settings.threshold
    return About(classifier.__version__, model_hash(folder), model.data_hash, threshold, unit, ids)


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
            data = outcome.data if outcome.documents else b""
            if data and not sink.checkpoint.offset:
                data = output_format.head(in_file) + data
            checkpoint = _after(sink.checkpoint, result, len(data))
            lines = encode_receipts(outcome.files)
            listener.read(outcome.files)
            if outcome.stopped_by is not None:
                if sink.direct:
                    sink.append(data, checkpoint, lines)
                raise DocumentError(outcome.stopped_by)
            sink.append(data, checkpoint, lines)
            listener.done(sink.checkpoint)


def _after(before: Checkpoint, result: TaggedBatch, length: int) -> Checkpoint:
    """Return the checkpoint after a batch that took so many bytes of output."""
    outcome = result.outcome
    return replace(
        before,
        offset=before.offset + length,
        sources=result.after.sources,
        raw_documents=result.after.raw_documents,
        documents=before.documents + outcome.documents,
        size=before.size + outcome.size,
        weight=before.weight + result.weight,
    )


def tag_into_file(
    output: ResumableOutput,
    task: PredictTask,
    output_format: OutputFormat,
    listener: Listener,
    before_end: Callable[[], None] = lambda: None,
) -> None:
    """Tag all that comes after the checkpoint of a file, and give it its name; none is made without any document.

    before_end: is called when all is tagged, and the journal of the output is still there.
    """
    tag_into(output, task, output_format, listener, in_file=True)
    before_end()
    output_format.read = tuple(listener.lines(task.options.lang))
    if not output.checkpoint.documents:
        output.discard()
        return
    output.finish(output_format.finish_folder if output.is_folder else output_format.finish)
    about = task.options.about
    if output_format.has_meta_file and about is not None and not output.direct:
        write_about(output.out, about)


def write_about(out: Path, about: "About") -> None:
    """Write beside an output that cannot say it by itself which model made it."""
    with atomic_file(out.with_name(f"{out.name}{META}")) as stream:
        stream.write(json.dumps(about.to_dict(), ensure_ascii=False, indent=1).encode() + b"\n")


def write_tables(begin: Callable[[], DocumentWriter], task: PredictTask, listener: Listener) -> None:
    """Tag document by document in this process, and write each for people to read; `begin` is called for the first.

    Raises DocumentError at the first bad document of a strict task.
    """
    writer: DocumentWriter | None = None
    documents = size = weight = 0
    for batch in batches(task.inputs, task.columns):
        for found in parse_batch(batch):
            if task.strict and found.fault is not None:
                raise DocumentError(found.fault)
            listener.read(tuple(file_receipts([found])))
            if (document := found.document) is None:
                continue
            if document.paragraphs:
                writer = writer or begin()
                rows = tagged_rows(task.model, [document], task.options)
                writer.document(document, [prediction for _, prediction in rows])
            documents += 1
            listener.done(Checkpoint(documents=documents, size=size, weight=weight))
        size, weight = size + sum(raw.size for raw in batch.raw_documents), weight + batch.weight
    if writer is not None:
        writer.end()
