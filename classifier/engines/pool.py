"""Batches tagged by several processes, with few of them under way at a time, so that memory stays flat."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from classifier.engines.batches import Batch
from classifier.engines.local import Done, Encoder, Outcome, hurry, tag_batch
from classifier.errors import ClassifierError
from classifier.model.model import Model

AHEAD = 2  # batches under way for each process
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class _Worker:
    """What a process holds between batches."""

    model: Model
    encoder: Encoder
    strict: bool


def tag_in_pool(
    batches: Iterable[Batch], folder: Path, encoder: Encoder, jobs: int, strict: bool = False
) -> Iterator[Done]:
    """Yield the outcomes of batches, in order. Raises ClassifierError where a process was killed."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(folder, encoder, strict)
    )
    under_way: deque[tuple[Batch, Future[Outcome]]] = deque()
    whole = False
    try:
        for batch in batches:
            with _for_processes():
                future = pool.submit(_tag, batch)
            under_way.append((batch, future))
            if len(under_way) >= AHEAD * jobs:
                yield _next(under_way)
        while under_way:
            yield _next(under_way)
        whole = True
    except BrokenProcessPool as error:
        raise ClassifierError(
            "a worker process was ended from outside, perhaps for want of memory; try again with fewer --jobs"
        ) from error
    finally:
        if not whole:
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
        pool.shutdown(cancel_futures=True)


def _next(under_way: deque[tuple[Batch, "Future[Outcome]"]]) -> Done:
    batch, future = under_way[0]
    outcome = future.result()
    under_way.popleft()
    return Done(outcome, batch.after, batch.weight)


@contextmanager
def _for_processes() -> Iterator[None]:
    """Let processes that are started meanwhile sum in one thread each and never see Ctrl-C, not even at first."""
    set_here = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(set_here, "1"))
    held = hasattr(signal, "pthread_sigmask")
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if held else None
    try:
        yield
    finally:
        for name in set_here:
            del os.environ[name]
        if old is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _begin(folder: Path, encoder: Encoder, strict: bool) -> None:
    """Prepare a process: no ear for Ctrl-C, an end when the parent ends, a model."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from classifier.model.bundle import load

    hurry()
    _Worker.model, _Worker.encoder, _Worker.strict = load(folder), encoder, strict


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _tag(batch: Batch) -> Outcome:
    return tag_batch(_Worker.model, batch, _Worker.encoder, _Worker.strict)
