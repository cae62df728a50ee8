"""The words that make a sentence evidence for an area."""

from classifier.model.model import Model
from classifier.model.term_values import best_clause, scored_sentences, term_contributions, word_spans, word_values
from classifier.records import AreaWords, Prediction

MOST_WORDS = 6  # of a sentence for an area


def evidence_words(model: Model, prediction: Prediction) -> tuple[tuple[AreaWords, ...], ...]:
    """Return for each sentence the words that speak most for each area that it is evidence for, up to MOST_WORDS.

    The value of a word is what its terms add to the logit, as the sentence itself and by its best clause.
    """
    if not any(prediction.evidence):
        return ((),) * len(prediction.evidence)
    columns = {area.id: i for i, area in enumerate(model.areas)}
    own, clause = model.sentence_stage.block("own"), model.sentence_stage.block("clause")
    spans = word_spans(model, prediction.paragraph)
    found: list[tuple[AreaWords, ...]] = [()] * len(prediction.evidence)
    for sentence in scored_sentences(model, prediction.paragraph):
        areas = []
        for area, _ in prediction.evidence[sentence.number - 1]:
            i = columns[area]
            added = [
                *term_contributions(sentence.whole, i, own[i, i]),
                *term_contributions(best_clause([sentence], i), i, clause[i, i]),
            ]
            values = sorted(word_values(added, spans), key=lambda word: -word.value)
            areas.append(AreaWords(area, tuple(word for word in values[:MOST_WORDS] if word.value > 0)))
        found[sentence.number - 1] = tuple(areas)
    return tuple(found)
