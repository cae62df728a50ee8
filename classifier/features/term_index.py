"""The known terms of many normalized sentences at once: the fast way to what terms.py says of one sentence."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import AnyInts, Bools, Ints
from classifier.characters import (
    BASIC,
    COMMA,
    EDGE,
    FIRST_HAN,
    LAST_HAN,
    LINE,
    MASK,
    NUMBER_PATTERN,
    OTHER_PAUSES,
    PERCENT,
    WORD_SIGNS,
)
from classifier.features import ngram_table
from classifier.features.csr import TermOccurrences
from classifier.features.ngram_table import Keys
from classifier.features.terms import NGRAM_PREFIX, WORD_PREFIX
from classifier.features.tokenizer import Tokenize
from classifier.settings import Settings

NONE, BEGINS = -1, -2  # in place of a column: an unknown word or character; the beginning of a clause

Codes = NDArray[np.uint32]


def _table_of(characters: str, *ranges: tuple[str, str]) -> Bools:
    """Return for each character of the basic plane whether it is one of these, shape (BASIC,)."""
    table = np.zeros(BASIC, dtype=np.bool_)
    table[[ord(c) for c in characters]] = True
    for low, high in ranges:
        table[ord(low) : ord(high) + 1] = True
    return table


_IS_WORD = _table_of(WORD_SIGNS, (FIRST_HAN, LAST_HAN), ("a", "z"), ("0", "9"))  # must be what NOT_WORD leaves
_IS_DIGIT = _table_of("", ("0", "9"))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The terms of a model: character n-grams first, then words, each part in the order of its strings.

    ngrams: shape (n-grams,), their keys; for each of three and more characters, the n-gram without its last character
    is there too. words: the words. Their columns follow those of the n-grams.
    """

    ngrams: Keys
    words: tuple[str, ...]

    def __len__(self) -> int:
        """The number of terms."""
        return len(self.ngrams) + len(self.words)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is computed when it is needed."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms as strings, sorted; one for each column."""
        return (
            *(NGRAM_PREFIX + ngram_table.ngram_of_key(int(k)) for k in self.ngrams),
            *(WORD_PREFIX + w for w in self.words),
        )

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each term."""
        return {term: i for i, term in enumerate(self.terms)}

    @cached_property
    def single_characters(self) -> AnyInts:
        """The column of each single character of the basic plane, NONE for most; shape (BASIC,)."""
        single = np.flatnonzero(self.ngrams < BASIC)
        columns = np.full(BASIC, NONE, dtype=np.int32)
        columns[self.ngrams[single].astype(np.int64)] = single
        return columns

    @cached_property
    def ngram_table(self) -> ngram_table.NgramTable:
        """The table that finds the columns of character n-grams."""
        return ngram_table.build_ngram_table(self.ngrams)

    @cached_property
    def word_columns(self) -> dict[str, int]:
        """The column of each word; the sign before a clause has BEGINS."""
        return {LINE: BEGINS} | {word: i for i, word in enumerate(self.words, start=len(self.ngrams))}


def build_vocabulary(terms: Sequence[str]) -> Vocabulary:
    """Return the vocabulary of terms, which are sorted and prefix-closed."""
    ngrams = [t[1:] for t in terms if t[0] == NGRAM_PREFIX]
    return Vocabulary(ngram_table.ngram_keys(ngrams), tuple(t[1:] for t in terms if t[0] == WORD_PREFIX))


def prefix_closed(terms: Sequence[str], known: AbstractSet[str] = frozenset()) -> list[str]:
    """Return sorted terms without the n-grams of three characters and more whose beginning is not among them.

    known: other terms that may be the beginning of one.

    >>> prefix_closed(["c乡村", "c乡村振", "c村振兴", "w乡村"])
    ['c乡村', 'c乡村振', 'w乡村']
    """
    kept: set[str] = set()
    for term in terms:  # what an n-gram begins with stands before it
        if term[0] == WORD_PREFIX or len(term) <= len(NGRAM_PREFIX) + 2 or term[:-1] in kept or term[:-1] in known:
            kept.add(term)
    return [term for term in terms if term in kept]


def find_terms(
    sentences: Sequence[str], vocabulary: Vocabulary, tokenize: Tokenize, settings: Settings
) -> TermOccurrences:
    """Find the known terms of normalized sentences, clause by clause."""
    codes = _codes(sentences, settings.mask_numbers)
    is_word = _IS_WORD[codes]
    is_line = codes == ord(LINE)
    begins = is_line | _pauses(codes)  # a clause begins here: the pause or line end itself belongs to it
    place_to_clause = np.cumsum(begins) - 1
    words = _words(codes, is_word, begins, vocabulary, tokenize)
    ngrams = [(place_to_clause[places], columns) for places, columns in _ngrams(codes, is_word, vocabulary, settings)]
    clause_to_sentence = (np.cumsum(is_line) - 1)[begins][:-1]  # the last line end begins no clause
    return TermOccurrences((words, *ngrams), clause_to_sentence, len(sentences))


class TermSpans(NamedTuple):
    """Where known terms stand in sentences; all arrays have shape (occurrences,), sentences ascend.

    clause: counted through all sentences. start, end: in the normalized sentence.
    """

    sentence: Ints
    clause: Ints
    column: Ints
    start: Ints
    end: Ints


def find_term_spans(
    sentences: Sequence[str], vocabulary: Vocabulary, tokenize: Tokenize, settings: Settings
) -> TermSpans:
    """Find the known terms of normalized sentences as `find_terms` does, with their places.

    An n-gram that touches punctuation has the place of its other characters, and one of a masked number that of it all.
    """
    codes = _codes(sentences, settings.mask_numbers)
    is_word, is_line = _IS_WORD[codes], codes == ord(LINE)
    begins = is_line | _pauses(codes)
    tokens = _tokens(codes, is_word, begins, tokenize)
    length = np.fromiter(map(len, tokens), np.int64, len(tokens))
    first = np.cumsum(length) - length
    column = np.fromiter(map(vocabulary.word_columns.get, tokens, repeat(NONE)), np.int64, len(tokens))
    found = [(first[column >= 0], (first + length)[column >= 0], column[column >= 0])]
    for n, (places, columns) in enumerate(_ngrams(codes, is_word, vocabulary, settings), start=1):
        found.append((places + ~is_word[places], places + n - ~is_word[places + n - 1], columns.astype(np.int64)))
    start, end, column = (np.concatenate(part) for part in zip(*found, strict=True))
    sentence = (np.cumsum(is_line) - 1)[start]
    places = _places(sentences, settings.mask_numbers)
    begin = places[np.flatnonzero(is_line)] + 1
    order = np.argsort(sentence, kind="stable")
    start, end, column, sentence = start[order], end[order], column[order], sentence[order]
    clause = (np.cumsum(begins) - 1)[start]
    return TermSpans(sentence, clause, column, places[start] - begin[sentence], places[end] - begin[sentence])


def _places(sentences: Sequence[str], mask_numbers: bool) -> Ints:
    """Return the place in the joined sentences of each character of `_codes`."""
    joined = join_sentences(sentences)
    text = joined.lower()
    places = np.arange(len(text))
    if len(text) != len(joined):  # a few capitals become two characters
        places = np.repeat(np.arange(len(joined)), [len(character.lower()) for character in joined])
    if not mask_numbers:
        return places
    kept = np.ones(len(text), dtype=np.bool_)
    for match in NUMBER_PATTERN.finditer(text):
        kept[match.start() + 1 : match.end()] = False
    return places[kept]


def join_sentences(sentences: Sequence[str]) -> str:
    """Return all sentences as one text, with a line end before, between and after them."""
    text = LINE.join(["", *sentences, ""])
    if text.count(LINE) != len(sentences) + 1:  # a line end inside a sentence separates words, not sentences
        text = LINE.join(["", *(sentence.replace(LINE, " ") for sentence in sentences), ""])
    return text


def _codes(sentences: Sequence[str], mask_numbers: bool) -> Codes:
    """Return the characters of all sentences as whole numbers."""
    text = join_sentences(sentences).lower()
    if mask_numbers:
        text = NUMBER_PATTERN.sub(MASK, text)
    codes: Codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.minimum(codes, np.uint32(BASIC - 1))


def _pauses(codes: Codes) -> Bools:
    """Return where PAUSE of characters.py matches, shape (characters,); masked numbers do not change it."""
    pause: Bools = np.isin(codes, [ord(c) for c in OTHER_PAUSES])
    comma = np.flatnonzero(codes == ord(COMMA))
    before, after = codes[comma - 1], codes[comma + 1]
    pause[comma] = ~((_IS_DIGIT[before] | (before == ord(PERCENT))) & _IS_DIGIT[after])
    return pause


def _words(
    codes: Codes, is_word: Bools, begins: Bools, vocabulary: Vocabulary, tokenize: Tokenize
) -> tuple[Ints, AnyInts]:
    """Return the clauses of known words, ascending, and their columns."""
    tokens = _tokens(codes, is_word, begins, tokenize)
    columns = np.fromiter(map(vocabulary.word_columns.get, tokens, repeat(NONE)), np.int32, len(tokens))
    known = columns >= 0
    return (np.cumsum(columns == BEGINS) - 1)[known], columns[known]


def _tokens(codes: Codes, is_word: Bools, begins: Bools, tokenize: Tokenize) -> Sequence[str]:
    """Return the words of all sentences, with LINE where a clause begins and spaces for all else between words."""
    signs = np.where(is_word, codes, np.where(begins, ord(LINE), ord(" ")))
    return tokenize(signs.astype("<u4").tobytes().decode("utf-32-le"))


def _ngrams(codes: Codes, is_word: Bools, vocabulary: Vocabulary, settings: Settings) -> Iterator[tuple[Ints, AnyInts]]:
    """Yield for each length where known character n-grams begin, ascending, and their columns.

    One of three characters and more is looked for only where the one without its last character was found.
    """
    if not settings.char_ngrams:
        return
    columns = vocabulary.single_characters[np.where(is_word, codes, 0)]
    places = np.flatnonzero(columns != NONE)
    yield places, columns[places]
    base = np.where(is_word, codes, ord(EDGE)).astype(np.uint64)
    pair = is_word[:-1] | is_word[1:] if settings.edges else is_word[:-1] & is_word[1:]
    places = np.flatnonzero(pair)
    keys = base[places]
    for n in range(2, settings.char_ngrams + 1):
        keys = (keys << np.uint64(ngram_table.BITS_OF_CHARACTER)) | base[places + n - 1]
        found, columns = vocabulary.ngram_table.find(keys)
        places, keys = places[found], keys[found]
        yield places, columns
        inside = places + n < len(base)
        places, keys = places[inside], keys[inside]
