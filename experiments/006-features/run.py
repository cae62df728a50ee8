"""Which terms are worth counting."""

import re
import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier.model.settings import Settings
from classifier.model.terms import CHARACTERS, EDGE
from classifier.model.tokens import segments
from experiments import common, lab
from experiments.bench import Bench, each, text_bench

INDEX = common.SHARED / "corpus" / "INDEX.tsv"
MASK = "某地"


def kept(term: str, words: bool, chars: Collection[int], edges: bool) -> bool:
    """Return whether a term is of the kinds that are wanted; an edge counts as a character, as in the settings."""
    if term.startswith(CHARACTERS):
        return len(term) - 1 in chars and (edges or EDGE not in term)
    return words


def with_runs(bench: Bench, longest: int) -> Bench:
    """Return a bench with runs of two to so many words as further terms, as frequent as the others have to be."""
    from sklearn.feature_extraction import DictVectorizer

    def runs(plain: str) -> Counter[str]:
        cut = [bench.cut(run) for run in segments(plain, bench.settings.mask_numbers)]
        sizes = range(2, longest + 1)
        return Counter(" ".join(w[i : i + n]) for w in cut for n in sizes for i in range(len(w) - n + 1))

    part, vectors = bench.parts.labels, DictVectorizer()
    vectors.fit(map(runs, part.plains))
    found = each(lambda p: vectors.transform(map(runs, p.plains)).tocsr(), bench.parts)
    there, (_, report) = found.labels.sign(), np.unique(part.reports, return_inverse=True)
    rows = csr_matrix((np.ones(there.shape[0]), (report[part.paragraph], np.arange(there.shape[0]))))
    stands, reports = (np.asarray(m.sum(axis=0)).ravel() for m in (there, (rows @ there).sign()))
    columns = np.flatnonzero((stands >= bench.settings.min_sentences) & (reports >= bench.settings.min_reports))
    both = each(lambda p, x: replace(p, counts=hstack([p.counts, x[:, columns]]).tocsr()), bench.parts, found)
    return replace(bench, parts=both)


@cache
def places() -> re.Pattern[str]:
    """Return a pattern of the places of the corpus: a whole name, its province, its city and its county."""
    names = {line.split("\t")[2] for line in INDEX.read_text(encoding="utf-8").splitlines()[1:]}
    cities = {n: re.fullmatch(r"(河北)(保定市)(.*)", n) for n in names}
    parts = names | {part for match in cities.values() if match for part in match.groups()}
    short = {re.sub("(?:[壮回]族|维吾尔)?自治区$|[省市县区]$", "", part) for part in parts}
    wanted = {p for p in parts | short if len(p) > 1} - {"国务院"}
    return re.compile("|".join(sorted(wanted, key=lambda p: (-len(p), p))))


def variant(
    bench: Bench,
    words: bool = True,
    chars: Collection[int] = (1, 2, 3, 4),
    edges: bool = True,
    least: int = 0,
    recount: dict[str, Any] | None = None,
    runs: int = 1,
    **options: bool,
) -> lab.Outcome:
    """Return the outcome of some of the terms, or of others, counted from text."""
    if runs > 1:
        return lab.plain(with_runs(bench, runs))
    if recount or options:
        dictionary = None if options.get("dictionary", True) else {}
        change = str if options.get("places", True) else (lambda plain: places().sub(MASK, plain))
        return lab.plain(text_bench(Settings(**(recount or {})), dictionary, change))
    found = np.array([kept(t, words, chars, edges) for t in bench.terms])
    counts = bench.parts.labels.counts
    found &= np.bincount(counts.indices, minlength=len(found)) >= least
    return lab.standard(bench, lab.tf_idf(bench, found))


if __name__ == "__main__":
    lab.write_table(__file__, variant)
