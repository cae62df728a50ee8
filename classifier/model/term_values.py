"""What each term of a paragraph's sentences adds to their linear scores, and the words that these terms make up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.documents.normalize import normalize_with_places
from classifier.features.term_places import TermPlace, term_places
from classifier.features.tfidf import tf
from classifier.model.linear import LinearClassifiers
from classifier.model.model import Model
from classifier.records import Contribution, ContributionKind, Paragraph, WordValue

Span = tuple[int, int]


class AddedScores(NamedTuple):
    """What each known term adds to the linear scores of a sentence or of one of its clauses.

    places: of each occurrence. each: shape (occurrences, areas). scores: shape (areas,), with the intercept. span: of
    the sentence or clause in the text of the paragraph.
    """

    places: tuple[TermPlace, ...]
    each: Floats
    scores: Floats
    span: Span


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with text. number: from 1, among all of its paragraph. clauses: with known terms, or an empty one."""

    number: int
    whole: AddedScores
    clauses: tuple[AddedScores, ...]


def scored_sentences(model: Model, paragraph: Paragraph) -> Iterator[ScoredSentence]:
    """Yield the sentences that have text; places are of the paragraph's text."""
    tokenize, columns = model.tokenize, model.vocabulary.columns
    for number, sentence in enumerate(paragraph.sentences, start=1):
        if not sentence.normalized:
            continue
        raw = _raw_places(paragraph.text[sentence.start : sentence.end], sentence.normalized)
        known = [
            place._replace(start=sentence.start + raw[place.start], end=sentence.start + raw[place.end - 1] + 1)
            for place in term_places(sentence.normalized, tokenize, model.settings)
            if place.term in columns
        ]
        at = np.array([columns[place.term] for place in known], dtype=np.int64)
        span = (sentence.start, sentence.end)
        whole = _added(model, model.classifiers.sentences, known, at, span)
        clause_of = np.array([place.clause for place in known], dtype=np.int64)
        clauses = []
        for clause in sorted(set(clause_of.tolist())):
            inside = np.flatnonzero(clause_of == clause)
            own = [known[i] for i in inside]
            span = (min(place.start for place in own), max(place.end for place in own))
            clauses.append(_added(model, model.classifiers.clauses, own, at[inside], span))
        if not clauses:  # without known terms, the classifier of clauses gives its intercept
            clauses = [_added(model, model.classifiers.clauses, known, at, whole.span)]
        yield ScoredSentence(number, whole, tuple(clauses))


def _raw_places(raw: str, normalized: str) -> list[int]:
    """Return the place in a raw sentence of each character of its normalized form, and of its end."""
    text, places = normalize_with_places(raw)
    if text == normalized or len(text) == len(normalized):
        return places
    return [min(i, max(len(raw) - 1, 0)) for i in range(len(normalized))] + [len(raw)]


def _added(
    model: Model, linear: LinearClassifiers, places: Sequence[TermPlace], columns: Ints, span: Span
) -> AddedScores:
    """Return what terms add: tf-idf times coefficient, divided equally among the places of a term."""
    terms, which, times = np.unique(columns, return_inverse=True, return_counts=True)
    values = tf(times.astype(np.float64), model.settings.sublinear) * model.classifiers.idf[terms]
    length = np.sqrt((values**2).sum()) or 1.0
    products = linear.coef[terms] * linear.unit * (values / length / times)[:, None]
    each = products[which]
    return AddedScores(tuple(places), each, each.sum(axis=0) + linear.intercept, span)


def best_sentence(sentences: Sequence[ScoredSentence], area: int) -> AddedScores:
    """Return what the terms of the sentence with the highest score of an area add."""
    return max((sentence.whole for sentence in sentences), key=lambda added: added.scores[area])


def best_clause(sentences: Sequence[ScoredSentence], area: int) -> AddedScores:
    """Return what the terms of the clause with the highest score of an area add."""
    clauses = (clause for sentence in sentences for clause in sentence.clauses)
    return max(clauses, key=lambda added: added.scores[area])


def term_contributions(added: AddedScores, area: int, weight: float) -> Iterator[Contribution]:
    """Yield what each occurrence of a term adds to the logit of an area, where its score has this weight."""
    for place, value in zip(added.places, (weight * added.each[:, area]).tolist(), strict=True):
        yield Contribution(ContributionKind.TERM, place.term[1:], place.start, place.end, value)


def word_spans(model: Model, paragraph: Paragraph) -> list[Span]:
    """Return where the words of a paragraph's text stand, in order and without gaps."""
    ends = accumulate(len(word) for word in model.tokenize(paragraph.text))
    return list(pairwise((0, *ends)))


def word_values(contributions: Sequence[Contribution], words: Sequence[Span]) -> tuple[WordValue, ...]:
    """Divide what terms add equally among their characters, and add it up by words, without those that add nothing."""
    if not words:
        return ()
    value = np.zeros(words[-1][1])
    for c in contributions:
        if c.kind is ContributionKind.TERM and c.start is not None and c.end is not None:
            value[c.start : c.end] += c.value / (c.end - c.start)
    sums = np.add.reduceat(value, [start for start, _ in words]).tolist()
    return tuple(WordValue(*span, added) for span, added in zip(words, sums, strict=True) if added)
