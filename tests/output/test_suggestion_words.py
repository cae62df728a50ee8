"""Reasons of suggestions are read in the language of the page."""

from classifier.output.answer_language import SuggestionWords
from classifier.output.suggestions import CODES, reason_word


def test_every_code_has_words_and_other_reasons_stay_as_they_are() -> None:
    for lang in ("zh", "en"):
        words = SuggestionWords(lang)
        assert all(reason_word(code, words) != code for code in CODES)
        assert reason_word("领导批示", words) == "领导批示"
