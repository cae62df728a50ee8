"""Batches tagged by several processes; few of them are in memory at a time, whatever the input.

Each process has a pipe of its own: where one is ended from outside, even while it sends, its pipe ends too. The queues
that executors share among their processes block for ever then.
"""

import multiprocessing
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from classifier.engines.batches import Batch
from classifier.engines.tagging import BatchOutcome, TaggedBatch
from classifier.engines.worker import work
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.model import Model
from classifier.output.predictions.output_format import OutputFormat

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
        raise ClassifierError(message("a worker process was ended from outside, perhaps for want of memory")) from error
    finally:
        pool.end()


class _Pool:
    """Processes, each with the number of the batch that it has, and outcomes that wait for their turn."""

    def __init__(self, jobs: int, model: Model, folder: Path, output_format: OutputFormat, strict: bool) -> None:
        self.processes: list[BaseProcess] = []
        self.busy: dict[Connection, int] = {}
        self.idle: list[Connection] = []
        self.waiting: dict[int, BatchOutcome] = {}
        self.most = AHEAD * jobs
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
            while following and self.idle and len(sent) < self.most:
                number, batch = following
                connection = self.idle.pop()
                self.busy[connection] = number
                connection.send(batch)
                sent[number] = batch._replace(raw_documents=())
                following = next(remaining, None)
            while turn in self.waiting:
                batch = sent.pop(turn)
                yield TaggedBatch(self.waiting.pop(turn), batch.after, batch.weight)
                turn += 1
            if sent or following:
                self._receive(block=not (following and self.idle and len(sent) < self.most))

    def _receive(self, block: bool) -> None:
        for connection in wait(list(self.busy), None if block else 0):
            assert isinstance(connection, Connection)
            outcome = connection.recv()
            number = self.busy.pop(connection)
            self.idle.append(connection)
            if isinstance(outcome, Exception):
                raise outcome
            if outcome is not None:  # None: the worker has its model and is ready
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
