"""What a worker process of the pool does. Imports little, so that its switches are set before numpy is loaded."""

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from classifier.engines.own_process import tune_process

if TYPE_CHECKING:
    from classifier.model.model import Model
    from classifier.output.predictions.output_format import OutputFormat


class PartRead(NamedTuple):
    """A part of the PDF file at a place: its pages, pickled, or None where they cannot be read."""

    place: str
    part: int
    pages: bytes | None


def work(
    connection: Connection,
    model: "Model | Path",
    inherited: Sequence[Connection],
    output_format: "OutputFormat",
    strict: bool,
) -> None:
    """Get the model ready, send None, and do what comes until the pipe ends, as it does with the parent process.

    That is a batch to tag, with the pages of its PDF files that were read already, or a part of a PDF file to read.

    model: itself, or the folder to load it from. inherited: the other ends of this pipe and of earlier ones, which
    would keep them open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the parent does about it
    gc.freeze()  # so that no collection writes to memory that is shared with the parent
    tune_process()
    for other in inherited:
        other.close()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, ConnectionError):
        try:
            _tag_batches(connection, model, output_format, strict)
        except (EOFError, ConnectionError):
            raise
        except Exception as error:
            error.add_note("".join(traceback.format_exception(error)))
            connection.send(error)


def _tag_batches(connection: Connection, model: "Model | Path", output_format: "OutputFormat", strict: bool) -> None:
    from classifier.engines.tagging import tag_batch
    from classifier.model.bundle import load_model
    from classifier.readers.pages_at_hand import pages_offered
    from classifier.readers.pdf_parts import PdfPart, read_part

    if isinstance(model, Path):
        model = load_model(model)
        model.warm_up()
    connection.send(None)
    while True:
        task = connection.recv()
        if isinstance(task, PdfPart):
            connection.send(PartRead(task.raw.place, task.part, read_part(task)))
            continue
        batch, pages = task
        with pages_offered(pages):
            outcome = tag_batch(model, batch, output_format, strict)
        connection.send(outcome)


def _end_with_parent() -> None:
    """End at once when the parent process is gone, and not only after the batch that is being tagged."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
