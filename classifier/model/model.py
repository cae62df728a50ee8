"""A trained model: areas, settings, words, terms and numbers. Predicting needs numpy alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

import numpy as np

from classifier import compiled
from classifier.arrays import Bools, Floats, Ints
from classifier.features.term_index import Vocabulary, find_terms
from classifier.features.tokenizer import Tokenize, load_tokenizer
from classifier.labelling.labelled_counts import LabelledCounts, keep_terms
from classifier.model import calibration
from classifier.model.calibration import NO_SCORE, Calibration, ParagraphScores
from classifier.model.kernel_scores import KernelScorer, kernel_scorer
from classifier.model.linear import ClassifierPair, best_of_groups
from classifier.records import CONTENT, Area, AreaScore, Document, Paragraph, Prediction
from classifier.settings import Settings

THRESHOLD = 0.5  # a paragraph has the areas whose probability reaches it
DIGITS = 4
WEIGHT_STEP = 2**-11  # every number of a model is a multiple of it, far above the noise of linear algebra libraries
BATCH = 1024  # paragraphs scored at a time, so many that calls of numpy cost little


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model.

    areas: the policy areas, one column each, core areas first.
    settings: what it was trained with.
    user_words: the user dictionary, with frequencies.
    vocabulary: the terms, one row of coef each.
    classifiers: from counts to scores. calibration: from scores to paragraphs.
    data_hash: SHA-256 of the labelled data.
    """

    areas: tuple[Area, ...]
    settings: Settings
    user_words: dict[str, int]
    vocabulary: Vocabulary
    classifiers: ClassifierPair
    calibration: Calibration
    data_hash: str = field(default="")

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields alone: a copy, or a model that was pickled, makes its tokenizer and kernel scorer anew."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def _cut(self) -> Tokenize:
        return load_tokenizer(self.user_words)

    @cached_property
    def kernel(self) -> KernelScorer | None:
        """The model as the compiled kernel wants it; None where numpy has to do. ValueError for terms out of order."""
        return kernel_scorer(self.vocabulary, self.classifiers, self.settings)

    def warm_up(self) -> None:
        """Load at once what the scoring of many batches wants."""
        _ = self._cut
        if self.kernel is None:
            import scipy.sparse  # noqa: F401 - ten times as fast as numpy, and not worth its time for one report

    def sentence_scores(self, plains: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the linear scores of plain sentences and of their best clauses, both of shape (sentences, areas).

        That of a sentence is NOTHING where it is empty.
        """
        if self.kernel is None:
            found = find_terms(plains, self.vocabulary, self._cut, self.settings)
            sentences, clauses = self.classifiers.score(found, self.settings.sublinear)
        else:
            sentences, clauses = self.kernel.score(plains, self._cut)
        sentences[[not plain for plain in plains]] = NO_SCORE
        return sentences, clauses

    def probabilities(self, scores: ParagraphScores) -> Floats:
        """Return probabilities, shape (rows, areas), rounded to DIGITS."""
        return _rounded(calibration.logits(self.calibration, scores))

    def counted_probabilities(self, counted: LabelledCounts) -> Floats:
        """Return the probabilities of counted paragraphs, shape (paragraphs, areas); for evaluation without text.

        The terms of the model must be among those that were counted.
        """
        scores = self.classifiers.score(self.known(counted).occurrences(), self.settings.sublinear)
        return self.probabilities(
            calibration.gather_scores(*scores, counted.sentence_to_paragraph, len(counted.reports))
        )

    def known(self, counted: LabelledCounts) -> LabelledCounts:
        """Return the counts of the model's terms, which must be among those that were counted."""
        place = {term: i for i, term in enumerate(counted.terms)}
        return keep_terms(counted, np.array([place[t] for t in self.vocabulary.terms], dtype=np.int64))

    def predict(self, document: Document) -> list[Prediction]:
        """Tag the paragraphs of a document, in order."""
        return list(self.predict_paragraphs(document.paragraphs))

    def predict_paragraphs(self, paragraphs: Iterable[Paragraph]) -> Iterator[Prediction]:
        """Tag paragraphs, in order; titles, salutations and other lines get no area."""
        remaining = iter(paragraphs)
        while batch := list(islice(remaining, BATCH)):
            yield from self._predict_batch(batch)

    def _predict_batch(self, paragraphs: Sequence[Paragraph]) -> Iterator[Prediction]:
        plains = [s.normalized if p.kind in CONTENT else "" for p in paragraphs for s in p.sentences]
        sizes = [len(p.sentences) for p in paragraphs]
        owner = np.repeat(np.arange(len(paragraphs)), sizes)
        sentences, clauses = self.sentence_scores(plains)
        scores = calibration.gather_scores(sentences, clauses, owner, len(paragraphs))
        around = calibration.context_logits(self.calibration, scores.around)
        whole = _rounded(calibration.own_logits(self.calibration, scores.best, scores.clause) + around)
        parts = _rounded(calibration.own_logits(self.calibration, sentences, clauses) + around[owner])
        areas = self._ranked(whole, whole >= THRESHOLD)
        evidence = self._ranked(parts, _evident(whole, parts, owner))
        ids = tuple(a.id for a in self.areas)
        start = 0
        for paragraph, size, own, row in zip(paragraphs, sizes, areas, whole.tolist(), strict=True):
            yield Prediction(paragraph, own, tuple(evidence[start : start + size]), ids, tuple(row))
            start += size

    def _ranked(self, scores: Floats, chosen: Bools) -> list[tuple[AreaScore, ...]]:
        """Return for each row its chosen areas with their scores, best first; both have shape (rows, areas)."""
        if compiled.BUILT:
            return compiled.kernel.rank(scores, chosen, tuple(a.id for a in self.areas), AreaScore)
        rows, columns = np.nonzero(chosen)
        values = scores[rows, columns]
        order = np.lexsort((columns, -values, rows))
        ids = [a.id for a in self.areas]
        ranked = [AreaScore(ids[c], v) for c, v in zip(columns[order].tolist(), values[order].tolist(), strict=True)]
        found: list[tuple[AreaScore, ...]] = [()] * len(scores)
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        for row, (start, stop) in zip(rows[first].tolist(), pairwise([*first.tolist(), len(rows)]), strict=True):
            found[row] = tuple(ranked[start:stop])
        return found


def _rounded(logits: Floats) -> Floats:
    return np.round(calibration.sigmoid(logits), DIGITS)


def _evident(whole: Floats, parts: Floats, owner: Ints) -> Bools:
    """Mark which sentences are evidence for an area of their paragraph, shape (sentences, areas).

    Those that have it by themselves; where the best sentence and the best clause have it only together, and they
    are of different sentences, the likeliest sentence.
    """
    evident: Bools = parts >= THRESHOLD
    best = best_of_groups(parts, owner, len(whole), np.zeros(whole.shape[1]))
    lacking = (whole >= THRESHOLD) & (best < THRESHOLD)
    for row, area in zip(*(places.tolist() for places in np.nonzero(lacking)), strict=True):
        start, stop = np.searchsorted(owner, [row, row + 1])
        evident[start + int(np.argmax(parts[start:stop, area])), area] = True
    return evident
