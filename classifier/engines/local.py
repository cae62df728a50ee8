"""Batches tagged on this machine, in this process or by several, with the same results in the same order."""

from collections.abc import Generator, Iterable
from itertools import chain, islice
from pathlib import Path

from classifier.engines.batches import Batch
from classifier.engines.tagging import TaggedBatch, tag_batch
from classifier.model.model import Model
from classifier.output.predictions.output_format import OutputFormat
from classifier.readers.raw import is_large_pdf

WORTHWHILE = 8  # batches; with fewer, no processes are started unless `jobs` says so


def tag_batches(
    batches: Iterable[Batch],
    model: Model,
    folder: Path,
    output_format: OutputFormat,
    jobs: int | None,
    strict: bool = False,
) -> Generator[TaggedBatch]:
    """Yield the outcomes of batches, in order.

    folder: where other processes load the model from, where they cannot share it with this one. jobs: how many
    processes; None for one on each core where there is enough to do. One job, or a single batch without a large
    PDF, starts no process.
    strict: a batch ends at its first document that cannot be read.
    """
    remaining = iter(batches)
    first = list(islice(remaining, WORTHWHILE if jobs is None else 2))
    if jobs is None:
        jobs = cores() if len(first) == WORTHWHILE or _has_large_pdf(first) else 1
    remaining = chain(first, remaining)
    if jobs == 1 or (len(first) == 1 and not _has_large_pdf(first)):
        if len(first) > 1:
            model.warm_up()
        del first
        for batch in remaining:
            yield TaggedBatch(tag_batch(model, batch, output_format, strict), batch.after, batch.weight)
        return
    from classifier.engines.pool import tag_in_pool

    del first
    yield from tag_in_pool(remaining, model, folder, output_format, jobs, strict)


def _has_large_pdf(batches: list[Batch]) -> bool:
    """Whether a file is among them whose pages several processes should read."""
    return any(is_large_pdf(raw) for batch in batches for raw in batch.raw_documents)


def cores() -> int:
    """Return how many processors this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
