"""Suppression: dropping the fewest terms of a sentence that keep its text from coming back."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from classifier.extracts.attack import attempts, leaks
from classifier.extracts.language import Language, SetPhrases, han

_MOST_ROUNDS = 25

Rows = Sequence[Mapping[str, int]]


def suppress(rows: Rows, masked: Sequence[str], languages: Sequence[Language], phrases: SetPhrases) -> Rows:
    """Return the terms of a sentence without those that lead from one part of a leak to the next.

    rows: the kept terms of each clause with their counts. masked: the clauses that they were counted in.
    languages: what may help to rebuild the sentence, each tried by itself. Each round breaks every leak at the
    borders that the fewest terms cross; where that does not end, only terms of one character stay.
    """
    kept = [dict(row) for row in rows]
    true = han("".join(masked))
    tried: set[int] = set()
    for _ in range(_MOST_ROUNDS):
        texts = (texts for la in languages for texts in attempts(kept, la))
        found = next(filter(None, (leaks(own, true, phrases) for own in texts)), [])
        if not found:
            return kept
        crossing = _crossings(kept, masked)
        for start, end in found:
            costs = {b: len(crossing[b][1]) for b in range(start + 1, end) if b in crossing and b not in tried}
            for border in cheapest_borders(start, end, phrases.length - 1, costs):
                tried.add(border)
                clause, terms = crossing[border]
                for term in terms:
                    kept[clause].pop(term, None)  # one that crosses two borders is gone already
    return [{term: n for term, n in row.items() if len(term) == 2} for row in kept]


def _crossings(rows: Rows, masked: Sequence[str]) -> dict[int, tuple[int, list[str]]]:
    """Return, for each border between two Han characters of a clause, the clause and the terms that cross it.

    Borders are counted in the Han characters of the sentence. None lies between clauses: no term crosses there, and
    clauses can be put beside each other anyway.
    """
    found: dict[int, tuple[int, list[str]]] = {}
    before = 0
    for i, (row, text) in enumerate(zip(rows, masked, strict=True)):
        place = [k for k, c in enumerate(text) if han(c)]
        found |= {before + b: (i, list[str]()) for b in range(1, len(place))}
        for term in row:
            string = term[1:]
            first = text.find(string)
            while first >= 0:
                # borders stand right after a character: after place[b - 1], for first < that < first + len(string)
                for b in range(bisect_right(place, first - 1) + 1, bisect_right(place, first + len(string) - 2) + 1):
                    if b < len(place) and term not in found[before + b][1]:
                        found[before + b][1].append(term)
                first = text.find(string, first + 1)
        before += len(place)
    return found


def cheapest_borders(start: int, end: int, longest: int, costs: Mapping[int, int]) -> list[int]:
    """Return the borders that divide a leak, start to end, into parts of no more than `longest`.

    costs: how many terms cross each border that may be taken. The terms are as few as can be, and then the parts as
    even as can be; no borders where those that may be taken are too far apart.

    >>> cheapest_borders(0, 30, 20, {9: 1, 12: 3, 15: 1})
    [15]
    """
    best: dict[int, tuple[int, int, list[int]]] = {start: (0, 0, [])}
    for b in [*sorted(costs), end]:
        before = [
            (terms + costs.get(b, 0), squares + (b - a) ** 2, [*borders, b])
            for a, (terms, squares, borders) in best.items()
            if b - longest <= a < b
        ]
        if before:
            best[b] = min(before)
    return best[end][2][:-1] if end in best else []
