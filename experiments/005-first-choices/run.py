"""Which plain settings to begin with: cross-validation on the labels, and the gold to confirm."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.evaluation.metrics import area_figures, macro
from classifier.evaluation.runs import cross_validate, folds_of
from classifier.extracts.joining import count
from classifier.model.settings import Settings
from classifier.model.training import train
from experiments import common

VARIANTS: dict[str, dict[str, Any]] = {
    "default": {},
    "no context in the join": {"context": False},
    "no edges": {"edges": False},
    "numbers as they are": {"mask_numbers": False},
    "words alone": {"char_ngrams": 0},
    "single words": {"word_ngrams": 1},
    "c = 1": {"c": 1.0},
}


def main() -> None:
    """Cross-validate each variant on written reports and real text; figures are of the real paragraphs."""
    common.need_shared()
    labelled = common.written()
    real = common.real(labelled)
    training = common.training(labelled, labelled.examples, real)
    areas = labelled.taxonomy.areas
    core = np.array([a.core for a in areas])
    of_real = {e.report for e in real}
    results = {}
    for name, changes in VARIANTS.items():
        settings = replace(Settings(), **changes)
        words = api.policy_words(settings)
        counted = count(training, words, settings)
        fold = folds_of(counted, common.settings_of(__file__)["folds"], 0)
        run, _ = cross_validate(counted, areas, words, fold, settings, jobs=common.JOBS)
        rows = np.array([r in of_real for r in counted.reports])
        figures = area_figures(run.truth[rows], run.predicted[rows])
        model = train(counted, areas, words, settings, jobs=common.JOBS).model
        cv = {"macro": round(macro(figures).f1, 4), "core": round(macro(figures, core).f1, 4)}
        results[name] = {"terms": len(model.terms), "cross-validation": cv, **common.on_gold(model)}
        print(name, results[name], file=sys.stderr, flush=True)
    common.write_report(__file__, results)


if __name__ == "__main__":
    main()
