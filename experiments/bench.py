"""Compare training settings by cross-validation on today's product: python -m experiments.bench NAME.

NAME is a folder here, or the path of another, with a settings.toml; report.json is written beside it. Its keys:
`labels` to learn from, `folds`, `variants` by name, each with the training settings that are not the defaults. If
they are there: files to `measure` on, which confirm and never choose; `not_learned`, by variant what the ids begin with
of paragraphs that it does not learn from, one text or several, which are held out in turn like all (such a variant is
not measured on files); `clauses_guessed`, the variants that do not see which clause carries which area. Paths start at
the top of the checkout.
"""

import argparse
import hashlib
import json
import math
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier import (
    Settings,
    area_figures,
    compare_predictions,
    evaluate_cv,
    evaluate_on,
    load_examples,
    load_training_set,
    macro,
    train,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXPERIMENTS = Path(__file__).resolve().parent
PROJECT = EXPERIMENTS.parent
MEASURED_CODE = ("classifier", "labels", "seeds", "experiments/bench.py")
NEEDED, OPTIONAL = {"labels", "folds", "variants"}, {"measure", "not_learned", "clauses_guessed"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the variants of an experiment, write its report.json and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 018-lighter-terms")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args(arguments)
    folder = EXPERIMENTS / options.name
    settings = read_settings(folder / "settings.toml")
    report = {"commit": commit(), "version": version("policy-area-classifier"), **measure(settings, options.jobs)}
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    print(table(report["results"]["variants"]))


def read_settings(file: Path) -> dict[str, Any]:
    """Return the settings of an experiment. Ends the program in one line where they are not for this bench."""
    if not file.is_file():
        sys.exit(f"{file}: no such file")
    settings = tomllib.loads(file.read_text(encoding="utf-8"))
    if not NEEDED <= settings.keys() <= NEEDED | OPTIONAL:
        sys.exit(f"{file}: not settings of this bench; the notes beside it say with which script it was run")
    return settings


def commit() -> str:
    """Return the commit of this checkout, marked where what is measured differs from it; empty without git."""
    head = _git("rev-parse", "HEAD")
    return f"{head} with changes" if _git("status", "--porcelain", "--", *MEASURED_CODE) else head


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def measure(settings: dict[str, Any], jobs: int) -> dict[str, Any]:
    """Cross-validate each variant on the same folds, compare it with the first, and measure it on the files there are.

    Returns the hashes of labels and files, the settings, and the figures of each variant.
    """
    training = load_training_set([PROJECT / path for path in settings["labels"]])
    files = [file for path in settings.get("measure", ()) if (file := PROJECT / path).is_file()]
    variants = {name: Settings.from_dict(values) for name, values in settings["variants"].items()}
    not_learned = settings.get("not_learned", {})
    runs: dict[str, Any] = {}
    rows: dict[str, dict[str, Any]] = {}
    for name, chosen in variants.items():
        say(f"{name}: cross-validation")
        left_out = not_learned.get(name)
        if left_out is not None:
            left_out = (left_out,) if isinstance(left_out, str) else tuple(left_out)
        seen = without_clauses(training) if name in settings.get("clauses_guessed", ()) else training
        evaluation = evaluate_cv(
            seen, settings["folds"], chosen, {}, not_learned=left_out, full=False, jobs=jobs, progress=say
        )
        run, core = evaluation.predictions, np.array([area.core for area in evaluation.areas])
        first = next(iter(runs.values()), run)
        if not np.array_equal(run.fold, first.fold):
            sys.exit(f"{name}: its folds are not those of the first variant; all need the same seed")
        runs[name] = run
        rows[name] = {"held out": figures(run, core)}
        if run is not first:
            rows[name]["difference"] = differences(run, first, core)
        real = np.array([paragraph.texts is None for paragraph in evaluation.paragraphs])
        rows[name] |= of_sentences(run, first, core, real)
        if files and left_out is None:
            say(f"{name}: training on all labels")
            rows[name] |= on_files(train(seen, chosen, jobs=jobs, progress=say), files, core)
    return {
        "data": training.digest(),
        "files": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
        "settings": settings,
        "results": {"paragraphs": len(first.truth), "reports": len(set(first.reports)), "variants": rows},
    }


def without_clauses(training: Any) -> Any:
    """Return a training set of which no clause says which areas it carries."""
    examples = tuple(replace(example, clause_areas=()) for example in training.labelled.examples)
    return replace(training, labelled=replace(training.labelled, examples=examples))


def of_sentences(run: Any, first: Any, core: "NDArray[np.bool_]", real: "NDArray[np.bool_]") -> dict[str, Any]:
    """Return the figures of sentences, of all and of those of extracts alone, less those of the first run.

    real: whether each paragraph is of an extract, shape (paragraphs,).
    """
    if run.sentences is None:
        return {}
    found: dict[str, Any] = {"sentences": figures(run.sentences, core)}
    chosen = real[run.sentences.row_to_paragraph]
    if chosen.any():
        own, other = taken(run.sentences, chosen), taken(first.sentences, chosen)
        found["real sentences"] = figures(own, core)
        if run is not first:
            found["difference of real sentences"] = differences(own, other, core)
    return found


def taken(run: Any, chosen: "NDArray[np.bool_]") -> Any:
    """Return a run with some of its units; chosen has shape (units,)."""
    reports = tuple(report for report, c in zip(run.reports, chosen, strict=True) if c)
    return replace(
        run, truth=run.truth[chosen], scores=run.scores[chosen], evidence=run.evidence[chosen], reports=reports
    )


def on_files(model: Any, files: Sequence[Path], core: "NDArray[np.bool_]") -> dict[str, dict[str, float | None]]:
    """Return the figures of a model on labelled files, by their names."""
    ids = [area.id for area in model.areas]
    examples = {file.stem: load_examples([file], ids, need_id=False) for file in files}
    found: dict[str, dict[str, float | None]] = {}
    for name, rows in examples.items():
        run = evaluate_on(rows, model, {}, None, None).predictions
        found[name] = figures(run, core)
        if run.sentences is not None:
            found[f"{name}, by sentence"] = figures(run.sentences, core)
    return found


def say(message: str) -> None:
    """Tell on stderr how far it is."""
    print(message, file=sys.stderr, flush=True)


def figures(run: Any, core: "NDArray[np.bool_]") -> dict[str, float | None]:
    """Return macro-F1 over all areas and over the core ones; core has shape (areas,)."""
    found = area_figures(run.truth, run.predicted)
    return {"all": rounded(macro(found).f1), "core": rounded(macro(found, core).f1)}


def differences(run: Any, first: Any, core: "NDArray[np.bool_]") -> dict[str, dict[str, float | None]]:
    """Return macro-F1 less that of the first run, the interval of a paired bootstrap and p, over all and core areas."""
    found = {"all": compare_predictions(run, first, seed=0)}
    if core.any():
        found["core"] = compare_predictions(run, first, seed=0, areas=core)
    return {
        name: {
            "difference": rounded(d.difference),
            "low": rounded(d.interval.low),
            "high": rounded(d.interval.high),
            "p": rounded(d.p),
        }
        for name, d in found.items()
    }


def rounded(value: float) -> float | None:
    """Return a figure with four digits; None, which JSON has, for one that is undefined."""
    return None if math.isnan(value) else round(value, 4)


def table(rows: dict[str, dict[str, Any]]) -> str:
    """Return a Markdown table of the variants; macro-F1 in percent, over all areas / over the core ones."""
    keys = dict.fromkeys(key for row in rows.values() for key in row)
    more = [key for key in keys if key != "held out" and not key.startswith("difference")]
    lines = [["variant", "held out", "difference", "p", *more], ["---", *["---:"] * (3 + len(more))]]
    for name, row in rows.items():
        cells = [name, percent(row["held out"].values()), "", ""]
        if "difference" in row:
            d = row["difference"]["all"]
            cells[2:] = [f"{percent([d['difference']])} [{percent([d['low']])}, {percent([d['high']])}]", str(d["p"])]
        lines.append([*cells, *(percent(row[key].values()) if key in row else "" for key in more)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def percent(values: Any) -> str:
    """Return figures in percent, with one slash between two."""
    return " / ".join("–" if value is None else f"{100 * value:.2f}" for value in values)


if __name__ == "__main__":
    main()
