"""The reconstruction attack: attempts to rebuild a sentence from its terms, as somebody might who has an extract."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from classifier.characters import EDGE
from classifier.extracts.language import LONGEST_COUNTED, LanguageModel, SetPhrases, han
from classifier.features.terms import NGRAM_PREFIX

_LONGEST_TEXT = 300
_BEAM = 4  # texts that are followed at a time
_UNPROVEN = 0.05  # what a character counts for that no n-gram proves in its place
_KEPT = 1024  # rebuilt texts that are remembered
_LEAST = 1e-6  # the likelihood of a character that the language does not know there


def proven_ngrams(terms: Mapping[str, int]) -> Counter[str]:
    """Return the n-grams of one to LONGEST_COUNTED characters that the terms of a sentence prove, and how often."""
    found: Counter[str] = Counter()
    for term, n in terms.items():
        text = term[1:]
        if term[0] == NGRAM_PREFIX:
            found[text] = max(found[text], n)
            continue
        inside = Counter(text[i : i + k] for k in range(1, LONGEST_COUNTED + 1) for i in range(len(text) - k + 1))
        for ngram, times in inside.items():
            found[ngram] = max(found[ngram], n * times)
    return found


def attempts(rows: Sequence[Mapping[str, int]], language: LanguageModel) -> Iterator[list[str]]:
    """Yield texts rebuilt from the terms of the clauses of a sentence, by one way of going about it after the other.

    First each clause by itself, then these put beside each other, then the sentence from all its terms.
    """
    clauses = [rebuild(row, language) for row in rows]
    yield [text for texts in clauses for text in texts]
    if len(rows) > 1:
        yield order_parts([_best(row, texts) for row, texts in zip(rows, clauses, strict=True)], language)
        whole: Counter[str] = Counter()
        for row in rows:
            whole.update(row)
        yield rebuild(whole, language)


def _best(row: Mapping[str, int], texts: Sequence[str]) -> str:
    """Return the text that most of a clause is in, or its longest n-gram where nothing was rebuilt."""
    return max(texts or sorted(proven_ngrams(row)), key=len, default="")


def order_parts(parts: Sequence[str], language: LanguageModel) -> list[str]:
    """Return the parts of a text in likely orders: from each part on, the _BEAM likeliest at a time."""
    grown: list[str] = []
    begun = [han(part)[:LONGEST_COUNTED] for part in parts]
    known: dict[tuple[str, int], float] = {}  # how likely a part is after the end of a text, as the same are asked for

    def follows(end: str, i: int) -> float:
        if (found := known.get((end, i))) is None:
            found = known[end, i] = math.log(_follows(end, begun[i], language))
        return found

    for first, part in enumerate(parts):
        beam = [(0.0, part, frozenset(range(len(parts))) - {first})]
        for _ in parts[1:]:
            ends = [
                (han(t[-3 * LONGEST_COUNTED :])[1 - LONGEST_COUNTED :], weight, t, left) for weight, t, left in beam
            ]
            further = [
                (weight + follows(end, i), text + parts[i], left - {i})
                for end, weight, text, left in ends
                for i in left
            ]
            beam = sorted(further, key=lambda b: (-b[0], b[1]))[:_BEAM]
        grown += [text for _, text, _ in beam]
    return grown


def rebuild(terms: Mapping[str, int], language: LanguageModel) -> list[str]:
    """Return texts rebuilt from the terms of a sentence or clause; the same are asked for again and again."""
    return list(_rebuilt(frozenset(terms.items()), language))


@lru_cache(maxsize=_KEPT)
def _rebuilt(items: frozenset[tuple[str, int]], language: LanguageModel) -> tuple[str, ...]:
    """Return texts rebuilt from terms and their counts, as well as their n-grams and the language allow.

    From each n-gram of LONGEST_COUNTED characters that no text holds yet, texts grow to the right, the _BEAM
    likeliest at a time: by the longest n-grams that continue them and are not used up, over punctuation and numbers
    too; where none continues a text, by a remaining character that the language knows in this place.
    """
    proven = proven_ngrams(dict(items))
    followers: dict[str, list[str]] = defaultdict(list)
    for ngram in proven:
        followers[ngram[:-1]].append(ngram[-1])
    texts: list[str] = []
    whole = [ngram for ngram in proven if len(ngram) == LONGEST_COUNTED]
    ends = {ngram[1:] for ngram in whole}
    for start in sorted(whole, key=lambda ngram: (ngram[:-1] in ends, ngram)):  # first those that nothing precedes
        if not any(start in text for text in texts):
            texts += _grow(start, proven, followers, language)
    return tuple(texts)


@dataclass(frozen=True, slots=True)
class _Growing:
    """A text that grows: the logarithm of its likelihood, and how often each n-gram is used up."""

    text: str
    weight: float
    used: dict[str, int]


def _grow(start: str, proven: Counter[str], followers: Mapping[str, list[str]], language: LanguageModel) -> list[str]:
    """Return the texts that a start grows to."""
    beam = [_grown(start, 0.0, _Growing("", 0.0, {}))]
    grown: list[str] = []
    while beam:
        further: list[tuple[float, str, _Growing]] = []
        for state in beam:
            options = _options(state, proven, followers, language) if len(state.text) < _LONGEST_TEXT else []
            if not options:
                grown.append(state.text)
            for ngram, likelihood in options:
                weight, text = state.weight + len(ngram) * math.log(likelihood), state.text + ngram
                further.append((weight, text, state))
        further.sort(key=lambda f: (-f[0] / len(f[1]), f[1]))
        beam = [_grown(text, weight, state) for weight, text, state in further[:_BEAM]]
    return grown


def _grown(text: str, weight: float, before: _Growing) -> _Growing:
    """Return a text that goes on from one before, with the n-grams used up that it adds."""
    used = before.used.copy()
    for end in range(len(before.text) + 1, len(text) + 1):
        for k in range(1, min(LONGEST_COUNTED, end) + 1):
            ngram = text[end - k : end]
            used[ngram] = used.get(ngram, 0) + 1
    return _Growing(text, weight, used)


def _options(
    state: _Growing, proven: Counter[str], followers: Mapping[str, list[str]], language: LanguageModel
) -> list[tuple[str, float]]:
    """Return the likeliest continuations, with the likelihood of their characters."""
    known = han(state.text[-3 * LONGEST_COUNTED :])
    if state.text.endswith(EDGE):  # over punctuation, a whole beginning of another part
        begun = [r for r in proven if len(r) == LONGEST_COUNTED and r[0] == EDGE and state.used.get(r, 0) < proven[r]]
        return _likeliest([(r[1:], _beginning(known, r[1:], language)) for r in begun])
    for size in range(LONGEST_COUNTED - 1, 0, -1):
        context = state.text[-size:]
        free = [c for c in followers.get(context, ()) if state.used.get(context + c, 0) < proven[context + c]]
        if free:
            return _likeliest([(c, max(language.likelihood(known, c), _LEAST) if han(c) else _UNPROVEN) for c in free])
    free = [c for c in followers.get("", ()) if state.used.get(c, 0) < proven[c]]
    return _likeliest([(c, _UNPROVEN * language.likelihood(known, c)) for c in free])


def _follows(known: str, begun: str, language: LanguageModel) -> float:
    return _beginning(known, begun, language) if begun else _UNPROVEN


def _beginning(known: str, ngram: str, language: LanguageModel) -> float:
    """Return how likely an n-gram is after what is known: the geometric mean of its characters."""
    likelihood = 1.0
    for character in ngram:
        likelihood *= max(language.likelihood(known, character), _LEAST) if han(character) else _UNPROVEN
        known += han(character)
    return float(likelihood ** (1 / len(ngram)))


def _likeliest(options: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted((o for o in options if o[1] > 0), key=lambda o: (-o[1], o[0]))[:_BEAM]


def leaks(texts: Iterable[str], true: str, phrases: SetPhrases) -> list[tuple[int, int]]:
    """Return where rebuilt texts hold stretches of the true sentence that are too long and no set phrase.

    `true` is the sentence's Han characters; a leak (a, b) is true[a:b], at least `phrases.length` long.
    """
    places = defaultdict(list)
    for i, window in enumerate(phrases.windows(true)):
        if window not in phrases:
            places[window].append(i)
    rebuilt = {w for text in texts for w in phrases.windows(han(text)) if w in places}
    starts = sorted({i for window in rebuilt for i in places[window]})
    found: list[tuple[int, int]] = []
    for i in starts:
        if found and i <= found[-1][1] - phrases.length + 1:
            found[-1] = (found[-1][0], i + phrases.length)
        else:
            found.append((i, i + phrases.length))
    return found
