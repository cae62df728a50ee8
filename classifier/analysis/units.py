"""Tagged paragraphs by a smaller unit: their items, such as 一是……, or their sentences."""

from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from itertools import groupby

from classifier.records import (
    CONTENT,
    AreaScore,
    Contribution,
    Explanation,
    Paragraph,
    Part,
    Prediction,
    Sentence,
    WordValue,
)


class Unit(StrEnum):
    """What a record is about."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    SENTENCE = "sentence"


Explain = Callable[[Paragraph, Collection[int] | None], tuple[Explanation, ...]]


def split_units(prediction: Prediction, unit: Unit, explain: Explain | None = None) -> Iterator[Prediction]:
    """Yield the parts of a tagged paragraph, in order, each with the areas that its sentences are evidence for.

    The probability of an area is that of the sentence with the highest one. A title, a salutation, another line that
    gets no areas, and a paragraph without sentences are yielded as they are.

    explain: gives the explanations that each part is to have, from the paragraph and the numbers of the part's
    sentences, None for the whole. Raises ValueError where the prediction was made without the probabilities of its
    sentences.
    """
    groups = list(_groups(prediction.paragraph.sentences, unit))
    if unit is Unit.PARAGRAPH or prediction.paragraph.kind not in CONTENT or not groups:
        yield prediction if explain is None else prediction._replace(explanations=explain(prediction.paragraph, None))
        return
    if len(prediction.sentence_probabilities) != len(prediction.paragraph.sentences):
        raise ValueError("the prediction has no probabilities of sentences; predict with by_sentence=True")
    for number, (first, stop) in enumerate(groups, start=1):
        part = _part(prediction, number, first, stop)
        if explain is not None:
            found = explain(prediction.paragraph, range(first, stop))
            part = part._replace(explanations=tuple(_moved(one, part) for one in found))
        yield part


def _groups(sentences: tuple[Sentence, ...], unit: Unit) -> Iterator[tuple[int, int]]:
    """Yield the first sentence of each part and the one after its last."""
    numbered = enumerate(sentences)
    for _, group in groupby(numbered, key=lambda pair: pair[1].item if unit is Unit.ITEM else pair[0]):
        members = [i for i, _ in group]
        yield members[0], members[-1] + 1


def _part(prediction: Prediction, number: int, first: int, stop: int) -> Prediction:
    paragraph = prediction.paragraph
    sentences = paragraph.sentences[first:stop]
    start, end = sentences[0].start, sentences[-1].end
    shifted = tuple(s._replace(start=s.start - start, end=s.end - start) for s in sentences)
    evidence = prediction.evidence[first:stop]
    best: dict[str, float] = {}
    for area, score in (pair for areas in evidence for pair in areas):
        best[area] = max(score, best.get(area, 0.0))
    return prediction._replace(
        paragraph=paragraph._replace(text=paragraph.text[start:end], sentences=shifted),
        areas=tuple(AreaScore(area, score) for area, score in sorted(best.items(), key=lambda pair: -pair[1])),
        evidence=evidence,
        probabilities=tuple(map(max, zip(*prediction.sentence_probabilities[first:stop], strict=True))),
        sentence_probabilities=prediction.sentence_probabilities[first:stop],
        part=Part(number, start, end),
    )


def _moved(explanation: Explanation, prediction: Prediction) -> Explanation:
    """Return an explanation of a paragraph with places in the text of its part."""
    part = prediction.part
    assert part is not None

    def moved(c: Contribution) -> Contribution:
        if c.start is None or c.end is None or c.start < part.start or c.end > part.end:
            return c._replace(start=None, end=None)
        return c._replace(start=c.start - part.start, end=c.end - part.start)

    words = (
        WordValue(max(w.start - part.start, 0), min(w.end, part.end) - part.start, w.value)
        for w in explanation.words
        if w.start < part.end and w.end > part.start
    )
    return explanation._replace(contributions=tuple(map(moved, explanation.contributions)), words=tuple(words))
