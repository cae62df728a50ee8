"""What is common in reports: language statistics, which help to rebuild a text, and set phrases, which may return."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
LONGEST_COUNTED = 4  # characters of the n-grams that language statistics count
_COMMON_REPORTS = 3  # reports that make a phrase a set phrase
_KNOWN_REPORTS = 2  # reports that make an n-gram known to somebody who has other reports of the kind


def han(text: str) -> str:
    """Return the Han characters of a text.

    >>> han("投资3亿元，修路。")
    '投资亿元修路'
    """
    return _NOT_HAN.sub("", text)


class Language:
    """How often n-grams of up to LONGEST_COUNTED Han characters stand in reports, if in _KNOWN_REPORTS or more."""

    def __init__(self, reports: Iterable[Sequence[str]]) -> None:
        """Count the n-grams of reports, each given as its sentences."""
        counts: Counter[str] = Counter()
        spread: Counter[str] = Counter()
        for sentences in reports:
            ngrams = Counter(ngram for s in sentences for ngram in _ngrams(han(s)))
            counts.update(ngrams)
            spread.update(ngrams.keys())
        self._counts = {ngram: n for ngram, n in counts.items() if spread[ngram] >= _KNOWN_REPORTS}
        self._likelihoods: dict[str, float] = {}  # those that were asked for, as the same are asked for often

    def likelihood(self, context: str, character: str) -> float:
        """Return how likely a character is after a context: the longest known n-gram decides, 0 if there is none.

        Stupid backoff (Brants et al., EMNLP 2007), with its factor of 0.4 for each character less.
        """
        ngram = context[1 - LONGEST_COUNTED :] + character
        if (known := self._likelihoods.get(ngram)) is None:
            known = self._likelihoods[ngram] = self._likelihood(ngram[:-1], character)
        return known

    def _likelihood(self, context: str, character: str) -> float:
        weight = 1.0
        for size in range(len(context), 0, -1):
            before = context[-size:]
            if n := self._counts.get(before + character, 0):
                return weight * n / self._counts.get(before, n)
            weight *= 0.4
        return 0.0


def _ngrams(text: str) -> Iterable[str]:
    for n in range(1, LONGEST_COUNTED + 1):
        for i in range(len(text) - n + 1):
            yield text[i : i + n]


class SetPhrases:
    """Which phrases of a given length stand in _COMMON_REPORTS or more; such phrases belong to nobody."""

    def __init__(self, reports: Iterable[Sequence[str]], length: int) -> None:
        """Count in how many reports, each given as its sentences, a phrase of `length` Han characters stands."""
        spread: Counter[str] = Counter()
        self.length = length
        for sentences in reports:
            spread.update({phrase for s in sentences for phrase in self.windows(han(s))})
        self._common = {phrase for phrase, n in spread.items() if n >= _COMMON_REPORTS}

    def windows(self, text: str) -> list[str]:
        """Return every stretch of `length` characters of a text, in order."""
        return [text[i : i + self.length] for i in range(len(text) - self.length + 1)]

    def __contains__(self, phrase: str) -> bool:
        """Whether a phrase of `length` characters is a set phrase."""
        return phrase in self._common
