"""Terms of one sentence: words and character n-grams, none of them across punctuation."""

from collections.abc import Iterator

from classifier.characters import EDGE, WORD_SIGNS
from classifier.features.tokenizer import Tokenize, segments
from classifier.settings import Settings

WORD_PREFIX, NGRAM_PREFIX = "w", "c"  # the first letter of a term says what it is made of
_SIGNS = frozenset(WORD_SIGNS)


def sentence_terms(sentence: str, tokenize: Tokenize, settings: Settings) -> Iterator[str]:
    """Yield the terms of a normalized sentence, each as often as it stands there.

    Words are written `w振兴`, character n-grams `c乡`, `c乡村`, and `c|乡村` after punctuation.
    """
    for segment in segments(sentence, settings.mask_numbers):
        for word in tokenize(segment):
            if not is_word_of_signs(word):
                yield WORD_PREFIX + word
        with_edges = EDGE + segment + EDGE if settings.edges else segment
        for n in range(1, settings.char_ngrams + 1):
            text = segment if n == 1 else with_edges
            for i in range(len(text) - n + 1):
                yield NGRAM_PREFIX + text[i : i + n]


def is_word_of_signs(word: str) -> bool:
    """Whether a word is a single sign such as `-`, which is no term."""
    return word in _SIGNS


def is_counted(term: str, settings: Settings) -> bool:
    """Whether `sentence_terms` could yield a term with these settings; an edge is a character of its n-gram.

    >>> is_counted("w乡村振兴", Settings(char_ngrams=3)), is_counted("c|乡村振", Settings(char_ngrams=3))
    (True, False)
    """
    return term[0] == WORD_PREFIX or len(term) - len(NGRAM_PREFIX) <= settings.char_ngrams
