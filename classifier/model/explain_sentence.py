"""Why a sentence has an area or does not have it: exact contributions to the logit of the sentence stage."""

from collections.abc import Iterator, Sequence

import numpy as np

from classifier.arrays import Floats
from classifier.model.model import Model
from classifier.model.sentence_stage import HIGHEST, stage_logits
from classifier.model.term_values import ScoredSentence, best_clause, term_contributions
from classifier.records import Contribution, ContributionKind


def sentence_logits(model: Model, sentences: Sequence[ScoredSentence]) -> Floats:
    """Return the logits of all sentences of a paragraph that have text, shape (sentences, areas)."""
    areas = range(len(model.areas))
    scores = np.array([s.whole.scores for s in sentences])
    clauses = np.array([[best_clause([s], area).scores[area] for area in areas] for s in sentences])
    return stage_logits(model.sentence_stage, scores, clauses, np.zeros(len(sentences), dtype=np.int64))


def sentence_contributions(
    model: Model, sentences: Sequence[ScoredSentence], at: int, area: int
) -> tuple[float, list[Contribution]]:
    """Return the intercept of one of the sentences of a paragraph for an area, and what adds to it.

    sentences: all that have text. at: which of them, from 0. Every score is taken as its difference from that of a
    sentence without known terms, and the rest is the intercept.
    """
    stage, own = model.sentence_stage, sentences[at]
    no_words, no_clause = model.classifiers.sentences.intercept, model.classifiers.clauses.intercept
    weights = {n: stage.block(n)[area] for n in ("own", "clause", "previous", "following", "lead", "mean", "length")}
    intercept = stage.offset[area] + weights["length"][0] * np.log(len(sentences))
    intercept += (weights["own"] + weights["lead"] + weights["mean"]) @ no_words + weights["clause"] @ no_clause
    found = list(_own(model, own, area))
    places = [(ContributionKind.LEAD, 0)]
    places += [(ContributionKind.PREVIOUS, at - 1)] if at else []
    places += [(ContributionKind.FOLLOWING, at + 1)] if at + 1 < len(sentences) else []
    for kind, place in places:
        found.append(_around(kind, sentences[place], float(weights[kind] @ (sentences[place].whole.scores - no_words))))
        intercept += weights[kind] @ no_words if kind is not ContributionKind.LEAD else 0.0
    for sentence in sentences:
        value = float(weights["mean"] @ (sentence.whole.scores - no_words)) / len(sentences)
        found.append(_around(ContributionKind.SENTENCE, sentence, value))
    return float(intercept + stage.block("highest")[area] @ np.sort(no_words)[::-1][:HIGHEST]), found


def _own(model: Model, sentence: ScoredSentence, area: int) -> Iterator[Contribution]:
    """Yield what the terms of a sentence and its scores for other areas add, and its highest scores."""
    stage = model.sentence_stage
    no_words, no_clause = model.classifiers.sentences.intercept, model.classifiers.clauses.intercept
    own, clause, highest = (stage.block(name)[area] for name in ("own", "clause", "highest"))
    scores = sentence.whole.scores
    yield from term_contributions(sentence.whole, area, own[area])
    yield from term_contributions(best_clause([sentence], area), area, clause[area])
    for other, found in enumerate(model.areas):
        if other != area:
            best = best_clause([sentence], other)
            value = float(own[other] * (scores[other] - no_words[other]))
            yield Contribution(ContributionKind.AREA, found.id, *sentence.whole.span, value)
            value = float(clause[other] * (best.scores[other] - no_clause[other]))
            yield Contribution(ContributionKind.CLAUSE, found.id, *best.span, value)
    ranked = np.argsort(-scores, kind="stable")[:HIGHEST]
    for weight, best_area, base in zip(highest, ranked.tolist(), np.sort(no_words)[::-1], strict=False):
        value = float(weight * (scores[best_area] - base))
        yield Contribution(ContributionKind.HIGHEST, model.areas[best_area].id, *sentence.whole.span, value)


def _around(kind: ContributionKind, sentence: ScoredSentence, value: float) -> Contribution:
    return Contribution(kind, str(sentence.number), *sentence.whole.span, value)
