"""The attempt to rebuild a sentence from its terms, with which an extract is tested before it is given away."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from classifier.extracts.language import LONGEST, Language, SetPhrases, han
from classifier.model.terms import CHARACTERS, JOINT

LONGEST_TEXT = 300


def pieces(terms: Mapping[str, int]) -> Counter[str]:
    """Return the character runs, of one to LONGEST characters, that the terms of a sentence prove, with counts."""
    found: Counter[str] = Counter()
    for term, n in terms.items():
        text = term[1:].replace(JOINT, "")
        if term[0] == CHARACTERS:
            found[text] = max(found[text], n)
            continue
        inside = Counter(text[i : i + k] for k in range(1, LONGEST + 1) for i in range(len(text) - k + 1))
        for run, times in inside.items():
            found[run] = max(found[run], n * times)
    return found


def rebuild(terms: Mapping[str, int], language: Language) -> list[str]:
    """Return texts rebuilt from the terms of a sentence, as well as their runs and the language allow.

    From each run of LONGEST characters that no text holds yet, the text grows to the right: by the longest run
    that continues it and is not used up; among several, by the likelier character; where no run continues it,
    by a remaining character that the language knows in this place.
    """
    proven = pieces(terms)
    followers: dict[str, list[str]] = defaultdict(list)
    for run in proven:
        followers[run[:-1]].append(run[-1])
    texts: list[str] = []
    whole = [run for run in proven if len(run) == LONGEST]
    ends = {run[1:] for run in whole}
    for start in sorted(whole, key=lambda run: (run[:-1] in ends, run)):  # first those that nothing precedes
        if not any(start in text for text in texts):
            texts.append(_grow(start, proven, followers, language))
    return texts


def _grow(start: str, proven: Mapping[str, int], followers: Mapping[str, list[str]], language: Language) -> str:
    text = start
    used = Counter(text[i : i + k] for k in range(1, LONGEST + 1) for i in range(LONGEST - k + 1))
    while len(text) < LONGEST_TEXT:
        character = _next(text, proven, followers, used, language)
        if character is None:
            break
        text += character
        used.update(text[-k:] for k in range(1, LONGEST + 1))
    return text


def _next(
    text: str,
    proven: Mapping[str, int],
    followers: Mapping[str, list[str]],
    used: Mapping[str, int],
    language: Language,
) -> str | None:
    for size in range(LONGEST - 1, 0, -1):
        context = text[-size:]
        free = [c for c in followers.get(context, ()) if used[context + c] < proven[context + c]]
        if free:
            return max(free, key=lambda c: (language.likelihood(text, c), c))
    free = [c for c in followers.get("", ()) if used[c] < proven[c]]
    best = max(free, key=lambda c: (language.likelihood(text, c), c), default=None)
    return best if best is not None and language.likelihood(text, best) > 0 else None


def leaks(texts: Iterable[str], true: str, phrases: SetPhrases) -> list[tuple[int, int]]:
    """Return where rebuilt texts hold runs of the true sentence that are longer than allowed and no set phrase.

    `true` is the sentence's Han characters; a leak (a, b) is true[a:b], at least `phrases.length` long.
    """
    places = defaultdict(list)
    for i, window in enumerate(phrases.windows(true)):
        if window not in phrases:
            places[window].append(i)
    rebuilt = {w for text in texts for w in phrases.windows(han(text)) if w in places}
    starts = sorted({i for window in rebuilt for i in places[window]})
    runs: list[tuple[int, int]] = []
    for i in starts:
        if runs and i <= runs[-1][1] - phrases.length + 1:
            runs[-1] = (runs[-1][0], i + phrases.length)
        else:
            runs.append((i, i + phrases.length))
    return runs
