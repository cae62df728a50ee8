"""Which share of the frequent content words of real reports the labelled set knows."""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.documents.reading import read, sources
from classifier.extracts.joining import count
from classifier.model.counted import Counted
from classifier.model.settings import Settings
from classifier.model.tokens import cutter, segments
from classifier.records import CONTENT
from experiments import common

Counts = np.ndarray


def main() -> None:
    """Count the words of the corpus less the gold's documents, and look them up among the terms of the labels."""
    common.need_shared()
    steps = common.settings_of(__file__)
    settings = Settings()
    words = api.policy_words(settings)
    training = api.training_set([common.LABELS])
    counted = count(training, words, settings)
    known = {t[1:] for t in counted.terms if t[0] == "w" and " " not in t}
    found = corpus_words(words, int(steps["least_length"]))
    frequent = {w: n for w, n in found.items() if n >= steps["least_occurrences"]}
    unknown = Counter({w: n for w, n in frequent.items() if w not in known})
    results = {
        "frequent words": len(frequent),
        "occurrences": sum(frequent.values()),
        "share of occurrences known": round(1 - sum(unknown.values()) / sum(frequent.values()), 4),
        "share of words known": round(1 - len(unknown) / len(frequent), 4),
        "most frequent unknown": unknown.most_common(60),
        "telling terms in too few reports": telling(
            counted, training.labelled.taxonomy.ids, reports_of_terms(counted), steps
        ),
    }
    common.write_report(__file__, results)


def corpus_words(words: dict[str, int], shortest: int) -> Counter[str]:
    """Return how often each word of some length stands in the corpus less the documents of the gold."""
    gold = {json.loads(line)["document"] for line in common.GOLD["reports"].read_text(encoding="utf-8").splitlines()}
    cut = cutter(words)
    found: Counter[str] = Counter()
    for source in sources(str(common.SHARED / "corpus")):
        if f"corpus/{source.name}" in gold:
            continue
        for paragraph in read(source).paragraphs:
            if paragraph.kind in CONTENT:
                runs = (run for s in paragraph.sentences for run in segments(s.plain, True))
                found.update(w for run in runs for w in cut(run) if len(w) >= shortest and "\u4e00" <= w[0] <= "\u9fff")
    return found


def reports_of_terms(counted: Counted) -> Counts:
    """Return in how many reports each term stands, shape (terms,)."""
    names = {r: i for i, r in enumerate(sorted(set(counted.reports)))}
    report = np.array([names[r] for r in counted.reports])[counted.paragraph]
    columns = counted.counts.columns
    pairs = np.unique(report[counted.counts.row_of_entry()] * columns + counted.counts.indices)
    return np.bincount(pairs % columns, minlength=columns)


def telling(counted: Counted, areas: tuple[str, ...], reports: Counts, steps: dict[str, int]) -> dict[str, list[str]]:
    """Return for each area those of its most telling terms that stand in too few reports.

    Terms are ranked by mutual information with the area over sentences, rare ones included.
    """
    entries = counted.counts
    rows, sentences = entries.row_of_entry(), entries.rows
    of_term = np.bincount(entries.indices, minlength=entries.columns) / sentences
    few: dict[str, list[str]] = {}
    for i, area in enumerate(areas):
        has = counted.labels[:, i] == 1
        both = np.bincount(entries.indices[has[rows]], minlength=entries.columns) / sentences
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = np.where(both > of_term * has.mean(), both * np.log(both / (of_term * has.mean())), 0)
        best = np.argsort(-np.nan_to_num(gain))[: steps["telling"]]
        few[area] = [counted.terms[j] for j in best if reports[j] < steps["least_reports"]]
    return few


if __name__ == "__main__":
    main()
