"""Which terms are worth counting."""

import re
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.evaluation.runs import cross_validate
from classifier.extracts.joining import count
from classifier.model.settings import Settings
from classifier.model.terms import CHARACTERS, EDGE, JOINT
from experiments import common, lab
from experiments.bench import Bench, Sides, text_bench

INDEX = common.SHARED / "corpus" / "INDEX.tsv"
MASK = "某地"


def kept(term: str, words: Collection[int], chars: Collection[int], edges: bool) -> bool:
    """Return whether a term is of the lengths that are wanted; an edge counts as a character, as in the settings."""
    if term.startswith(CHARACTERS):
        return len(term) - 1 in chars and (edges or EDGE not in term)
    return term.count(JOINT) + 1 in words


@cache
def places() -> re.Pattern[str]:
    """Return a pattern of the places of the corpus: a whole name, its province, its city and its county."""
    names = {line.split("\t")[2] for line in INDEX.read_text(encoding="utf-8").splitlines()[1:]}
    cities = {n: re.fullmatch(r"(河北)(保定市)(.*)", n) for n in names}
    parts = names | {part for match in cities.values() if match for part in match.groups()}
    short = {re.sub("(?:[壮回]族|维吾尔)?自治区$|[省市县区]$", "", part) for part in parts}
    wanted = {p for p in parts | short if len(p) > 1} - {"国务院"}
    return re.compile("|".join(sorted(wanted, key=lambda p: (-len(p), p))))


def strict(bench: Bench) -> lab.Outcome:
    """Return the outcome of the product's own cross-validation; the gold is that of the lab."""
    settings = Settings()
    words = api.policy_words(settings)
    counted = count(api.training_set([common.LABELS]), words, settings)
    run, _ = cross_validate(counted, bench.areas, words, bench.fold, settings)
    return lab.Outcome(Sides(run.scores, lab.default(bench).scores.gold))


def variant(
    bench: Bench,
    words: Collection[int] = (1, 2),
    chars: Collection[int] = (1, 2, 3, 4),
    edges: bool = True,
    least: int = 0,
    recount: dict[str, Any] | None = None,
    **options: bool,
) -> lab.Outcome:
    """Return the outcome of some of the terms, or of others, counted from text."""
    if "strict" in options:
        return strict(bench)
    if recount or options:
        dictionary = None if options.get("dictionary", True) else {}
        change = str if options.get("places", True) else (lambda plain: places().sub(MASK, plain))
        return lab.default(text_bench(Settings(**(recount or {})), dictionary, change))
    found = np.array([kept(t, words, chars, edges) for t in bench.terms])
    counts = bench.parts.labels.counts
    found &= np.bincount(counts.indices, minlength=len(found)) >= least
    return lab.standard(bench, lab.tf_idf(bench, found))


if __name__ == "__main__":
    lab.write_table(__file__, variant)
