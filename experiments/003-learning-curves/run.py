"""How accuracy on the gold grows with written reports, with extracted real sentences, and with both."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.extracts.joining import count
from classifier.model.counted import Counted, merge, take_paragraphs
from classifier.model.settings import Settings
from classifier.model.training import train
from experiments import common


def main() -> None:
    """Train on growing parts of the labels and score on the gold."""
    common.need_shared()
    settings = Settings()
    words = api.policy_words(settings)
    whole = api.training_set([common.LABELS])
    areas = whole.labelled.taxonomy.areas
    texts = count(common.training(whole.labelled, whole.labelled.examples), words, settings)
    real = whole.extracts[0].extract.counted
    steps = common.settings_of(__file__)

    def scores(*parts: Counted) -> dict[str, object]:
        counted = merge(parts)
        model = train(counted, areas, words, settings, jobs=common.JOBS).model
        return {"sentences": counted.counts.rows, **common.on_gold(model)}

    results: dict[str, object] = {}
    for n in steps["written"]:
        results[f"written, {n} reports"] = scores(first(texts, n))
    results["written, all"] = scores(texts)
    for share in steps["real"]:
        results[f"real, {share:.0%}"] = scores(first(real, round(share * len(set(real.reports)))))
    for n, share in zip(steps["written"], steps["real"], strict=True):
        part = first(real, round(share * len(set(real.reports))))
        results[f"both, {n} reports and {share:.0%}"] = scores(first(texts, n), part)
    results["both, all"] = scores(texts, real)
    common.write_report(__file__, results)


def first(counted: Counted, reports: int) -> Counted:
    """Return the first so many reports, in the order of the hash of their names; hard cases come last."""
    names = sorted(set(counted.reports), key=lambda r: (r.startswith("hard-"), common.spread(r)))
    chosen = set(names[:reports])
    return take_paragraphs(counted, np.array([r in chosen for r in counted.reports]))


if __name__ == "__main__":
    main()
