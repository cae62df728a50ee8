"""Two texts, each of one or many reports, as they come in; and what changed between them once all are there."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from classifier.analysis.alignment import MOST_PAIRS, align
from classifier.analysis.changed_words import changed_words
from classifier.analysis.measures import MeasuredIn
from classifier.analysis.text_comparison import (
    ComparedParagraph,
    ParagraphChange,
    TextComparison,
    area_changes,
    compared_paragraph,
    paragraph_changes,
)
from classifier.arrays import Bools
from classifier.characters import FIRST_HAN, LAST_HAN
from classifier.errors import ClassifierError
from classifier.labelling.drawn import DrawnLabels
from classifier.messages import message
from classifier.model.model import Model
from classifier.output.shares.sums import SumsFormat
from classifier.records import Document, Kind, Prediction
from classifier.tasks.collected_sums import CollectedSums
from classifier.tasks.shares import fitted_correction

SHORTEST_WORD = 2  # characters; single ones say little by themselves
MOST_KEPT = 16_000  # paragraphs of a text that are kept to be paired


class Comparing:
    """Tags the documents of both texts, each once; of many it keeps no more than their sums and their words' counts."""

    def __init__(self, model: Model) -> None:
        """Begin with two texts without documents."""
        self.model = model
        self.texts = (_Text(model), _Text(model))

    def add(self, side: int, document: Document) -> None:
        """Add a document to the first text (0) or to the second (1)."""
        self.texts[side].add(document)

    def result(self, names: tuple[str, str]) -> TextComparison:
        """Return what changed. names: of both texts. Raises ClassifierError where one of them has no text."""
        for name, text in zip(names, self.texts, strict=True):
            if not len(text.sums):
                raise ClassifierError(message("{place}: no document with text; check the path", place=name))
        areas = [area.id for area in self.model.areas]
        first, second = self.texts
        a, b = (text.sums.whole(text.sums.kept(keep_duplicates=True)).sums for text in self.texts)
        return TextComparison(
            names,
            (len(first.sums), len(second.sums)),
            self.model.areas,
            area_changes(areas, a, b, fitted_correction(self.model, MeasuredIn.CHARACTERS)),
            _aligned(first, second, areas),
            tuple(changed_words(first.counts, second.counts)),
        )


class _Text:
    """One of the texts: the sums of its reports, the counts of its words, and its paragraphs unless they are many."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.format = SumsFormat([a.id for a in model.areas], MeasuredIn.CHARACTERS, False, None, DrawnLabels())
        self.sums = CollectedSums((), None)
        self.counts = Counter[str]()
        self.paragraphs: list[ComparedParagraph] | None = []
        self.words: list[list[str]] = []

    def add(self, document: Document) -> None:
        predictions = self.model.predict(document)
        self.sums.add(self.format.encode((document.name, prediction) for prediction in predictions), {})
        for prediction in predictions:
            if prediction.paragraph.kind is Kind.PARAGRAPH:
                words = _words(self.model, prediction)
                self.counts.update(word for word in words if len(word) >= SHORTEST_WORD)
                if self.paragraphs is not None:
                    self.paragraphs.append(compared_paragraph(document.name, prediction))
                    self.words.append(words)
        if self.paragraphs is not None and len(self.paragraphs) > MOST_KEPT:
            self.paragraphs, self.words = None, []


def _words(model: Model, prediction: Prediction) -> list[str]:
    """Return the words of a paragraph that begin with a Chinese character."""
    text = " ".join(sentence.normalized for sentence in prediction.paragraph.sentences)
    return [word for word in model.tokenize(text) if FIRST_HAN <= word[0] <= LAST_HAN]


def _aligned(first: _Text, second: _Text, areas: Sequence[str]) -> tuple[ParagraphChange, ...] | None:
    """Return what became of paragraphs; None where there are too many to compare each with each."""
    a, b = first.paragraphs, second.paragraphs
    if a is None or b is None or len(a) * len(b) > MOST_PAIRS:
        return None
    pairs = align(first.words, second.words, _flags(a, areas), _flags(b, areas))
    return paragraph_changes(pairs, a, b)


def _flags(paragraphs: Sequence[ComparedParagraph], areas: Sequence[str]) -> Bools:
    return np.array([[area in p.characters for area in areas] for p in paragraphs], dtype=np.bool_).reshape(
        -1, len(areas)
    )
