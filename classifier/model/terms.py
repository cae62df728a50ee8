"""Terms of a sentence: words and runs of characters, none of them across punctuation."""

from collections.abc import Iterator

from classifier.model.settings import Settings
from classifier.model.tokens import Cut, segments

WORDS, CHARACTERS = "w", "c"  # the first letter of a term says what it is made of
EDGE = "|"  # where a run of characters touches punctuation
SIGNS = frozenset("+#&._%-")


def terms(plain: str, cut: Cut, settings: Settings) -> Iterator[str]:
    """Yield the terms of a plain sentence, each as often as it stands there.

    Words are written `w振兴`, characters `c乡`, `c乡村`, and `c|乡村` after punctuation.
    """
    for run in segments(plain, settings.mask_numbers):
        for word in cut(run):
            if word not in SIGNS:
                yield WORDS + word
        edged = EDGE + run + EDGE if settings.edges else run
        for n in range(1, settings.char_ngrams + 1):
            text = run if n == 1 else edged
            for i in range(len(text) - n + 1):
                yield CHARACTERS + text[i : i + n]


def within(term: str, settings: Settings) -> bool:
    """Whether a term is no longer than those that `terms` makes; edges count as characters of a run, as they do there.

    >>> within("w乡村振兴", Settings(char_ngrams=3)), within("c|乡村振", Settings(char_ngrams=3))
    (True, False)
    """
    return term[0] == WORDS or len(term) - len(CHARACTERS) <= settings.char_ngrams
