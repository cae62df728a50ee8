"""Why a paragraph or a sentence has an area or does not have it: exact contributions to its logit."""

from collections.abc import Collection, Sequence

import numpy as np

from classifier.features.csr import CsrCounts
from classifier.features.tfidf import tf_idf
from classifier.model.calibration import sigmoid
from classifier.model.explain_sentence import sentence_contributions, sentence_logits
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
    of the one of them that is the likeliest to have the area, by the sentence stage.

    The logistics weigh linear scores, which are sums over terms, and scores of other areas and sentences; each product
    is one contribution, so that all of them and the intercept, which is the logit where there are no known terms, sum
    to the logit. Nothing is returned for a title, a salutation or another line that gets no areas, nor where there is
    no text.
    """
    sentences = list(scored_sentences(model, paragraph)) if paragraph.kind in CONTENT else []
    inside = [i for i, s in enumerate(sentences) if within is None or s.number - 1 in within]
    if not inside:
        return ()
    wanted = [i for i, area in enumerate(model.areas) if areas is None or area.id in areas]
    words, tags = word_spans(model, paragraph), model.tag_paragraphs([paragraph])
    if within is None:
        tagged = tags.paragraphs[0] >= model.settings.threshold
        parts = [paragraph_contributions(model, sentences, area) for area in wanted]
    else:
        tagged = tags.evidence[list(within)].any(axis=0)
        logits = sentence_logits(model, sentences)[inside]
        parts = [sentence_contributions(model, sentences, inside[int(np.argmax(logits[:, a]))], a) for a in wanted]
    return tuple(
        _explanation(model.areas[area].id, bool(tagged[area]), *part, words)
        for area, part in zip(wanted, parts, strict=True)
    )


def _explanation(
    area: str, tagged: bool, intercept: float, contributions: Sequence[Contribution], words: Sequence[Span]
) -> Explanation:
    kept = tuple(sorted((c for c in contributions if c.value), key=lambda c: -abs(c.value)))
    logit = intercept + sum(c.value for c in kept)
    probability = float(np.round(sigmoid(np.array([logit])), DIGITS)[0])
    return Explanation(area, probability, logit, intercept, tagged, kept, word_values(kept, words))


def paragraph_contributions(
    model: Model, sentences: Sequence[ScoredSentence], area: int
) -> tuple[float, list[Contribution]]:
    """Return the intercept of a paragraph for an area, and what adds to it; `sentences` are all that have text.

    Every score is taken as its difference from that of a sentence without known terms, and the rest is the intercept.
    The columns of the context's weights are as in `gather_scores`.
    """
    calibration, count = model.calibration, len(model.areas)
    no_words, no_clause = model.classifiers.sentences.intercept, model.classifiers.clauses.intercept
    weights = calibration.context[area]
    best, mean, clause = weights[:count], weights[count : 2 * count], weights[2 * count : 3 * count]
    slope, own_clause = calibration.slope[area], calibration.clause[area]
    intercept = calibration.offset[area] + weights[-1] * np.log(len(sentences))
    intercept += slope * no_words[area] + own_clause * no_clause[area] + (best + mean) @ no_words + clause @ no_clause
    found = [
        *term_contributions(best_sentence(sentences, area), area, slope),
        *term_contributions(best_clause(sentences, area), area, own_clause),
    ]
    for other, name in enumerate(model.areas):
        for kind, added, weight, base in (
            (ContributionKind.CLAUSE, best_clause(sentences, other), clause[other], no_clause[other]),
            (ContributionKind.AREA, best_sentence(sentences, other), best[other], no_words[other]),
        ):
            found.append(Contribution(kind, name.id, *added.span, float(weight * (added.scores[other] - base))))
    for sentence in sentences:
        value = float(mean @ (sentence.whole.scores - no_words) / len(sentences))
        found.append(Contribution(ContributionKind.SENTENCE, str(sentence.number), *sentence.whole.span, value))
    return float(intercept), found


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
