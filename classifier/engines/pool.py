"""Batches tagged by several processes, with few of them under way at a time, so that memory stays flat.

Each process has a pipe of its own: where one ends from outside, even while it sends, its pipe ends too. The queues that
executors share among their processes block for ever then.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from classifier.engines import blas_threads
from classifier.engines.batches import Batch
from classifier.engines.tagging import BatchOutcome, Encoder, TaggedBatch, tag_batch
from classifier.errors import ClassifierError
from classifier.model.model import Model

AHEAD = 3  # batches under way or waiting for their turn, for each process
JOIN_SECONDS = 5.0  # seconds
GONE = "a worker process was ended from outside, perhaps for want of memory"


def tag_in_pool(
    batches: Iterable[Batch], model: Model, folder: Path, encoder: Encoder, jobs: int, strict: bool = False
) -> Generator[TaggedBatch]:
    """Yield the outcomes of batches, in order. Raises ClassifierError where a process was ended from outside.

    model: what processes have at once if they are forked. folder: where they load it from if not.
    """
    pool = _Pool(jobs, model, folder, encoder, strict)
    try:
        yield from pool.tag(batches)
        pool.dismiss()
    except (EOFError, ConnectionError) as error:
        raise ClassifierError(GONE) from error
    finally:
        pool.end()


class _Pool:
    """Processes, each with the number of the batch that it has, and outcomes that wait for their turn."""

    def __init__(self, jobs: int, model: Model, folder: Path, encoder: Encoder, strict: bool) -> None:
        self.processes: list[BaseProcess] = []
        self.busy: dict[Connection, int] = {}
        self.idle: list[Connection] = []
        self.waiting: dict[int, BatchOutcome] = {}
        self.most = AHEAD * jobs
        fork = _can_fork()
        if fork:
            model.warm_up()
            fork = _can_fork()  # unless what that loaded has started threads
        context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        with _for_processes():
            gc.freeze()  # so that no collection in a forked process writes to the memory that is shared
            for _ in range(jobs):
                here, there = context.Pipe()
                inherited = (model, [*self.busy, here]) if fork else (folder, [])
                process = context.Process(target=_work, args=(there, *inherited, encoder, strict), daemon=True)
                process.start()
                there.close()  # so that the pipe ends with the process
                self.processes.append(process)
                self.busy[here] = -1  # until it has its model
            gc.unfreeze()

    def tag(self, batches: Iterable[Batch]) -> Iterator[TaggedBatch]:
        remaining = enumerate(batches)
        sent: dict[int, Batch] = {}  # without their pieces
        turn = 0
        following = next(remaining, None)
        while following or sent:
            while following and self.idle and len(sent) < self.most:
                number, batch = following
                connection = self.idle.pop()
                self.busy[connection] = number
                connection.send(batch)
                sent[number] = batch._replace(documents=())
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
            if outcome is not None:
                self.waiting[number] = outcome

    def dismiss(self) -> None:
        """Let the processes end by themselves, which they do when their pipes end."""
        for connection in [*self.busy, *self.idle]:
            connection.close()
        for process in self.processes:
            process.join(JOIN_SECONDS)

    def end(self) -> None:
        """End the processes, in the midst of their work if they are at it."""
        for process in self.processes:
            process.terminate()
        for connection in [*self.busy, *self.idle]:
            connection.close()
        for process in self.processes:
            process.join()


def _can_fork() -> bool:
    """Whether this process may be copied, which is quick and shares its memory: only where it has no other threads."""
    tasks = Path("/proc/self/task")
    return sys.platform == "linux" and tasks.is_dir() and len(list(tasks.iterdir())) == 1


@contextmanager
def _for_processes() -> Iterator[None]:
    """Let processes that are started meanwhile sum in one thread each and never see Ctrl-C, not even at first."""
    set_here = blas_threads.limit_threads()
    held = hasattr(signal, "pthread_sigmask")
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if held else None
    try:
        yield
    finally:
        for name in set_here:
            del os.environ[name]
        if old is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _work(
    connection: Connection, model: Model | Path, inherited: Sequence[Connection], encoder: Encoder, strict: bool
) -> None:
    """Be a worker: load the model, say so, and tag batches until the pipe ends, as it does with the other process.

    inherited: the other ends of this pipe and of earlier ones, which would keep them open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the other process does about it
    for other in inherited:
        other.close()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, ConnectionError, BrokenPipeError):
        try:
            if isinstance(model, Path):
                from classifier.model.bundle import load_model

                model = load_model(model)
                model.warm_up()
            connection.send(None)
            while True:
                connection.send(tag_batch(model, connection.recv(), encoder, strict))
        except (EOFError, ConnectionError):
            raise
        except Exception as error:
            error.add_note("".join(traceback.format_exception(error)))
            connection.send(error)


def _end_with_parent() -> None:
    """End at once when the other process is gone, and not only after the batch that is under way."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
