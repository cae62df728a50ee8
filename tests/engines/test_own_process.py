"""Switches of the process: the command and workers set them, library code none."""

import csv
import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.engines.batches import batches
from classifier.engines.local import tag_batches
from classifier.engines.own_process import COLLECT_AFTER, THREAD_VARIABLES
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.readers.raw import TableColumns
from classifier.readers.sources import listed
from classifier.storage.atomic import atomic_file
from tests.conftest import AREAS, PROJECT

LONG = "全市发展" * 40_000  # more characters than the csv module takes unasked


def switches() -> list[object]:
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    return [gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), csv.field_size_limit(), dict(os.environ),
            handlers, mask]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_library_code_sets_no_switch(
    small_model: Model, small_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr("classifier.engines.batches.BATCH_DOCUMENTS", 2)
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the umask of a process has no reader"))
    rows = [f"新建小学{i}所。" for i in range(5)] + [LONG]
    (tmp_path / "t.csv").write_text("text\n" + "\n".join(rows), encoding="utf-8")
    form = JsonlFormat(OutputOptions(AREAS, "zh"))
    before = switches()
    todo = batches(listed(str(tmp_path / "t.csv")), TableColumns())
    with atomic_file(tmp_path / "out.jsonl") as out:
        for tagged in tag_batches(todo, small_model, small_bundle, form, jobs):
            assert switches() == before
            assert tagged.outcome.faults == ()
            out.write(tagged.outcome.data)
    assert switches() == before
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == len(rows)


def test_a_tuned_process_has_one_thread_and_collects_seldom() -> None:
    code = """
import gc, os
from classifier.engines.own_process import tune_process
tune_process()
import numpy
print(gc.get_threshold()[0], *(os.environ[name] for name in {names!r}))"""
    environment = {name: value for name, value in os.environ.items() if name not in THREAD_VARIABLES}
    environment[THREAD_VARIABLES[0]] = "3"
    done = subprocess.run(
        [sys.executable, "-c", code.format(names=THREAD_VARIABLES)],
        capture_output=True, text=True, check=True, cwd=PROJECT, env=environment,
    )  # fmt: skip
    assert done.stdout.split() == [str(COLLECT_AFTER), "3", "1", "1"]
