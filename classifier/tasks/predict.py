"""Reports in, tagged paragraphs out: the bulk path behind `classify predict`."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from classifier.engines.batches import Position, batches
from classifier.engines.local import tag_batches
from classifier.engines.tagging import Encoder, TaggedBatch, parse_batch
from classifier.errors import ClassifierError, DocumentError
from classifier.model.model import Model
from classifier.output.options import OutputOptions, Writer
from classifier.readers.inputs import Inputs, Survey
from classifier.readers.raw import TableColumns
from classifier.records import Prediction
from classifier.storage import artifact
from classifier.storage.resumable import Checkpoint, ResumableOutput

MARKED = b"\xef\xbb\xbf"  # spreadsheet programs take a CSV file for UTF-8 only if it begins with it


class OutputFormat(Encoder, Protocol):
    """An encoder that may also write something before the first row."""

    def head(self) -> bytes:
        """Return what stands before the first row."""


class Sink(Protocol):
    """Takes the bytes of batches. What goes into a direct one cannot be taken back."""

    state: Checkpoint
    direct: bool

    def append(self, data: bytes, state: Checkpoint) -> None:
        """Add a batch; `state` is what holds after it."""


class Listener(Protocol):
    """Hears how the work goes on; may raise to stop it."""

    def fault(self, message: str) -> None:
        """Hear of a document that cannot be read."""

    def note(self, message: str) -> None:
        """Hear of a document that was mended."""

    def done(self, state: Checkpoint) -> None:
        """Hear of a batch or document that is done, with what is done in all."""


@dataclass(frozen=True)
class PredictTask:
    """What is to be tagged, and how. `folder` is that of the model, for other processes."""

    inputs: Inputs
    model: Model
    folder: Path
    options: OutputOptions
    columns: TableColumns
    jobs: int | None = None
    strict: bool = False

    def identity(self, form: str, survey: Survey) -> dict[str, str]:
        """Return what must be alike in two runs, so that one may go on with what the other left."""
        options = (form, [a.id for a in self.options.areas], self.options.lang, self.options.all_scores, self.columns)
        return {
            "model": hashlib.sha256((self.folder / artifact.MANIFEST).read_bytes()).hexdigest(),
            "options": hashlib.sha256(repr(options).encode()).hexdigest(),
            "inputs": survey.digest,
        }


def format_of(name: str, view: OutputOptions) -> OutputFormat:
    """Return the format jsonl, csv or parquet. Raises ClassifierError where its library is not installed."""
    if name == "jsonl":
        from classifier.output.predictions.jsonl import JsonlEncoder

        return JsonlEncoder(view)
    if name == "csv":
        from classifier.output.predictions.csv import CsvEncoder

        return CsvEncoder(view)
    if find_spec("pyarrow") is None:
        raise ClassifierError("--format parquet: needs pyarrow; pip install 'policy-area-classifier[parquet]'")
    return _Parquet(view)


@dataclass(frozen=True)
class _Parquet:
    """The Parquet encoder, loaded by the process that encodes: pyarrow starts a thread, which would forbid to fork."""

    view: OutputOptions

    def head(self) -> bytes:
        """Nothing stands before the first stream."""
        return b""

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return an Arrow stream with one row for each paragraph."""
        from classifier.output.predictions.parquet import ParquetEncoder

        return ParquetEncoder(self.view).encode(rows)


def tag_into(sink: Sink, task: PredictTask, form: OutputFormat, listener: Listener, mark: bytes = b"") -> None:
    """Tag all that comes after the state of a sink, and add it. `mark` stands before everything else.

    Raises DocumentError at the first bad document of a strict task.
    """
    todo = batches(task.inputs, task.columns, Position(sink.state.sources, sink.state.raw_documents))
    with closing(tag_batches(todo, task.model, task.folder, form, task.jobs, task.strict)) as results:
        for result in results:
            for note in result.outcome.notes:
                listener.note(note)
            data = result.outcome.data if result.outcome.documents else b""
            if data and not sink.state.offset:
                data = mark + form.head() + data
            state = _after(sink.state, result, len(data))
            if task.strict and result.outcome.faults:
                if sink.direct:
                    sink.append(data, state)
                raise DocumentError(result.outcome.faults[0])
            for fault in result.outcome.faults:
                listener.fault(fault)
            sink.append(data, state)
            listener.done(state)


def _after(state: Checkpoint, result: TaggedBatch, length: int) -> Checkpoint:
    found = result.outcome
    return Checkpoint(
        offset=state.offset + length,
        sources=result.after.sources,
        raw_documents=result.after.documents,
        documents=state.documents + found.documents,
        faults=state.faults + len(found.faults),
        empty=state.empty + found.empty,
        size=state.size + found.size,
        weight=state.weight + result.weight,
    )


def finish(part: ResumableOutput, form: str) -> None:
    """Give a part its name; where there was no document that could be read, remove it."""
    if not part.state.documents:
        part.discard()
    elif form == "parquet":
        from classifier.output.predictions.parquet import join_streams

        part.finish(join_streams)
    else:
        part.finish()


def write_tables(begin: Callable[[], Writer], task: PredictTask, listener: Listener) -> None:
    """Tag document by document in this process, and write each for people to read; `begin` is called for the first."""
    writer: Writer | None = None
    documents = empty = size = weight = 0
    for batch in batches(task.inputs, task.columns):
        for document in parse_batch(batch, listener.fault):
            for note in document.notes:
                listener.note(note)
            if document.paragraphs:
                writer = writer or begin()
                writer.document(document, task.model.predict(document))
            documents, empty = documents + 1, empty + (not document.paragraphs)
            listener.done(Checkpoint(documents=documents, empty=empty, size=size, weight=weight))
        size, weight = size + sum(piece.size for piece in batch.documents), weight + batch.weight
    if writer is not None:
        writer.end()
