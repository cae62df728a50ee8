"""What training costs: on the shipped labels, on a few labels more in a workspace, and on growing sets.

python -m experiments.training_cost NAME, a folder of experiments with a settings.toml: `labels`, a file of labels that
is added in a workspace; `sizes`, in sentences, of sets made of the shipped reports again and again under other names,
each count of a term left out with the chance `dropped`; `folds` of those; `seed`. report.json is written beside it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from classifier.features.csr import keep_entries
from classifier.features.user_dictionary import policy_words
from classifier.labelling.labelled_counts import (
    LabelledCounts,
    frequent_terms,
    keep_terms,
    merge_counts,
    take_paragraphs,
)
from classifier.resources import labels_folder
from classifier.settings import Settings
from classifier.training.train import train_model
from classifier.training.training_set import count_training_set, load_training_set
from experiments.bench import EXPERIMENTS, PROJECT, commit

T = TypeVar("T")
_MOMENT = 0.02  # seconds between two looks for a saved model


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write report.json."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 029-training-cost")
    parser.add_argument("--jobs", type=int, default=2, help="threads")
    options = parser.parse_args(arguments)
    folder = EXPERIMENTS / options.name
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    report = {"commit": commit(), "settings": settings, "jobs": options.jobs}
    report["results"] = measure(settings, options.jobs)
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def measure(settings: dict[str, Any], jobs: int) -> dict[str, Any]:
    """Return seconds, of this machine's clock and of its processors."""
    training, options = load_training_set([labels_folder()]), Settings()
    words, areas = policy_words(options), training.labelled.taxonomy.areas
    counting, counts = timed(lambda: count_training_set(training, words, options))
    whole, _ = timed(lambda: train_model(counts, areas, words, options, jobs=jobs))
    found: dict[str, Any] = {"shipped": {"sentences": len(counts.labels), "counting": counting, "training": whole}}
    say(found)
    found["workspace"] = in_workspace(PROJECT / settings["labels"], jobs)
    say(found["workspace"])
    fewer = replace(options, folds=settings["folds"])
    generator = np.random.default_rng(settings["seed"])
    curve = []
    for size in settings["sizes"]:
        drawn = grown(counts, size, settings["dropped"], generator)
        seconds, _ = timed(lambda drawn=drawn: train_model(drawn, areas, words, fewer, jobs=jobs))  # type: ignore[misc]
        curve.append({"sentences": len(drawn.labels), "entries": entries(drawn, options), "training": seconds})
        say(curve[-1])
    for by in ("sentences", "entries"):
        found[f"exponent by {by}"] = {kind: exponent(curve, by, kind) for kind in ("clock", "processors")}
    return found | {"curve": curve}


def in_workspace(labels: Path, jobs: int) -> dict[str, float]:
    """Return the seconds from the command to the saved model and to the end, first without and then with a cache."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "CLASSIFY_CACHE": str(Path(place, "cache")), "PYTHONPATH": str(PROJECT)}
        work = Path(place, "work")
        for words in (["init", str(work)], ["labels", "import", str(labels)]):
            run(words, work if work.is_dir() else Path(place), environment).wait()
        for n, kind in enumerate(("cold", "warm", "warm again"), start=1):
            begin = time.perf_counter()
            process = run(["train", "--use", "never", "--jobs", str(jobs)], work, environment)
            while process.poll() is None and not (work / "models" / f"{n:04d}").is_dir():
                time.sleep(_MOMENT)
            found[f"{kind}, saved"] = round(time.perf_counter() - begin, 2)
            if process.wait():
                raise SystemExit("a training in a workspace failed")
            found[f"{kind}, compared"] = round(time.perf_counter() - begin, 2)
    return found


def run(words: Sequence[str], folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Begin a command."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "classifier", *words], cwd=folder, env=environment, stdout=quiet, stderr=quiet
    )


def timed(task: Callable[[], T]) -> tuple[dict[str, float], T]:
    """Return the seconds that a task takes, by the clock and of processors, and what it gives."""
    clock, processors = time.perf_counter(), time.process_time()
    found = task()
    return {
        "clock": round(time.perf_counter() - clock, 2),
        "processors": round(time.process_time() - processors, 2),
    }, found


def exponent(curve: Sequence[dict[str, Any]], by: str, kind: str) -> float:
    """Return the slope of seconds where both axes are logarithms."""
    logs = np.log([[c[by], c["training"][kind]] for c in curve])
    return round(float(np.polyfit(logs[:, 0], logs[:, 1], 1)[0]), 3)


def entries(counts: LabelledCounts, settings: Settings) -> int:
    """Return how many counts of sentences training keeps: with more text, more terms are frequent enough."""
    kept = keep_terms(counts, frequent_terms(counts, settings.min_sentences, settings.min_reports))
    return len(kept.sentence_counts.indices)


def grown(counts: LabelledCounts, sentences: int, dropped: float, generator: np.random.Generator) -> LabelledCounts:
    """Return all reports again and again, in a new order under new names and with some terms lost, up to a size."""
    names = np.array(counts.reports)
    parts: list[LabelledCounts] = []
    done = 0
    while done < sentences:
        for name in generator.permutation(np.unique(names)):
            part = take_paragraphs(counts, names == name)
            kept = generator.random(len(part.clause_counts.indices)) >= dropped
            reports = tuple(f"{r}-{len(parts)}" for r in part.reports)
            parts.append(replace(part, clause_counts=keep_entries(part.clause_counts, kept), reports=reports))
            done += len(part.labels)
            if done >= sentences:
                break
    return merge_counts(parts)


def say(found: Any) -> None:
    """Tell on stderr what was measured."""
    print(json.dumps(found), file=sys.stderr, flush=True)
