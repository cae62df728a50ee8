from classifier.extracts.attack import leaks, proven_ngrams, rebuild
from classifier.extracts.language import Language, SetPhrases
from tests.extracts.conftest import SECRET, counted_terms


def test_a_long_sentence_comes_back_from_all_its_terms() -> None:
    phrases = SetPhrases([[SECRET]], 21)
    texts = rebuild(counted_terms(SECRET), Language([[SECRET]]))
    assert leaks(texts, SECRET, phrases) == [(0, len(SECRET))]


def test_ngrams_that_words_and_characters_prove() -> None:
    found = proven_ngrams({"w修路": 1, "w修路架桥": 2, "c园": 3})
    assert (found["修路架桥"], found["路架"], found["园"], found["修"]) == (2, 2, 3, 2)
