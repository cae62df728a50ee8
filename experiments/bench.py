"""What the lab measures on: sentences of labels and of gold as sparse counts, and folds that keep reports whole.

The terms are those that are frequent in all labels, as the product chooses them; terms do not see areas.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
from scipy.sparse import csr_matrix, vstack

from classifier import api
from classifier.documents.normalise import plain_text
from classifier.documents.structure import single
from classifier.evaluation.runs import folds_of
from classifier.extracts.extraction import Extract
from classifier.extracts.joining import count as count_training
from classifier.labelling.store import load_examples
from classifier.model.clauses import clauses
from classifier.model.counted import Counted, count_examples, frequent_terms, keep_terms
from classifier.model.counts import Bools, Counts, Ints, count
from classifier.model.folds import by_report
from classifier.model.settings import Settings
from classifier.model.tokens import Cut, cutter
from classifier.records import Area, Example
from experiments import common

FOLDS, SEED = 5, 0  # the folds of every variant, the same as those of `classify evaluate --cv 5`
Matrix = Any  # a csr_matrix
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Sides(Generic[T]):
    """Something of the labels, and the same of each gold file."""

    labels: T
    gold: dict[str, T]


def each(function: Callable[..., U], *sides: Sides[Any]) -> Sides[U]:
    """Return what a function gives for the labels and for each gold file."""
    gold = {name: function(*(s.gold[name] for s in sides)) for name in sides[0].gold}
    return Sides(function(*(s.labels for s in sides)), gold)


@dataclass(frozen=True, eq=False)
class Part:
    """Paragraphs with their sentences.

    counts: shape (sentences, terms). paragraph: that of each sentence, ascending. targets: shape (paragraphs, areas).
    clauses: counts, shape (clauses, terms). sentence: that of each clause, ascending.
    reports: of each paragraph. headings: counts, shape (paragraphs, terms). empty: sentences that carry nothing.
    plains: the sentences; none where there are counts only.
    """

    counts: Matrix
    paragraph: Ints
    targets: Bools
    reports: tuple[str, ...]
    headings: Matrix
    empty: Bools
    clauses: Matrix
    sentence: Ints
    plains: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Bench:
    """Parts over the same terms. labels: shape (sentences, areas); fold, real: of each paragraph of the labels."""

    areas: tuple[Area, ...]
    terms: tuple[str, ...]
    parts: Sides[Part]
    labels: Bools
    fold: Ints
    real: Bools
    settings: Settings
    cut: Cut

    def count(self, plains: Sequence[str]) -> Matrix:
        """Return the counts of plain sentences, shape (sentences, terms)."""
        return sparse(count(plains, {t: i for i, t in enumerate(self.terms)}, self.cut, self.settings))


def sparse(counts: Counts) -> Matrix:
    """Return counts as a matrix of scipy."""
    return csr_matrix((counts.data, counts.indices, counts.indptr), shape=(counts.rows, counts.columns))


def extract_bench() -> Bench:
    """Return the bench of the shipped training set: written texts, and real sentences as counts without text."""
    settings = Settings()
    words = api.policy_words(settings)
    training = api.training_set([common.LABELS])
    written = training.labelled
    counted = _frequent(count_training(training, words, settings), settings)
    place = {t: i for i, t in enumerate(counted.terms)}
    above = [_above(e) for e in sorted(written.examples, key=lambda e: e.id)]
    parts = [sparse(count(above, place, cutter(words), settings))]
    parts += [_moved(named.extract, place) for named in training.extracts]
    return _bench(counted, written.taxonomy.areas, vstack(parts).tocsr(), (), written.examples, words, settings)


def text_bench(
    settings: Settings | None = None, words: dict[str, int] | None = None, change: Callable[[str], str] = str
) -> Bench:
    """Return the bench of written texts and real texts, each plain sentence changed first."""
    settings = settings or Settings()
    words = api.policy_words(settings) if words is None else words
    written = common.written()
    examples = sorted([*written.examples, *common.real(written)], key=lambda e: e.id)
    plains = [[change(plain_text(s)) for s in e.sentences] for e in examples]
    areas = written.taxonomy.areas
    counted = _frequent(count_examples(examples, plains, [a.id for a in areas], cutter(words), settings), settings)
    place = {t: i for i, t in enumerate(counted.terms)}
    headings = sparse(count([change(_above(e)) for e in examples], place, cutter(words), settings))
    flat = tuple(p for paragraph in plains for p in paragraph)
    return _bench(counted, areas, headings, flat, written.examples, words, settings, change)


def other_folds(bench: Bench) -> Bench:
    """Return a bench whose reports are dealt into folds by another seed."""
    part = bench.parts.labels
    return replace(bench, fold=by_report(part.reports, part.targets, FOLDS, SEED + 1))


def _bench(
    counted: Counted,
    areas: tuple[Area, ...],
    headings: Matrix,
    plains: tuple[str, ...],
    written: Sequence[Example],
    words: dict[str, int],
    settings: Settings,
    change: Callable[[str], str] = str,
) -> Bench:
    cut = cutter(words)
    of_written = {e.report for e in written}
    part = Part(
        sparse(counted.counts),
        counted.paragraph,
        counted.targets,
        counted.reports,
        headings,
        np.zeros(counted.counts.rows, dtype=np.bool_),
        sparse(counted.clauses),
        counted.sentence,
        plains,
    )
    gold = {name: _gold(name, counted.terms, areas, cut, settings, change) for name in common.GOLD}
    real = np.array([r not in of_written for r in counted.reports])
    fold = folds_of(counted, FOLDS, SEED)
    return Bench(areas, counted.terms, Sides(part, gold), counted.labels == 1, fold, real, settings, cut)


def _gold(
    name: str, terms: Sequence[str], areas: Sequence[Area], cut: Cut, settings: Settings, change: Callable[[str], str]
) -> Part:
    """Return a gold file, its paragraphs cut into sentences as the product does."""
    ids = [a.id for a in areas]
    examples = load_examples([common.GOLD[name]], ids)
    sentences = [[change(s.plain) for s in single(e.text).sentences] for e in examples]
    plains = tuple(p for paragraph in sentences for p in paragraph)
    parts = [clauses(p) for p in plains]
    place = {t: i for i, t in enumerate(terms)}
    return Part(
        sparse(count(plains, place, cut, settings)),
        np.repeat(np.arange(len(examples)), [len(s) for s in sentences]),
        np.array([[a in e.areas for a in ids] for e in examples]),
        tuple(e.report for e in examples),
        sparse(count([change(_above(e)) for e in examples], place, cut, settings)),
        np.array([not p for p in plains]),
        sparse(count([c for own in parts for c in own], place, cut, settings)),
        np.repeat(np.arange(len(parts)), [len(own) for own in parts]),
        plains,
    )


def _frequent(counted: Counted, settings: Settings) -> Counted:
    return keep_terms(counted, frequent_terms(counted, settings.min_sentences, settings.min_reports))


def _above(example: Example) -> str:
    """Return the headings of a paragraph as extracts count them."""
    return " ; ".join(plain_text(h) for h in example.heading)


def _moved(extract: Extract, place: dict[str, int]) -> Matrix:
    """Return the headings of an extract, its columns moved to those of the bench; unknown terms are dropped."""
    known = [(i, place[t]) for i, t in enumerate(extract.counted.terms) if t in place]
    old, new = np.array(known, dtype=np.int64).T
    shape = (extract.headings.columns, len(place))
    return sparse(extract.headings) @ csr_matrix((np.ones(len(old)), (old, new)), shape=shape)
