"""Terms of a sentence: words and runs of characters, none of them across punctuation."""

from collections.abc import Iterator

from classifier.model.settings import Settings
from classifier.model.tokens import Cut, segments

WORDS, CHARACTERS = "w", "c"  # the first letter of a term says what it is made of
JOINT = " "
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
