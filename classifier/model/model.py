"""A trained model: areas, settings, words, terms and numbers. Predicting needs numpy alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

from classifier.model import join, linear
from classifier.model.counted import Counted
from classifier.model.counts import Floats, count, keep_columns
from classifier.model.join import Join
from classifier.model.settings import Settings
from classifier.model.tokens import Cut, cutter
from classifier.model.weighting import tf_idf
from classifier.records import CONTENT, Area, AreaScore, Document, Paragraph, Prediction

CUT = 0.5  # a paragraph has the areas whose probability reaches it
DIGITS = 4
STEP = 2**-11  # every number of a model is a multiple of it, far above the noise of linear algebra libraries
BATCH = 512  # paragraphs scored at a time


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model.

    areas: the policy areas, one column each, core areas first.
    settings: what it was trained with.
    words: the user dictionary, with frequencies.
    terms: the terms, sorted, one row of coef each.
    idf: shape (terms,). coef: shape (terms, areas). intercept: shape (areas,). join: from sentences to paragraphs.
    data_hash: SHA-256 of the labelled data.
    """

    areas: tuple[Area, ...]
    settings: Settings
    words: dict[str, int]
    terms: tuple[str, ...]
    idf: Floats
    coef: Floats
    intercept: Floats
    join: Join
    data_hash: str = field(default="")

    @cached_property
    def _cut(self) -> Cut:
        return cutter(self.words)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term: i for i, term in enumerate(self.terms)}

    def sentence_scores(self, plains: Iterable[str]) -> Floats:
        """Return linear scores, shape (sentences, areas), of plain sentences; minus infinity for empty ones."""
        texts = list(plains)
        counts = count(texts, self._places, self._cut, self.settings)
        values = tf_idf(counts, self.idf, self.settings.sublinear)
        scores = linear.decision(values, counts, self.coef, self.intercept)
        scores[[not text for text in texts]] = join.NOTHING
        return scores

    def probabilities(self, scores: Floats, around: Floats) -> Floats:
        """Return the probabilities of linear scores, with what stands around them, rounded to DIGITS."""
        return np.round(join.probability(join.logits(self.join, scores, around)), DIGITS)

    def counted_probabilities(self, counted: Counted) -> Floats:
        """Return the probabilities of counted paragraphs, shape (paragraphs, areas); for evaluation without text.

        The terms of the model must be among those that were counted.
        """
        place = {term: i for i, term in enumerate(counted.terms)}
        counts = keep_columns(counted.counts, np.array([place[t] for t in self.terms], dtype=np.int64))
        values = tf_idf(counts, self.idf, self.settings.sublinear)
        scores = linear.decision(values, counts, self.coef, self.intercept)
        whole = join.gather(scores, counted.paragraph, len(counted.reports))
        return self.probabilities(whole.best, whole.around)

    def predict(self, document: Document) -> list[Prediction]:
        """Tag the paragraphs of a document, in order."""
        return list(self.predict_paragraphs(document.paragraphs))

    def predict_paragraphs(self, paragraphs: Iterable[Paragraph]) -> Iterator[Prediction]:
        """Tag paragraphs, in order; titles, salutations and other lines get no area."""
        remaining = iter(paragraphs)
        while batch := list(islice(remaining, BATCH)):
            yield from self._predict_batch(batch)

    def _predict_batch(self, paragraphs: Sequence[Paragraph]) -> Iterator[Prediction]:
        plains = [s.plain if p.kind in CONTENT else "" for p in paragraphs for s in p.sentences]
        scores = self.sentence_scores(plains)
        owner = np.repeat(np.arange(len(paragraphs)), [len(p.sentences) for p in paragraphs])
        gathered = join.gather(scores, owner, len(paragraphs))
        whole = self.probabilities(gathered.best, gathered.around)
        parts = self.probabilities(scores, gathered.around[owner])
        start = 0
        for i, paragraph in enumerate(paragraphs):
            stop = start + len(paragraph.sentences)
            yield self._prediction(paragraph, whole[i], parts[start:stop])
            start = stop

    def _prediction(self, paragraph: Paragraph, whole: Floats, parts: Floats) -> Prediction:
        """Return what the probabilities of a paragraph, shape (areas,), and its sentences, (sentences, areas), say."""
        return Prediction(
            paragraph,
            areas=self._ranked(whole, CUT),
            evidence=tuple(self._ranked(row, CUT) for row in parts),
            scores=tuple(AreaScore(a.id, float(s)) for a, s in zip(self.areas, whole, strict=True)),
        )

    def _ranked(self, scores: Floats, least: float) -> tuple[AreaScore, ...]:
        order = np.argsort(-scores, kind="stable")
        return tuple(AreaScore(self.areas[i].id, float(scores[i])) for i in order if scores[i] >= least)
