"""Dropping the fewest terms of a sentence that keep its text from coming back."""

from collections.abc import Mapping, Sequence

from classifier.extracts.language import NOT_HAN, Language, SetPhrases, han
from classifier.extracts.reconstruction import leaks, rebuild
from classifier.model.terms import JOINT

ROUNDS = 25


def protect(
    terms: Mapping[str, int], masked: str, languages: Sequence[Language], phrases: SetPhrases
) -> dict[str, int]:
    """Return the terms of a sentence without those that hold a chain together that must not come back.

    terms: the kept terms with their counts. masked: the sentence that they were counted in. languages: what may
    help to rebuild it, each tried by itself. Each round breaks every leak at the border that the fewest terms
    cross; where that does not end, only single characters and words stay.
    """
    kept = dict(terms)
    place = [i for i, c in enumerate(masked) if not NOT_HAN.match(c)]
    tried: set[int] = set()
    for _ in range(ROUNDS):
        found = next(filter(None, (leaks(rebuild(kept, la), han(masked), phrases) for la in languages)), [])
        if not found:
            return kept
        for start, end in found:
            borders = [b for b in _borders(start, end, phrases.length) if b not in tried]
            if not borders:
                continue
            crossing = {b: _crossing(kept, masked, place[b - 1] + 1) for b in borders}
            best = min(borders, key=lambda b: (len(crossing[b]), abs(2 * b - start - end)))
            tried.add(best)
            for term in crossing[best]:
                del kept[term]
    return {term: n for term, n in kept.items() if len(term) == 2}


def _borders(start: int, end: int, length: int) -> range:
    """Return where one cut leaves no part of `length` characters; of a longer leak, where the first part ends."""
    first = end - length + 1 if end - start < 2 * length else start + 1
    return range(max(start + 1, first), start + length)


def _crossing(terms: Mapping[str, int], masked: str, border: int) -> list[str]:
    """Return the terms that stand across a border of the text, with characters on both sides of it."""
    found = []
    for term in terms:
        text = term[1:].replace(JOINT, "")
        first = masked.find(text, max(0, border - len(text) + 1))
        if 0 <= first < border < first + len(text):
            found.append(term)
    return found
