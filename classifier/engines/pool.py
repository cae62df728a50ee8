"""Batches tagged by several processes; few of them are in memory at a time, whatever the input.

Each process has a pipe of its own: where one is ended from outside, even while it sends, its pipe ends too. The queues
that executors share among their processes block for ever then.
"""

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from classifier.engines.batches import Batch
from classifier.engines.tagging import BatchOutcome, TaggedBatch
from classifier.engines.worker import PartRead, work
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.model import Model
from classifier.output.predictions.output_format import OutputFormat
from classifier.readers.pages_at_hand import PagesAtHand
from classifier.readers.pdf_parts import PdfPart
from classifier.readers.raw import is_large_pdf

AHEAD = 3  # batches that are being tagged or wait for their turn, for each process
JOIN_SECONDS = 5.0
GETTING_READY = -1  # in place of the number of a batch


def tag_in_pool(
    batches: Iterable[Batch], model: Model, folder: Path, output_format: OutputFormat, jobs: int, strict: bool = False
) -> Generator[TaggedBatch]:
    """Yield the outcomes of batches, in order. Raises ClassifierError where a process was ended from outside.

    model: for forked processes, which share its memory. folder: where other processes load it from.
    """
    pool = _Pool(jobs, model, folder, output_format, strict)
    try:
        yield from pool.tag(batches)
        pool.dismiss()
    except (EOFError, ConnectionError) as error:
        what = message("a worker process was ended from outside, perhaps for want of memory; try fewer --jobs")
        raise ClassifierError(what) from error
    finally:
        pool.end()


class _Task(NamedTuple):
    """What a process is to do for a batch: tag it, or read a part of a large PDF file in it before."""

    number: int
    work: tuple[Batch, PagesAtHand] | PdfPart


@dataclass(slots=True)
class _Gathered:
    """A batch whose large PDF files are being read in parts."""

    batch: Batch
    missing: int
    pages: dict[str, list[bytes | None]]


class _Pool:
    """Processes, each with the number of the batch that it works for, and outcomes that wait for their turn."""

    def __init__(self, jobs: int, model: Model, folder: Path, output_format: OutputFormat, strict: bool) -> None:
        self.processes: list[BaseProcess] = []
        self.busy: dict[Connection, int] = {}
        self.idle: list[Connection] = []
        self.waiting: dict[int, BatchOutcome] = {}
        self.gathered: dict[int, _Gathered] = {}
        self.tasks: deque[_Task] = deque()
        self.most, self.jobs = AHEAD * jobs, jobs
        fork = _can_fork()
        if fork:
            model.warm_up()
            fork = _can_fork()  # again: loading the tokenizer or scipy may have started threads
        context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        with _interrupts_held():
            for _ in range(jobs):
                here, there = context.Pipe()
                model_and_pipes = (model, [*self.busy, here]) if fork else (folder, [])
                process = context.Process(
                    target=work, args=(there, *model_and_pipes, output_format, strict), daemon=True
                )
                process.start()
                there.close()  # so that the pipe ends with the process
                self.processes.append(process)
                self.busy[here] = GETTING_READY

    def tag(self, batches: Iterable[Batch]) -> Iterator[TaggedBatch]:
        remaining = enumerate(batches)
        sent: dict[int, Batch] = {}  # without their raw documents
        turn = 0
        following = next(remaining, None)
        while following or sent:
            while self.idle and (self.tasks or (following and len(sent) < self.most)):
                if not self.tasks and following:
                    number, batch = following
                    self.tasks.extend(self._tasks(number, batch))
                    sent[number] = batch._replace(raw_documents=())
                    following = next(remaining, None)
                self._send(self.tasks.popleft())
            while turn in self.waiting:
                batch = sent.pop(turn)
                yield TaggedBatch(self.waiting.pop(turn), batch.after, batch.weight)
                turn += 1
            if sent or following:
                self._receive(block=not (self.idle and (self.tasks or (following and len(sent) < self.most))))

    def _tasks(self, number: int, batch: Batch) -> Iterator[_Task]:
        """Yield what is to be done for a batch first: tag it, or read its large PDF files, a part in each process."""
        large = [raw for raw in batch.raw_documents if is_large_pdf(raw)] if self.jobs > 1 else []
        if not large:
            yield _Task(number, (batch, {}))
            return
        pages: dict[str, list[bytes | None]] = {raw.place: [None] * self.jobs for raw in large}
        self.gathered[number] = _Gathered(batch, len(large) * self.jobs, pages)
        yield from (_Task(number, PdfPart(raw, part, self.jobs)) for raw in large for part in range(self.jobs))

    def _gather(self, number: int, read: PartRead) -> None:
        """Keep a part; the batch is tagged when all are there. A file with a part that cannot be read is read anew."""
        found = self.gathered[number]
        found.pages[read.place][read.part] = read.pages
        found.missing -= 1
        if not found.missing:
            del self.gathered[number]
            whole = {place: [p for p in parts if p is not None] for place, parts in found.pages.items() if all(parts)}
            self.tasks.appendleft(_Task(number, (found.batch, whole)))

    def _send(self, task: _Task) -> None:
        connection = self.idle.pop()
        self.busy[connection] = task.number
        connection.send(task.work)

    def _receive(self, block: bool) -> None:
        for connection in wait(list(self.busy), None if block else 0):
            assert isinstance(connection, Connection)
            outcome = connection.recv()
            number = self.busy.pop(connection)
            self.idle.append(connection)
            if isinstance(outcome, Exception):
                raise outcome
            if isinstance(outcome, PartRead):
                self._gather(number, outcome)
            elif outcome is not None:  # None: the worker has its model and is ready
                self.waiting[number] = outcome

    def dismiss(self) -> None:
        """Close the pipes, at which the processes end by themselves."""
        for connection in [*self.busy, *self.idle]:
            connection.close()
        for process in self.processes:
            process.join(JOIN_SECONDS)

    def end(self) -> None:
        """End the processes, also while they are tagging."""
        for process in self.processes:
            process.terminate()
        for connection in [*self.busy, *self.idle]:
            connection.close()
        for process in self.processes:
            process.join()


def _can_fork() -> bool:
    """Whether this process may be forked, which is quick and shares memory: only where it has no other threads."""
    tasks = Path("/proc/self/task")
    return sys.platform == "linux" and tasks.is_dir() and len(list(tasks.iterdir())) == 1


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while processes start, which might get it before they can ignore it; they inherit this.

    Only the signal mask of the calling thread is changed.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
