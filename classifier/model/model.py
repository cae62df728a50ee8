"""A trained model: from the paragraphs of a document to predictions. Needs numpy alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.features.term_index import Vocabulary, find_terms
from classifier.features.tokenizer import Tokenize, load_tokenizer
from classifier.labelling.labelled_counts import LabelledCounts, keep_terms
from classifier.model import calibration
from classifier.model.calibration import NO_SCORE, Calibration, ParagraphScores
from classifier.model.kernel_scores import KernelScorer, kernel_scorer
from classifier.model.linear import ClassifierPair
from classifier.model.outcomes import Outcomes
from classifier.model.sentence_stage import SentenceStage, stage_logits
from classifier.records import CONTENT, Area, AreaScore, Document, Paragraph, Prediction
from classifier.settings import Settings

DIGITS = 4
WEIGHT_STEP = 2**-11  # every number of a model is a multiple of it, far above the noise of linear algebra libraries
BATCH = 1024  # paragraphs scored at a time, so many that calls of numpy cost little


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """What a model finds in paragraphs and in their sentences.

    paragraphs, sentences: probabilities, shapes (paragraphs, areas) and (sentences, areas). evidence: which sentences
    are evidence for which areas of their paragraph, shape (sentences, areas).
    """

    paragraphs: Floats
    sentences: Floats
    evidence: Bools


@dataclass(frozen=True, eq=False)
class Model:
    """A trained model.

    areas: the policy areas, one column each, core areas first.
    settings: what it was trained with.
    user_words: the user dictionary, with frequencies.
    vocabulary: the terms, one row of coefficients each.
    classifiers: from counts to linear scores.
    calibration, sentence_stage: from these to probabilities of paragraphs, and of sentences.
    data_hash: SHA-256 of the labelled data. outcomes: what models of its training made of labelled sentences of reports
    that they had not seen; None where that is not known.
    """

    areas: tuple[Area, ...]
    settings: Settings
    user_words: dict[str, int]
    vocabulary: Vocabulary
    classifiers: ClassifierPair
    calibration: Calibration
    sentence_stage: SentenceStage
    data_hash: str = ""
    outcomes: Outcomes | None = None
    _use_scipy: bool = field(default=False, init=False, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the tokenizer and the tables of the kernel, which cannot be copied and are made again."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.init}

    @cached_property
    def tokenize(self) -> Tokenize:
        """The tokenizer with the user words of the model."""
        return load_tokenizer(self.user_words)

    @cached_property
    def kernel(self) -> KernelScorer | None:
        """The model as the kernel holds it; None where numpy has to do. ValueError where tables do not fit together."""
        return kernel_scorer(self.vocabulary, self.classifiers, self.settings)

    def warm_up(self) -> None:
        """Preload the tokenizer and, without the kernel, scipy, which is worth its import for many sentences."""
        _ = self.tokenize
        if self.kernel is None:
            import scipy.sparse  # noqa: F401 - used from now on

            object.__setattr__(self, "_use_scipy", True)

    def sentence_scores(self, sentences: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the linear scores of normalized sentences and of their best clauses, both (sentences, areas).

        Those of an empty sentence are NO_SCORE.
        """
        if self.kernel is None:
            found = find_terms(sentences, self.vocabulary, self.tokenize, self.settings)
            scores, clauses = self.classifiers.score(found, self.settings.sublinear, use_scipy=self._use_scipy)
        else:
            scores, clauses = self.kernel.score(sentences, self.tokenize)
        scores[[not sentence for sentence in sentences]] = NO_SCORE
        return scores, clauses

    def probabilities(self, scores: ParagraphScores) -> Floats:
        """Return probabilities, shape (rows, areas), rounded to DIGITS."""
        return _rounded(calibration.logits(self.calibration, scores))

    def tag_counted(self, counted: LabelledCounts) -> Tags:
        """Tag counted paragraphs; for evaluation without text.

        The terms of the model must be among those that were counted.
        """
        scores = self.classifiers.score(self.known(counted).occurrences(), self.settings.sublinear)
        return self.decide(*scores, counted.sentence_to_paragraph, len(counted.reports))

    def known(self, counted: LabelledCounts) -> LabelledCounts:
        """Return the counts of the model's terms alone, which must be among those that were counted."""
        term_to_column = {term: i for i, term in enumerate(counted.terms)}
        return keep_terms(counted, np.array([term_to_column[t] for t in self.vocabulary.terms], dtype=np.int64))

    def predict(self, document: Document, *, by_sentence: bool = False) -> list[Prediction]:
        """Tag the paragraphs of a document, in order; by_sentence: with the probabilities of each sentence."""
        return list(self.predict_paragraphs(document.paragraphs, by_sentence=by_sentence))

    def predict_paragraphs(self, paragraphs: Iterable[Paragraph], *, by_sentence: bool = False) -> Iterator[Prediction]:
        """Tag paragraphs, in order; titles, salutations and other lines get no area."""
        remaining = iter(paragraphs)
        while batch := list(islice(remaining, BATCH)):
            yield from self._predict_batch(batch, by_sentence)

    def tag_paragraphs(self, paragraphs: Sequence[Paragraph]) -> Tags:
        """Tag paragraphs all at once, as arrays; titles, salutations and other lines get no area."""
        normalized = [s.normalized if p.kind in CONTENT else "" for p in paragraphs for s in p.sentences]
        sentence_to_paragraph = np.repeat(np.arange(len(paragraphs)), [len(p.sentences) for p in paragraphs])
        return self.decide(*self.sentence_scores(normalized), sentence_to_paragraph, len(paragraphs))

    def decide(self, sentences: Floats, clauses: Floats, sentence_to_paragraph: Ints, paragraphs: int) -> Tags:
        """Return what linear scores of sentences and of their best clauses mean, both of shape (sentences, areas)."""
        whole = self.probabilities(calibration.gather_scores(sentences, clauses, sentence_to_paragraph, paragraphs))
        single = _rounded(stage_logits(self.sentence_stage, sentences, clauses, sentence_to_paragraph))
        tagged, reached = whole >= self.settings.threshold, single >= self.settings.threshold
        return Tags(whole, single, find_evidence(tagged, reached, single, sentence_to_paragraph))

    def _predict_batch(self, paragraphs: Sequence[Paragraph], by_sentence: bool) -> Iterator[Prediction]:
        tags = self.tag_paragraphs(paragraphs)
        areas = self._ranked(tags.paragraphs, tags.paragraphs >= self.settings.threshold)
        evidence = self._ranked(tags.sentences, tags.evidence)
        each = [tuple(row) for row in tags.sentences.tolist()] if by_sentence else []
        start = 0
        for paragraph, found, row in zip(paragraphs, areas, tags.paragraphs.tolist(), strict=True):
            stop = start + len(paragraph.sentences)
            own = tuple(evidence[start:stop])
            yield Prediction(paragraph, found, own, self.areas, tuple(row), tuple(each[start:stop]))
            start = stop

    def _ranked(self, scores: Floats, chosen: Bools) -> list[tuple[AreaScore, ...]]:
        """Return for each row its chosen areas with their scores, best first; both have shape (rows, areas)."""
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


def find_evidence(tagged: Bools, reached: Bools, single: Floats, sentence_to_paragraph: Ints) -> Bools:
    """Return which sentences are evidence for an area of their paragraph, shape (sentences, areas).

    tagged: the areas of paragraphs. reached: those whose probability in a sentence, `single`, reaches the threshold.
    A sentence is evidence for what it has by itself, if its paragraph has it too. Where no sentence has an area of the
    paragraph, the likeliest one is evidence for it.
    """
    evident: Bools = reached & tagged[sentence_to_paragraph]
    found = np.zeros(tagged.shape, dtype=np.bool_)
    rows, areas = np.nonzero(evident)
    found[sentence_to_paragraph[rows], areas] = True
    for row, area in zip(*(places.tolist() for places in np.nonzero(tagged & ~found)), strict=True):
        start, stop = np.searchsorted(sentence_to_paragraph, [row, row + 1])
        evident[start + int(np.argmax(single[start:stop, area])), area] = True
    return evident
