"""The words that make sentences evidence for their areas, of many tagged paragraphs at once."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.documents.normalize import normalize_with_places
from classifier.features.term_index import TermSpans, find_term_spans
from classifier.features.tfidf import tf
from classifier.model.model import Model
from classifier.records import AreaWords, Prediction, WordValue

MOST_CARRYING = 6  # words of a sentence for an area
DECIMALS = 9  # of the value of a word; what sums of floats leave over is less


class _Pairs(NamedTuple):
    """Sentences and areas that they are evidence for, shape (pairs,): the number of the sentence, that of the area."""

    sentence: Ints
    area: Ints


class _Chosen(NamedTuple):
    """A sentence that is evidence: the numbers of its prediction and of itself, and its text, raw and normalized."""

    prediction: int
    number: int
    raw: str
    normalized: str


def with_carrying_words(model: Model, predictions: Sequence[Prediction]) -> list[Prediction]:
    """Return predictions with the words that speak most for each area that a sentence is evidence for.

    Up to MOST_CARRYING words stand for each area. The value of a word is what its terms add to the logit of the
    sentence stage, as the sentence itself and by its best clause; a term is divided equally among its characters.
    """
    chosen = list(_chosen(predictions))
    words: list[list[tuple[AreaWords, ...]]] = [[()] * len(p.evidence) for p in predictions]
    if chosen:
        columns = {area.id: i for i, area in enumerate(model.areas)}
        evidence = [predictions[c.prediction].evidence[c.number] for c in chosen]
        pairs = _Pairs(
            np.repeat(np.arange(len(chosen)), [len(own) for own in evidence]),
            np.array([columns[score.id] for own in evidence for score in own], dtype=np.int64),
        )
        found = iter(_words_of_pairs(model, predictions, chosen, pairs))
        for one, own in zip(chosen, evidence, strict=True):
            words[one.prediction][one.number] = tuple(AreaWords(score.id, next(found)) for score in own)
    return [p._replace(words=tuple(own)) for p, own in zip(predictions, words, strict=True)]


def _chosen(predictions: Sequence[Prediction]) -> Iterator[_Chosen]:
    for i, prediction in enumerate(predictions):
        text = prediction.paragraph.text
        for j, (sentence, evidence) in enumerate(zip(prediction.paragraph.sentences, prediction.evidence, strict=True)):
            if evidence and sentence.normalized:
                yield _Chosen(i, j, text[sentence.start : sentence.end], sentence.normalized)


def _words_of_pairs(
    model: Model, predictions: Sequence[Prediction], chosen: Sequence[_Chosen], pairs: _Pairs
) -> Iterator[tuple[WordValue, ...]]:
    """Yield the words of each pair, the one with the largest value first."""
    values, base = _values_of_characters(model, chosen, pairs)
    of_sentence = list(_words_of_sentences(model, predictions, chosen))
    at = [of_sentence[s][2] + b for s, b in zip(pairs.sentence.tolist(), base.tolist(), strict=True)]
    sums = np.add.reduceat(values, np.concatenate(at))
    bounds = np.cumsum([0, *map(len, at)]).tolist()
    for s, a, b in zip(pairs.sentence.tolist(), bounds, bounds[1:], strict=False):
        starts, ends, _ = of_sentence[s]
        own = np.round(sums[a:b], DECIMALS)  # so that words of the same value stand in the order of the text
        best = np.argsort(-own, kind="stable")[:MOST_CARRYING].tolist()
        yield tuple(WordValue(int(starts[i]), int(ends[i]), float(own[i])) for i in best if own[i] > 0)


def _words_of_sentences(
    model: Model, predictions: Sequence[Prediction], chosen: Sequence[_Chosen]
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield where the words of each sentence begin and end in its paragraph, and where they begin in the sentence."""
    last, ends = -1, np.zeros(0, dtype=np.int64)
    for one in chosen:
        paragraph = predictions[one.prediction].paragraph
        if one.prediction != last:
            last = one.prediction
            ends = np.array(list(accumulate(map(len, model.tokenize(paragraph.text)))), dtype=np.int64)
        sentence = paragraph.sentences[one.number]
        first = int(np.searchsorted(ends, sentence.start, "right"))
        stop = int(np.searchsorted(ends, sentence.end, "left")) + 1
        starts = np.concatenate([[0], ends[:-1]])[first:stop]
        yield starts, ends[first:stop], np.maximum(starts - sentence.start, 0)


def _values_of_characters(model: Model, chosen: Sequence[_Chosen], pairs: _Pairs) -> tuple[Floats, Ints]:
    """Return what each raw character of each pair's sentence adds to the logit, and the first of each pair."""
    spans = find_term_spans([c.normalized for c in chosen], model.vocabulary, model.tokenize, model.settings)
    raw = [_raw_places(c.raw, c.normalized) for c in chosen]
    first = np.cumsum([0, *map(len, raw)])[:-1][spans.sentence]
    places = np.concatenate(raw)
    start, end = places[first + spans.start], places[first + spans.end - 1] + 1

    size = np.array([len(c.raw) for c in chosen], dtype=np.int64)[pairs.sentence]
    base: Ints = np.cumsum(size) - size
    bounds = np.searchsorted(spans.sentence, np.arange(len(chosen) + 1))
    times = np.diff(bounds)[pairs.sentence]
    pair = np.repeat(np.arange(len(times)), times)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    occurrence = bounds[pairs.sentence][pair] + within
    value = _values(model, spans, occurrence, pair, pairs.area[pair]) / (end - start)[occurrence]
    total = int(size.sum())
    ends = [np.bincount(base[pair] + place[occurrence], value, total + 1) for place in (start, end)]
    values: Floats = np.cumsum(ends[0] - ends[1], dtype=np.float64)[:total]
    return values, base


def _values(model: Model, spans: TermSpans, occurrence: Ints, pair: Ints, area: Ints) -> Floats:
    """Return what each occurrence adds to the logit of its pair's area: in the sentence, and in its best clause."""
    column = spans.column[occurrence]
    sentences, clauses = model.classifiers.sentences, model.classifiers.clauses
    own, best = (model.sentence_stage.block(name).diagonal()[area] for name in ("own", "clause"))
    whole = sentences.coef[column, area] * sentences.unit * _weights(model, spans.sentence, spans.column)[occurrence]
    part = clauses.coef[column, area] * clauses.unit * _weights(model, spans.clause, spans.column)[occurrence]
    key = pair * (int(spans.clause.max(initial=0)) + 1) + spans.clause[occurrence]
    keys, which = np.unique(key, return_inverse=True)
    scores = np.bincount(which, part, len(keys))
    pair_of_key = np.zeros(len(keys), dtype=np.int64)
    pair_of_key[which] = pair
    order = np.lexsort((keys, -scores, pair_of_key))  # the first of those of a pair has the highest score
    is_best = np.zeros(len(keys), dtype=np.bool_)
    is_best[order[np.flatnonzero(np.diff(pair_of_key[order], prepend=-1))]] = True
    value: Floats = own * whole + best * part * is_best[which]
    return value


def _weights(model: Model, group: Ints, column: Ints) -> Floats:
    """Return the tf-idf of each occurrence in its sentence or clause, divided equally among those of the same term."""
    terms = len(model.classifiers.idf)
    keys, which, times = np.unique(group * terms + column, return_inverse=True, return_counts=True)
    values = tf(times.astype(np.float64), model.settings.sublinear) * model.classifiers.idf[keys % terms]
    squares = np.bincount(keys // terms, values**2)
    length = np.sqrt(squares)[keys // terms]
    weights: Floats = (values / np.where(length > 0, length, 1) / times)[which]
    return weights


def _raw_places(raw: str, normalized: str) -> Ints:
    """Return the place in a raw sentence of each character of its normalized form."""
    if raw == normalized:
        return np.arange(len(raw))
    places = normalize_with_places(raw)[1][:-1]
    if len(places) != len(normalized):
        places = [min(i, len(raw) - 1) for i in range(len(normalized))]
    return np.array(places, dtype=np.int64)
