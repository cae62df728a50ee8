"""Terms of a sentence: words and runs of characters, none of them across punctuation."""

from collections.abc import Iterator

from classifier.features.tokenizer import Tokenize, segments
from classifier.settings import Settings

WORD_PREFIX, NGRAM_PREFIX = "w", "c"  # the first letter of a term says what it is made of
EDGE = "|"  # where a run of characters touches punctuation
SIGNS = frozenset("+#&._%-")


def sentence_terms(plain: str, cut: Tokenize, settings: Settings) -> Iterator[str]:
    """Yield the terms of a plain sentence, each as often as it stands there.

    Words are written `w振兴`, characters `c乡`, `c乡村`, and `c|乡村` after punctuation.
    """
    for run in segments(plain, settings.mask_numbers):
        for word in cut(run):
            if word not in SIGNS:
                yield WORD_PREFIX + word
        edged = EDGE + run + EDGE if settings.edges else run
        for n in range(1, settings.char_ngrams + 1):
            text = run if n == 1 else edged
            for i in range(len(text) - n + 1):
                yield NGRAM_PREFIX + text[i : i + n]


def is_counted(term: str, settings: Settings) -> bool:
    """Whether a term is no longer than those that `terms` makes; edges count as characters of a run, as they do there.

    >>> is_counted("w乡村振兴", Settings(char_ngrams=3)), is_counted("c|乡村振", Settings(char_ngrams=3))
    (True, False)
    """
    return term[0] == WORD_PREFIX or len(term) - len(NGRAM_PREFIX) <= settings.char_ngrams
