"""Batches tagged on this machine: here, or by several processes, with the same results in the same order."""

from collections.abc import Generator, Iterable
from itertools import chain, islice
from pathlib import Path

from classifier.engines.batches import Batch
from classifier.engines.tagging import Encoder, TaggedBatch, tag_batch
from classifier.model.model import Model

WORTHWHILE = 8  # batches from which on processes are started unasked


def tag_batches(
    batches: Iterable[Batch], model: Model, folder: Path, encoder: Encoder, jobs: int | None, strict: bool = False
) -> Generator[TaggedBatch]:
    """Yield the outcomes of batches, in order.

    folder: where other processes load the model from, if they cannot have it from this one. jobs: how many of
    them; None for one on each core where there is enough to do. A single batch, or one job, starts no process.
    """
    remaining = iter(batches)
    first = list(islice(remaining, WORTHWHILE if jobs is None else 2))
    if jobs is None:
        jobs = cores() if len(first) == WORTHWHILE else 1
    remaining = chain(first, remaining)
    if jobs == 1 or len(first) == 1:
        if len(first) > 1:
            model.warm_up()
        del first
        for batch in remaining:
            yield TaggedBatch(tag_batch(model, batch, encoder, strict), batch.after, batch.weight)
        return
    from classifier.engines.pool import tag_in_pool

    del first
    yield from tag_in_pool(remaining, model, folder, encoder, jobs, strict)


def cores() -> int:
    """Return how many processors this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
