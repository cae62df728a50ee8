"""What is common in a set of reports: the language statistics of one who would rebuild a text, and its set phrases."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
LONGEST_COUNTED = 4  # characters of the runs that language statistics count
COMMON_REPORTS = 3  # reports that make a run a set phrase
KNOWN_REPORTS = 2  # reports that make a run known to one who has other reports of the kind


def han(text: str) -> str:
    """Return the Han characters of a text.

    >>> han("投资3亿元，修路。")
    '投资亿元修路'
    """
    return NOT_HAN.sub("", text)


class Language:
    """How often runs of one to LONGEST Han characters stand in a set of reports, if in KNOWN reports or more."""

    def __init__(self, reports: Iterable[Sequence[str]]) -> None:
        """Count the runs of reports, each given as its sentences."""
        counts: Counter[str] = Counter()
        spread: Counter[str] = Counter()
        for sentences in reports:
            runs = Counter(run for s in sentences for run in _runs(han(s)))
            counts.update(runs)
            spread.update(runs.keys())
        self._counts = {run: n for run, n in counts.items() if spread[run] >= KNOWN_REPORTS}
        self._likelihoods: dict[str, float] = {}  # those that were asked for, as the same are asked for often

    def likelihood(self, context: str, character: str) -> float:
        """Return how likely a character is after a context: the longest known run decides, 0 if there is none.

        Stupid backoff (Brants et al., EMNLP 2007), with its factor of 0.4 for each character less.
        """
        run = context[1 - LONGEST_COUNTED :] + character
        if (known := self._likelihoods.get(run)) is None:
            known = self._likelihoods[run] = self._likelihood(run[:-1], character)
        return known

    def _likelihood(self, context: str, character: str) -> float:
        weight = 1.0
        for size in range(len(context), 0, -1):
            before = context[-size:]
            if n := self._counts.get(before + character, 0):
                return weight * n / self._counts.get(before, n)
            weight *= 0.4
        return 0.0


def _runs(text: str) -> Iterable[str]:
    for n in range(1, LONGEST_COUNTED + 1):
        for i in range(len(text) - n + 1):
            yield text[i : i + n]


class SetPhrases:
    """Which runs of a given length stand in COMMON reports or more; such runs belong to nobody."""

    def __init__(self, reports: Iterable[Sequence[str]], length: int) -> None:
        """Note the runs of `length` Han characters of reports, each given as its sentences."""
        spread: Counter[str] = Counter()
        self.length = length
        for sentences in reports:
            spread.update({run for s in sentences for run in self.windows(han(s))})
        self._common = {run for run, n in spread.items() if n >= COMMON_REPORTS}

    def windows(self, text: str) -> list[str]:
        """Return the runs of a text, in order."""
        return [text[i : i + self.length] for i in range(len(text) - self.length + 1)]

    def __contains__(self, run: str) -> bool:
        """Whether a run of `length` characters is common."""
        return run in self._common
