"""What the experiments share: where the real documents are, scores on them, and reports with hashes."""

import hashlib
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from classifier import api
from classifier.evaluation.metrics import area_figures, macro
from classifier.evaluation.runs import Run, on_examples
from classifier.extracts.joining import TrainingSet
from classifier.labelling.corrections import corrected, load_corrections
from classifier.labelling.sources import LabelledSet
from classifier.labelling.store import load_examples
from classifier.model.model import Model
from classifier.records import Example

PROJECT = Path(__file__).parent.parent
LABELS = PROJECT / "labels"
SHARED = PROJECT.parent / "shared"
GOLD = {"reports": SHARED / "gold" / "reports.jsonl", "seeds": SHARED / "gold" / "seeds.jsonl"}
REAL = SHARED / "train" / "real.jsonl"
JOBS = -1


def need_shared() -> None:
    """Stop with one line where the real documents are not here."""
    if not SHARED.is_dir():
        sys.exit(f"this experiment needs the real documents in {SHARED}")


def settings_of(script: str) -> dict[str, Any]:
    """Return the settings.toml beside a script."""
    return tomllib.loads((Path(script).parent / "settings.toml").read_text(encoding="utf-8"))


def earlier_rows(script: str) -> dict[str, dict[str, Any]]:
    """Return the rows of report.json that settings.toml marks as `earlier` and their references, with data and code."""
    names = {name for name, options in settings_of(script)["variants"].items() if options.get("earlier")}
    if not names:
        return {}
    report = json.loads((Path(script).parent / "report.json").read_text(encoding="utf-8"))
    rows = report["results"]["rows"].items()
    return {
        n: {"data": report["data"], "code": report["code"], **row}
        for n, row in rows
        if n in names or n.startswith("default, ")
    }


def score(run: Run, model: Model) -> dict[str, float]:
    """Return macro-F1 over all areas and over the core areas."""
    figures = area_figures(run.truth, run.predicted)
    core = np.array([a.core for a in model.areas])
    return {"macro": round(macro(figures).f1, 4), "core": round(macro(figures, core).f1, 4)}


def on_gold(model: Model) -> dict[str, dict[str, float]]:
    """Return the scores of a model on both gold files."""
    ids = [a.id for a in model.areas]
    return {name: score(on_examples(model, load_examples([file], ids)), model) for name, file in GOLD.items()}


def training(labelled: LabelledSet, *examples: Sequence[Example]) -> TrainingSet:
    """Return a training set of some examples with the taxonomy of a labelled set."""
    return TrainingSet(LabelledSet(labelled.taxonomy, tuple(e for part in examples for e in part)), ())


def written() -> LabelledSet:
    """Return the written part of the labels."""
    return api.training_set([LABELS]).labelled


def real(labelled: LabelledSet) -> tuple[Example, ...]:
    """Return the real paragraphs with text, their areas corrected as the labels say."""
    ids = labelled.taxonomy.ids
    return corrected(load_examples([REAL], ids), load_corrections(LABELS / "corrections.jsonl", ids))


def spread(name: str) -> float:
    """Return a number from 0 to 1 for a name, the same on every machine."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:12], 16) / 16**12


def write_report(script: str, results: Mapping[str, Any]) -> None:
    """Write report.json beside a script, and print it."""
    code = hashlib.sha256()
    for file in sorted((PROJECT / "classifier").rglob("*.py")):
        code.update(file.read_bytes())
    about = {"data": api.training_set([LABELS]).digest(), "code": code.hexdigest(), "settings": settings_of(script)}
    text = json.dumps({**about, "results": results}, ensure_ascii=False, indent=1) + "\n"
    (Path(script).parent / "report.json").write_text(text, encoding="utf-8")
    print(text)
