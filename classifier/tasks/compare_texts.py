"""`classify compare` without a terminal: two texts in, what changed between them out."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from classifier.analysis.alignment import align
from classifier.analysis.area_shares import AreaShares
from classifier.analysis.changed_words import changed_words
from classifier.analysis.text_comparison import (
    ComparedParagraph,
    ParagraphChange,
    TextComparison,
    area_change,
    compared_paragraph,
    paragraph_changes,
)
from classifier.arrays import Bools
from classifier.characters import FIRST_HAN, LAST_HAN
from classifier.documents.parse import read
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.records import Document, Kind, Prediction
from classifier.tasks.shares import shares

SHORTEST_WORD = 2  # characters; single ones say little by themselves

Text = str | Path | Sequence[str | Path] | Iterable[Document]


def compare(
    first: Text, second: Text, model: Model | None = None, *, names: tuple[str, str] | None = None
) -> TextComparison:
    """Return what changed from one text to another: shares of areas, paragraphs and words.

    first, second: each a file or folder, several of them, or documents, as `from_text` and `read` give them. names: of
    both; if not given, those of the files, or of the first documents. Raises ClassifierError where one cannot be read.

    >>> from classifier import from_text
    >>> found = compare([from_text("改造国道30公里。")], [from_text("改造国道30公里。新建小学5所。")])
    >>> [fate.value for fate, n in found.counts().items() if n]
    ['reworded']
    """
    model = load_model() if model is None else model
    documents = [_documents(first), _documents(second)]
    for text, found in zip((first, second), documents, strict=True):
        if not found:
            raise ClassifierError(message("{place}: no document with text; check the path", place=text))
    shown = names or (_name(first, documents[0]), _name(second, documents[1]))
    tagged = [list(_tagged(model, found)) for found in documents]
    paragraphs = [[compared_paragraph(name, p) for name, p in rows] for rows in tagged]
    words = [[_words(model, p) for _, p in rows] for rows in tagged]
    figures = [shares(found, model, keep_duplicates=True) for found in documents]
    changes = [
        area_change(area.id, _figures(figures[0], i), _figures(figures[1], i)) for i, area in enumerate(model.areas)
    ]
    return TextComparison(
        shown,
        (len(documents[0]), len(documents[1])),
        model.areas,
        tuple(sorted(changes, key=lambda change: -abs(change.difference))),
        _aligned(words, paragraphs, [a.id for a in model.areas]),
        tuple(changed_words(*([word for own in side for word in own if len(word) >= SHORTEST_WORD] for side in words))),
    )


def _documents(text: Text) -> list[Document]:
    if isinstance(text, str | Path):
        return [d for d in read(text) if d.paragraphs]
    found: list[Document] = []
    for one in text:
        found += [one] if isinstance(one, Document) else [d for d in read(one) if d.paragraphs]
    return found


def _name(text: Text, documents: Sequence[Document]) -> str:
    return Path(text).name or str(text) if isinstance(text, str | Path) else documents[0].name


def _tagged(model: Model, documents: Sequence[Document]) -> Iterator[tuple[str, Prediction]]:
    for document in documents:
        for prediction in model.predict(document):
            if prediction.paragraph.kind is Kind.PARAGRAPH:
                yield document.name, prediction


def _words(model: Model, prediction: Prediction) -> list[str]:
    """Return the words of a paragraph that begin with a Chinese character."""
    text = " ".join(sentence.normalized for sentence in prediction.paragraph.sentences)
    return [word for word in model.tokenize(text) if FIRST_HAN <= word[0] <= LAST_HAN]


def _figures(found: AreaShares, area: int) -> tuple[float, float, float]:
    estimate = found.whole.estimate
    return float(estimate.value[area]), float(estimate.low[area]), float(estimate.high[area])


def _aligned(
    words: list[list[list[str]]], paragraphs: list[list[ComparedParagraph]], areas: list[str]
) -> tuple[ParagraphChange, ...] | None:
    try:
        pairs = align(words[0], words[1], _flags(paragraphs[0], areas), _flags(paragraphs[1], areas))
    except ValueError:  # too many to compare each with each
        return None
    return paragraph_changes(pairs, paragraphs[0], paragraphs[1])


def _flags(paragraphs: Sequence[ComparedParagraph], areas: Sequence[str]) -> Bools:
    return np.array([[area in p.characters for area in areas] for p in paragraphs], dtype=np.bool_).reshape(
        -1, len(areas)
    )
