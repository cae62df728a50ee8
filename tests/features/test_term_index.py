"""The fast count of many sentences against the plain one of a single sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.documents.clauses import split_clauses
from classifier.features import ngram_table
from classifier.features.csr import CsrCounts, TermOccurrences, count_entries
from classifier.features.term_counts import count_known_terms
from classifier.features.term_index import build_vocabulary, find_terms, prefix_closed
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize, jieba_tokenizer, load_tokenizer
from classifier.settings import Settings

WORDS = {"高标准农田": 1000, "招商引资": 1000}
PIECES = [
    *"一建设农田修路;:,。!“”%.-+&#_aZ079 \t\n",
    "高标准农田",
    "招商引资",
    "12,345",
    "7.5%",
    "1.2.3",
    "GDP",
    "İ",
    "𠀀",
    "㐀",
    "|",
]
sentences = st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=6)
choices = st.builds(
    Settings, char_ngrams=st.integers(0, 4), edges=st.booleans(), mask_numbers=st.booleans(), sublinear=st.booleans()
)


@pytest.fixture(scope="module", params=[load_tokenizer, jieba_tokenizer])
def cut(request: pytest.FixtureRequest) -> Tokenize:
    made: Tokenize = request.param(WORDS)
    return made


def dense(counts: CsrCounts) -> list[list[float]]:
    out = np.zeros((counts.rows, counts.columns))
    out[counts.row_of_entry(), counts.indices] = counts.data
    return out.tolist()


def counted(found: TermOccurrences, columns: int) -> tuple[CsrCounts, CsrCounts]:
    """The counts of sentences and of clauses."""
    row, column = (np.concatenate(parts) for parts in zip(*found.groups, strict=True))
    assert all((np.diff(clause) >= 0).all() for clause, _ in found.groups)
    return (
        count_entries(found.row_to_sentence[row], column, found.sentences, columns),
        count_entries(row, column, len(found.row_to_sentence), columns),
    )


@settings(deadline=None, max_examples=300)
@given(sentences, choices, st.integers(1, 3))
def test_terms_are_those_of_sentences_one_by_one(
    cut: Tokenize, plains: list[str], options: Settings, step: int
) -> None:
    known = prefix_closed(sorted({t for plain in plains for t in sentence_terms(plain, cut, options)})[::step])
    place = {term: i for i, term in enumerate(known)}
    found = find_terms(plains, build_vocabulary(known), cut, options)
    whole, parts = counted(found, len(known))
    assert dense(whole) == dense(count_known_terms(plains, place, cut, options))
    filled = [row for row in zip(found.row_to_sentence.tolist(), dense(parts), strict=True) if any(row[1])]
    book = [
        (i, row)
        for i, p in enumerate(plains)
        for row in dense(count_known_terms(split_clauses(p), place, cut, options))
        if any(row)
    ]
    assert filled == book


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), choices)
def test_clauses_cut_no_term(cut: Tokenize, plain: str, options: Settings) -> None:
    assert sorted(t for part in split_clauses(plain) for t in sentence_terms(part, cut, options)) == sorted(
        sentence_terms(plain, cut, options)
    )


def test_vocabulary_gives_its_terms_back() -> None:
    known = sorted(["c建", "c|建", "c建设农田", "w建设", "w0", "c0.", "caaaa"])
    assert list(build_vocabulary(known).terms) == known


@given(st.sets(st.integers(1, 2**64 - 1), max_size=200), st.lists(st.integers(1, 2**64 - 1), max_size=50))
def test_a_table_finds_its_keys_and_no_others(held: set[int], others: list[int]) -> None:
    keys = np.array(sorted(held), dtype=np.uint64)
    wanted = [*sorted(held), *others, *sorted(held)[::-1]]
    places, numbers = ngram_table.build_ngram_table(keys).find(np.array(wanted, dtype=np.uint64))
    assert places.tolist() == [i for i, key in enumerate(wanted) if key in held]
    assert [sorted(held)[n] for n in numbers] == [key for key in wanted if key in held]


def test_a_table_holds_keys_that_want_the_same_slot() -> None:
    """Keys whose products with the multiplier differ in low bits only."""
    inverse = pow(int(ngram_table.MULTIPLIER), -1, 2**64)
    keys = np.array([(i * inverse) % 2**64 for i in range(1, 40)], dtype=np.uint64)
    assert [part.tolist() for part in ngram_table.build_ngram_table(keys).find(keys)] == [list(range(39))] * 2
