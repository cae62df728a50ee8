"""Terms of a sentence: runs of words and runs of characters, none of them across punctuation."""

from collections.abc import Iterator
from itertools import pairwise

from classifier.model.settings import Settings
from classifier.model.tokens import Cut, segments

WORDS, CHARACTERS = "w", "c"  # the first letter of a term says what it is a run of
JOINT = " "
EDGE = "|"  # where a run of characters touches punctuation
SIGNS = frozenset("+#&._%-")


def terms(plain: str, cut: Cut, settings: Settings) -> Iterator[str]:
    """Yield the terms of a plain sentence, each as often as it stands there.

    Words are written `w振兴` and `w乡村 振兴`, characters `c乡`, `c乡村`, and `c|乡村` after punctuation.
    """
    for run in segments(plain, settings.mask_numbers):
        yield from _word_runs([w for w in cut(run) if w not in SIGNS], settings.word_ngrams)
        edged = EDGE + run + EDGE if settings.edges else run
        for n in range(1, settings.char_ngrams + 1):
            text = run if n == 1 else edged
            for i in range(len(text) - n + 1):
                yield CHARACTERS + text[i : i + n]


def within(term: str, settings: Settings) -> bool:
    """Whether a term is no longer than those that `terms` makes; edges count as characters of a run, as they do there.

    >>> within("w乡村 振兴", Settings(word_ngrams=1)), within("c|乡村", Settings(char_ngrams=3))
    (False, True)
    """
    if term[0] == WORDS:
        return term.count(JOINT) < settings.word_ngrams
    return len(term) - len(CHARACTERS) <= settings.char_ngrams


def _word_runs(words: list[str], longest: int) -> Iterator[str]:
    for word in words:
        yield WORDS + word
    if longest == 2:
        for a, b in pairwise(words):
            yield WORDS + a + JOINT + b
        return
    for n in range(2, longest + 1):
        for i in range(len(words) - n + 1):
            yield WORDS + JOINT.join(words[i : i + n])
