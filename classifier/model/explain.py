"""Why a paragraph has an area or does not have it: exact contributions to its logit, and the terms of a sentence."""

from collections.abc import Collection, Sequence

import numpy as np

from classifier.features.csr import CsrCounts
from classifier.features.tfidf import tf_idf
from classifier.model.calibration import sigmoid
from classifier.model.model import DIGITS, Model
from classifier.model.term_values import (
    ScoredSentence,
    Span,
    best_clause,
    best_sentence,
    scored_sentences,
    term_contributions,
    word_spans,
    word_values,
)
from classifier.records import CONTENT, Contribution, ContributionKind, Explanation, Paragraph


def explain(
    model: Model, paragraph: Paragraph, areas: Collection[str] | None = None, within: Collection[int] | None = None
) -> tuple[Explanation, ...]:
    """Return for each area, in the order of the model's, what speaks for and against it in a paragraph.

    areas: ids of those to explain; all, if not given. within: numbers of sentences from 0; the explanation is then that
    of the one of them that speaks most for the area, as a part of its paragraph.

    The logistic of the calibration weighs the linear scores of the best sentence and the best clause, which are sums
    over their terms, and the scores of the other areas and sentences; each product is one contribution, so that all of
    them and the intercept, which is the logit of a paragraph without known terms, sum to the logit. Nothing is returned
    for a title, a salutation or another line that gets no areas, nor for a paragraph without text.
    """
    sentences = list(scored_sentences(model, paragraph)) if paragraph.kind in CONTENT else []
    if not sentences:
        return ()
    wanted = [i for i, area in enumerate(model.areas) if areas is None or area.id in areas]
    inside = [s for s in sentences if within is None or s.number - 1 in within]
    if not inside:
        return ()
    words = word_spans(model, paragraph)
    return tuple(
        _explanation(
            model, sentences, [_likeliest(model, inside, area)] if within is not None else sentences, area, words
        )
        for area in wanted
    )


def _likeliest(model: Model, sentences: Sequence[ScoredSentence], area: int) -> ScoredSentence:
    """Return the sentence with the highest probability of an area."""
    slope, clause = model.calibration.slope[area], model.calibration.clause[area]
    return max(sentences, key=lambda s: slope * s.whole.scores[area] + clause * best_clause([s], area).scores[area])


def _explanation(
    model: Model,
    sentences: Sequence[ScoredSentence],
    speaking: Sequence[ScoredSentence],
    area: int,
    words: Sequence[Span],
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
        *term_contributions(best_sentence(speaking, area), area, slope),
        *term_contributions(best_clause(speaking, area), area, own_clause),
    ]
    for other, found in enumerate(model.areas):
        for kind, added, weight, base in (
            (ContributionKind.CLAUSE, best_clause(sentences, other), clause[other], no_clause[other]),
            (ContributionKind.AREA, best_sentence(sentences, other), best[other], no_words[other]),
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
        model.areas[area].id, probability, logit, float(intercept), tuple(kept), word_values(kept, words)
    )


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
