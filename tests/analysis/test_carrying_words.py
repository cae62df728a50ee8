import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.analysis.carrying_words import DECIMALS, MOST_CARRYING, with_carrying_words
from classifier.documents.parse import from_text
from classifier.model.model import Model
from classifier.model.term_values import best_clause, scored_sentences, term_contributions, word_spans, word_values
from classifier.records import Prediction
from tests.conftest import SENTENCES
from tests.strategies import documents, lines

KNOWN = [s.format(n=7.5) for group in SENTENCES.values() for s in group]
texts = st.one_of(documents, st.lists(st.one_of(st.sampled_from(KNOWN), lines), min_size=1, max_size=8).map("".join))


def values_one_by_one(model: Model, prediction: Prediction) -> list[dict[str, dict[tuple[int, int], float]]]:
    """The value of each word for each area of each sentence, from what each term of it adds."""
    found: list[dict[str, dict[tuple[int, int], float]]] = [{} for _ in prediction.evidence]
    if not any(prediction.evidence):
        return found
    spans = word_spans(model, prediction.paragraph)
    own, best = model.sentence_stage.block("own"), model.sentence_stage.block("clause")
    for sentence in scored_sentences(model, prediction.paragraph):
        for area, _ in prediction.evidence[sentence.number - 1]:
            i = [a.id for a in model.areas].index(area)
            added = [
                *term_contributions(sentence.whole, i, own[i, i]),
                *term_contributions(best_clause([sentence], i), i, best[i, i]),
            ]
            found[sentence.number - 1][area] = {(w.start, w.end): w.value for w in word_values(added, spans)}
    return found


@settings(max_examples=60, deadline=None)  # the first run loads the tokenizer
@given(text=texts)
def test_words_have_the_values_that_their_terms_add_up_to(small_model: Model, text: str) -> None:
    predictions = small_model.predict(from_text(text))
    for before, after in zip(predictions, with_carrying_words(small_model, predictions), strict=True):
        assert after._replace(words=()) == before._replace(words=())
        for known, areas in zip(values_one_by_one(small_model, before), after.words, strict=True):
            assert [a.area for a in areas] == list(known)
            for area, words in areas:
                values = [value for _, _, value in words]
                assert values == [pytest.approx(known[area][w.start, w.end], abs=1e-8) for w in words]
                largest = sorted((v for v in known[area].values() if v > 10**-DECIMALS), reverse=True)[:MOST_CARRYING]
                assert values == pytest.approx(largest, abs=1e-8)


def test_words_of_many_paragraphs_are_those_of_each(small_model: Model) -> None:
    predictions = small_model.predict(from_text("\n".join(KNOWN) + "\n各位代表：\n" + "".join(KNOWN)))
    together = with_carrying_words(small_model, predictions)
    assert together == [one for p in predictions for one in with_carrying_words(small_model, [p])]
    assert with_carrying_words(small_model, []) == []
