"""Where the terms of one normalized sentence stand in it, and in which of its clauses."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from classifier.characters import EDGE, MASK, NOT_WORD, NUMBER_PATTERN, PAUSE
from classifier.features.terms import NGRAM_PREFIX, WORD_PREFIX, is_word_of_signs
from classifier.features.tokenizer import Tokenize
from classifier.settings import Settings


class TermPlace(NamedTuple):
    """A term, written as in `sentence_terms`, where it stands in its sentence, and the clause, counted from 0."""

    term: str
    start: int
    end: int
    clause: int


def term_places(sentence: str, tokenize: Tokenize, settings: Settings) -> Iterator[TermPlace]:
    """Yield each term of a normalized sentence that `sentence_terms` yields, with its place.

    An n-gram that touches punctuation has the place of its other characters.
    """
    text, offsets = _masked(sentence, settings.mask_numbers)
    pauses = [match.start() for match in PAUSE.finditer(sentence)]
    for first, segment in _segments(text):
        places = offsets[first : first + len(segment) + 1]
        clause = bisect_right(pauses, places[0])
        for term, a, b in _terms_of_segment(segment, tokenize, settings):
            yield TermPlace(term, places[a], places[b], clause)


def _masked(sentence: str, mask_numbers: bool) -> tuple[str, list[int]]:
    """Return the sentence in small letters with its numbers masked, and the place of each character and of the end."""
    offsets = [i for i, character in enumerate(sentence) for _ in character.lower()] + [len(sentence)]
    text = sentence.lower()
    if not mask_numbers:
        return text, offsets
    kept: list[int] = []
    end = 0
    for match in NUMBER_PATTERN.finditer(text):
        kept += [*offsets[end : match.start()], offsets[match.start()]]
        end = match.end()
    return NUMBER_PATTERN.sub(MASK, text), kept + offsets[end:]


def _segments(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in NOT_WORD.finditer(text):
        if gap.start() > start:
            yield start, text[start : gap.start()]
        start = gap.end()
    if start < len(text):
        yield start, text[start:]


def _terms_of_segment(segment: str, tokenize: Tokenize, settings: Settings) -> Iterator[tuple[str, int, int]]:
    start = 0
    for word in tokenize(segment):
        if not is_word_of_signs(word):
            yield WORD_PREFIX + word, start, start + len(word)
        start += len(word)
    length = len(segment)
    edge = EDGE if settings.edges else ""
    for n in range(1, settings.char_ngrams + 1):
        text, shift = (segment, 0) if n == 1 else (edge + segment + edge, len(edge))
        for i in range(len(text) - n + 1):
            yield NGRAM_PREFIX + text[i : i + n], max(i - shift, 0), min(i - shift + n, length)
