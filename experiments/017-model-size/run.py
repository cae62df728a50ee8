"""What small numbers cost: weights in 16 and in 8 bits, and without the terms of little weight."""

import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.evaluation.runs import Run
from classifier.extracts.joining import count
from classifier.model import bundle, training
from classifier.model.counted import Counted, take_paragraphs
from classifier.model.counts import Floats
from classifier.model.model import STEP, Model
from classifier.model.scoring import Classifiers, Linear
from classifier.model.settings import Settings
from experiments import common


def main() -> None:
    """Train in full precision, once on all labels and once without some reports, and shorten the numbers of both."""
    common.need_shared()
    given = common.settings_of(__file__)
    settings = Settings()
    words = api.policy_words(settings)
    labelled = api.training_set([common.LABELS])
    counted = count(labelled, words, settings)
    areas = labelled.labelled.taxonomy.areas
    out = np.array([common.spread(r) < given["held_out"] for r in counted.reports])
    training._rounded = lambda values: values  # the numbers as they were fitted
    whole = training.train(counted, areas, words, settings, jobs=common.JOBS).model
    part = training.train(take_paragraphs(counted, ~out), areas, words, settings, jobs=common.JOBS).model
    held = take_paragraphs(counted, out)
    results = {}
    for name in ["full", "16 bits", "8 bits", *given["thresholds"]]:
        own = shortened(whole, name)
        gold = common.on_gold(own)
        results[str(name)] = {
            "terms with weight": int(np.count_nonzero(largest(own))),
            "weights, bytes": weights_size(own, name),
            "held out": on_counted(shortened(part, name), held),
            **gold,
        }
        print(name, results[str(name)], file=sys.stderr, flush=True)
    stored = as_stored(shortened(whole, "16 bits"), given["loads"])
    common.write_report(__file__, {"variants": results, "stored": stored})


def shortened(model: Model, how: str | float) -> Model:
    """Return a model with shorter numbers: 16 bits as they are stored, 8 bits, or 16 and without small weights."""
    if how == "full":
        return model
    model = stepped(model)
    if how == "16 bits":
        return model
    keep = largest(model) >= how if isinstance(how, float) else None

    def short(one: Linear) -> Linear:
        weights = one.weights()
        if keep is not None:  # the term still counts for the length of its sentence
            return replace(one, coef=np.where(keep[:, None], weights, 0), unit=1.0)
        unit = np.abs(weights).max(axis=0) / 127
        return replace(one, coef=np.round(weights / unit) * unit, unit=1.0)

    c = model.classifiers
    return replace(model, classifiers=Classifiers(c.idf, short(c.sentences), short(c.clauses)))


def stepped(model: Model) -> Model:
    """Return a model all of whose numbers are multiples of STEP."""
    c, j = model.classifiers, model.join
    linear = [Linear(step(one.weights()), step(one.intercept)) for one in (c.sentences, c.clauses)]
    join = replace(j, slope=step(j.slope), clause=step(j.clause), context=step(j.context), offset=step(j.offset))
    return replace(model, classifiers=Classifiers(step(c.idf), *linear), join=join)


def step(values: Floats) -> Floats:
    """Round to STEP."""
    return np.round(values / STEP) * STEP


def largest(model: Model) -> Floats:
    """Return the largest weight of each term, whatever its sign; shape (terms,)."""
    c = model.classifiers
    return np.maximum(*(np.abs(one.weights()).max(axis=1) for one in (c.sentences, c.clauses)))


def weights_size(model: Model, how: str | float) -> int:
    """Return how many bytes the weights of those terms take that have any."""
    each = {"full": 8, "8 bits": 1}.get(str(how), 2)
    return each * 2 * len(model.areas) * int(np.count_nonzero(largest(model)))


def on_counted(model: Model, counted: Counted) -> dict[str, float]:
    """Return macro-F1 on counted paragraphs."""
    ids = tuple(a.id for a in model.areas)
    return common.score(Run(ids, counted.targets, model.counted_probabilities(counted), counted.reports), model)


def as_stored(model: Model, loads: int) -> dict[str, float]:
    """Return the size of a stored model, and the milliseconds of processor time of loading it, at best."""
    with TemporaryDirectory() as place:
        folder = Path(place, "model")
        bundle.save(model, folder, "")
        size = sum(file.stat().st_size for file in folder.iterdir())
        best = float("inf")
        for _ in range(loads):
            begin = time.process_time()
            bundle.load(folder)
            best = min(best, time.process_time() - begin)
    return {"terms": len(model.vocabulary), "MB": round(size / 1e6, 2), "load, ms": round(1000 * best, 1)}


if __name__ == "__main__":
    main()
