"""Why a paragraph has an area or does not have it: exact contributions to its logit, and the terms of a sentence."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.documents.normalize import normalize_with_places
from classifier.features.csr import CsrCounts
from classifier.features.term_places import TermPlace, term_places
from classifier.features.tfidf import tf, tf_idf
from classifier.model.calibration import sigmoid
from classifier.model.linear import LinearClassifiers
from classifier.model.model import DIGITS, Model
from classifier.records import CONTENT, Contribution, ContributionKind, Explanation, Paragraph, WordValue

_Span = tuple[int, int]


class _Added(NamedTuple):
    """What each known term adds to the linear scores of a sentence or of one of its clauses.

    places: of each occurrence. each: shape (occurrences, areas). scores: shape (areas,), with the intercept. span: of
    the sentence or clause in the text of the paragraph.
    """

    places: tuple[TermPlace, ...]
    each: Floats
    scores: Floats
    span: _Span


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with text. number: from 1, among all of its paragraph. clauses: with known terms, or an empty one."""

    number: int
    whole: _Added
    clauses: tuple[_Added, ...]


def explain(
    model: Model, paragraph: Paragraph, areas: Collection[str] | None = None, within: Collection[int] | None = None
) -> tuple[Explanation, ...]:
    """Return for each area, in the order of the model's, what speaks for and against it in a paragraph.

    areas: ids of those to explain; all, if not given. within: numbers of sentences from 0; the explanation is then that
    of the one of them that speaks most for the area, as a part of its paragraph.

    The logistic of the calibration weighs the linear scores of the best sentence and the best clause, which are sums
    over their terms, and the scores of the other areas and sentences; each product is one contribution, so that all of
    them and the intercept, which is the logit of a paragraph without known terms, sum to the logit. Nothing is returned for a title, a salutation or another line that gets no
    areas, nor for a paragraph without text.
    """
    sentences = list(_sentences(model, paragraph)) if paragraph.kind in CONTENT else []
    if not sentences:
        return ()
    wanted = [i for i, area in enumerate(model.areas) if areas is None or area.id in areas]
    inside = [s for s in sentences if within is None or s.number - 1 in within]
    if not inside:
        return ()
    words = _words(model, paragraph)
    return tuple(
        _explanation(
            model, sentences, [_likeliest(model, inside, area)] if within is not None else sentences, area, words
        )
        for area in wanted
    )


def _likeliest(model: Model, sentences: Sequence[_Sentence], area: int) -> _Sentence:
    """Return the sentence with the highest probability of an area."""
    slope, clause = model.calibration.slope[area], model.calibration.clause[area]
    return max(sentences, key=lambda s: slope * s.whole.scores[area] + clause * _best_clause([s], area).scores[area])


def _explanation(
    model: Model, sentences: Sequence[_Sentence], speaking: Sequence[_Sentence], area: int, words: Sequence[_Span]
) -> Explanation:
    """Return the explanation of one area; the columns of the context's weights are as in `gather_scores`.

    Every score is taken as its difference from that of a sentence without known terms, and the rest is the intercept.
    """
    calibration, count = model.calibration, len(model.areas)
    no_words, no_clause = model.classifiers.sentences.intercept, model.classifiers.clauses.intercept
    weights = calibration.context[area]
    best, mean, clause = weights[:count], weights[count : 2 * count], weights[2 * count : 3 * count]
    slope, own_clause = calibration.slope[area], calibration.clause[area]
    intercept = calibration.offset[area] + weights[-1] * np.log(len(sentences))
    intercept += slope * no_words[area] + own_clause * no_clause[area] + (best + mean) @ no_words + clause @ no_clause
    contributions = [
        *_of_terms(_best(speaking, area), area, slope),
        *_of_terms(_best_clause(speaking, area), area, own_clause),
    ]
    for other, found in enumerate(model.areas):
        for kind, added, weight, base in (
            (ContributionKind.CLAUSE, _best_clause(sentences, other), clause[other], no_clause[other]),
            (ContributionKind.AREA, _best(sentences, other), best[other], no_words[other]),
        ):
            value = float(weight * (added.scores[other] - base))
            contributions.append(Contribution(kind, found.id, *added.span, value))
    for sentence in sentences:
        value = float(mean @ (sentence.whole.scores - no_words) / len(sentences))
        contributions.append(Contribution(ContributionKind.SENTENCE, str(sentence.number), *sentence.whole.span, value))
    kept = sorted((c for c in contributions if c.value), key=lambda c: -abs(c.value))
    logit = float(intercept) + sum(c.value for c in kept)
    probability = float(np.round(sigmoid(np.array([logit])), DIGITS)[0])
    return Explanation(
        model.areas[area].id, probability, logit, float(intercept), tuple(kept), _word_values(kept, words)
    )


def _best(sentences: Sequence[_Sentence], area: int) -> _Added:
    return max((sentence.whole for sentence in sentences), key=lambda added: added.scores[area])


def _best_clause(sentences: Sequence[_Sentence], area: int) -> _Added:
    clauses = (clause for sentence in sentences for clause in sentence.clauses)
    return max(clauses, key=lambda added: added.scores[area])


def _of_terms(added: _Added, area: int, weight: float) -> Iterator[Contribution]:
    for place, value in zip(added.places, (weight * added.each[:, area]).tolist(), strict=True):
        yield Contribution(ContributionKind.TERM, place.term[1:], place.start, place.end, value)


def _sentences(model: Model, paragraph: Paragraph) -> Iterator[_Sentence]:
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
        yield _Sentence(number, whole, tuple(clauses))


def _raw_places(raw: str, normalized: str) -> list[int]:
    """Return the place in a raw sentence of each character of its normalized form, and of its end."""
    text, places = normalize_with_places(raw)
    if text == normalized or len(text) == len(normalized):
        return places
    return [min(i, max(len(raw) - 1, 0)) for i in range(len(normalized))] + [len(raw)]


def _added(model: Model, linear: LinearClassifiers, places: Sequence[TermPlace], columns: Ints, span: _Span) -> _Added:
    """Return what terms add: tf-idf times coefficient, divided equally among the places of a term."""
    terms, which, times = np.unique(columns, return_inverse=True, return_counts=True)
    values = tf(times.astype(np.float64), model.settings.sublinear) * model.classifiers.idf[terms]
    length = np.sqrt((values**2).sum()) or 1.0
    products = linear.coef[terms] * linear.unit * (values / length / times)[:, None]
    each = products[which]
    return _Added(tuple(places), each, each.sum(axis=0) + linear.intercept, span)


def _words(model: Model, paragraph: Paragraph) -> list[_Span]:
    """Return where the words of a paragraph's text stand, in order and without gaps."""
    ends = accumulate(len(word) for word in model.tokenize(paragraph.text))
    return list(pairwise((0, *ends)))


def _word_values(contributions: Sequence[Contribution], words: Sequence[_Span]) -> tuple[WordValue, ...]:
    """Divide what terms add equally among their characters, and add it up by words, without those that add nothing."""
    if not words:
        return ()
    value = np.zeros(words[-1][1])
    for c in contributions:
        if c.kind is ContributionKind.TERM and c.start is not None and c.end is not None:
            value[c.start : c.end] += c.value / (c.end - c.start)
    sums = np.add.reduceat(value, [start for start, _ in words]).tolist()
    return tuple(WordValue(*span, added) for span, added in zip(words, sums, strict=True) if added)


def contributions(model: Model, counts: CsrCounts, row: int, area: int, most: int) -> list[tuple[str, float]]:
    """Return the terms of a row that add most to the linear score of an area, with what they add, largest first.

    counts: over the terms of the model, shape (rows, terms).
    """
    values = tf_idf(counts, model.classifiers.idf, model.settings.sublinear)
    a, b = counts.indptr[row : row + 2]
    columns = counts.indices[a:b]
    linear = model.classifiers.sentences
    added = values[a:b] * linear.coef[columns, area] * linear.unit
    best = np.argsort(-added, kind="stable")[:most]
    return [(model.vocabulary.terms[columns[i]], float(added[i])) for i in best if added[i] > 0]
