"""Plain sentences to the known terms in them, many at a time: the fast way to what terms.py says one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import AnyInts, Bools, Ints
from classifier.features import ngram_table
from classifier.features.csr import TermOccurrences
from classifier.features.ngram_table import Keys
from classifier.features.terms import EDGE, NGRAM_PREFIX, WORD_PREFIX
from classifier.features.tokenizer import MASK, NUMBER_PATTERN, Tokenize
from classifier.settings import Settings

LINE = "\n"  # between sentences
NONE, BEGINS = -1, -2  # in place of a column: an unknown word, the beginning of a clause
BASIC = 0x10000  # the characters of the basic plane; no others stand in words

Codes = NDArray[np.uint32]


def _marked(characters: str, *ranges: tuple[str, str]) -> Bools:
    marks = np.zeros(BASIC, dtype=np.bool_)
    marks[[ord(c) for c in characters]] = True
    for low, high in ranges:
        marks[ord(low) : ord(high) + 1] = True
    return marks


IS_WORD = _marked("+#&._%-", ("\u4e00", "\u9fd5"), ("a", "z"), ("0", "9"))  # as in tokens.NOT_WORD
IS_DIGIT = _marked("", ("0", "9"))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The terms of a model: runs of characters first, then words, each part in the order of its strings.

    ngrams: shape (runs,), the keys of the runs; with each of three characters and more, the one that it begins with is
    among them. words: the words. Their columns follow those of the runs.
    """

    ngrams: Keys
    words: tuple[str, ...]

    def __len__(self) -> int:
        """The number of terms."""
        return len(self.ngrams) + len(self.words)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms as strings, sorted; one for each column."""
        return (
            *(NGRAM_PREFIX + ngram_table.ngram_of_key(int(k)) for k in self.ngrams),
            *(WORD_PREFIX + w for w in self.words),
        )

    @cached_property
    def single_characters(self) -> AnyInts:
        """The column of each single character of the basic plane, NONE for most; shape (BASIC,)."""
        single = np.flatnonzero(self.ngrams < BASIC)
        columns = np.full(BASIC, NONE, dtype=np.int32)
        columns[self.ngrams[single].astype(np.int64)] = single
        return columns

    @cached_property
    def ngram_table(self) -> ngram_table.NgramTable:
        """The runs, to be found."""
        return ngram_table.build_ngram_table(self.ngrams)

    @cached_property
    def word_columns(self) -> dict[str, int]:
        """The column of each word; what a clause begins after has none."""
        return {LINE: BEGINS} | {word: i for i, word in enumerate(self.words, start=len(self.ngrams))}


def build_vocabulary(terms: Sequence[str]) -> Vocabulary:
    """Return the vocabulary of terms, which are sorted and closed."""
    runs = [t[1:] for t in terms if t[0] == NGRAM_PREFIX]
    return Vocabulary(ngram_table.ngram_keys(runs), tuple(t[1:] for t in terms if t[0] == WORD_PREFIX))


def prefix_closed(terms: Sequence[str]) -> list[str]:
    """Return sorted terms without the runs of three characters and more whose beginning is not among them.

    >>> prefix_closed(["c乡村", "c乡村振", "c村振兴", "w乡村"])
    ['c乡村', 'c乡村振', 'w乡村']
    """
    kept: set[str] = set()
    for term in terms:  # what a run begins with stands before it
        if term[0] == WORD_PREFIX or len(term) <= len(NGRAM_PREFIX) + 2 or term[:-1] in kept:
            kept.add(term)
    return [term for term in terms if term in kept]


def find_terms(plains: Sequence[str], vocabulary: Vocabulary, cut: Tokenize, settings: Settings) -> TermOccurrences:
    """Find the known terms of plain sentences, clause by clause."""
    codes = _codes(plains, settings.mask_numbers)
    word = IS_WORD[codes]
    line = codes == ord(LINE)
    begins = line | _pauses(codes)  # a clause begins after it; what is at its place counts to that clause
    clause = np.cumsum(begins) - 1
    words, columns = _words(codes, word, begins, vocabulary, cut)
    runs = [(clause[places], columns) for places, columns in _runs(codes, word, vocabulary, settings)]
    owner = (np.cumsum(line) - 1)[begins][:-1]
    return TermOccurrences(((words, columns), *runs), owner, len(plains))


def join_sentences(plains: Sequence[str]) -> str:
    """Return all sentences as one text, with a line end before, between and after them."""
    text = LINE.join(["", *plains, ""])
    if text.count(LINE) != len(plains) + 1:  # a line end inside a sentence separates words, not sentences
        text = LINE.join(["", *(plain.replace(LINE, " ") for plain in plains), ""])
    return text


def _codes(plains: Sequence[str], mask_numbers: bool) -> Codes:
    """Return the characters of all sentences as whole numbers."""
    text = join_sentences(plains).lower()
    if mask_numbers:
        text = NUMBER_PATTERN.sub(MASK, text)
    codes: Codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.minimum(codes, np.uint32(BASIC - 1))


def _pauses(codes: Codes) -> Bools:
    """Mark what clauses.PAUSE matches; masked numbers do not change it."""
    pause: Bools = (codes == ord(";")) | (codes == ord(":"))
    comma = np.flatnonzero(codes == ord(","))
    pause[comma] = ~((IS_DIGIT[codes[comma - 1]] | (codes[comma - 1] == ord("%"))) & IS_DIGIT[codes[comma + 1]])
    return pause


def _words(codes: Codes, word: Bools, begins: Bools, vocabulary: Vocabulary, cut: Tokenize) -> tuple[Ints, AnyInts]:
    """Return the clauses of known words, ascending, and their columns."""
    plain = np.where(word, codes, np.where(begins, ord(LINE), ord(" ")))
    tokens = cut(plain.astype("<u4").tobytes().decode("utf-32-le"))
    columns = np.fromiter(map(vocabulary.word_columns.get, tokens, repeat(NONE)), np.int32, len(tokens))
    known = columns >= 0
    return (np.cumsum(columns == BEGINS) - 1)[known], columns[known]


def _runs(codes: Codes, word: Bools, vocabulary: Vocabulary, settings: Settings) -> Iterator[tuple[Ints, AnyInts]]:
    """Yield for each length where known runs of characters begin, ascending, and their columns.

    A run of three and more is looked for only where the run without its last character was found.
    """
    if not settings.char_ngrams:
        return
    columns = vocabulary.single_characters[np.where(word, codes, 0)]
    places = np.flatnonzero(columns != NONE)
    yield places, columns[places]
    base = np.where(word, codes, ord(EDGE)).astype(np.uint64)
    pair = word[:-1] | word[1:] if settings.edges else word[:-1] & word[1:]
    places = np.flatnonzero(pair)
    keys = base[places]
    for n in range(2, settings.char_ngrams + 1):
        keys = (keys << np.uint64(ngram_table.BITS_OF_CHARACTER)) | base[places + n - 1]
        found, columns = vocabulary.ngram_table.find(keys)
        places, keys = places[found], keys[found]
        yield places, columns
        whole = places + n < len(base)
        places, keys = places[whole], keys[whole]
