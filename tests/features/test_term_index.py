"""The terms of many sentences at once against those of one after the other."""

import copy
import pickle
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.documents.clauses import split_clauses
from classifier.features.csr import CsrCounts, TermOccurrences, count_entries
from classifier.features.term_counts import count_known_terms
from classifier.features.term_index import Vocabulary, build_vocabulary, find_terms, prefix_closed
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize, jieba_tokenizer, load_tokenizer
from classifier.settings import Settings
from tests.matrices import dense
from tests.strategies import USER_WORDS, normalized_lists, term_settings


@pytest.fixture(scope="module", params=[load_tokenizer, jieba_tokenizer])
def tokenize(request: pytest.FixtureRequest) -> Tokenize:
    made: Tokenize = request.param(USER_WORDS)
    return made


def counted(found: TermOccurrences, columns: int) -> tuple[CsrCounts, CsrCounts]:
    """The counts of sentences and of clauses."""
    row, column = (np.concatenate(parts) for parts in zip(*found.groups, strict=True))
    assert all((np.diff(clause) >= 0).all() for clause, _ in found.groups)
    return (
        count_entries(found.row_to_sentence[row], column, found.sentences, columns),
        count_entries(row, column, len(found.row_to_sentence), columns),
    )


@settings(deadline=None, max_examples=300)
@given(normalized_lists, term_settings, st.integers(1, 3))
def test_terms_are_those_of_sentences_one_by_one(
    tokenize: Tokenize, sentences: list[str], options: Settings, step: int
) -> None:
    every = sorted({t for sentence in sentences for t in sentence_terms(sentence, tokenize, options)})
    known = prefix_closed(every[::step])
    term_to_column = {term: i for i, term in enumerate(known)}
    found = find_terms(sentences, build_vocabulary(known), tokenize, options)
    whole, clauses = counted(found, len(known))
    assert (dense(whole) == dense(count_known_terms(sentences, term_to_column, tokenize, options))).all()
    filled = [row for row in zip(found.row_to_sentence.tolist(), dense(clauses).tolist(), strict=True) if any(row[1])]
    one_by_one = [
        (i, row)
        for i, sentence in enumerate(sentences)
        for row in dense(count_known_terms(split_clauses(sentence), term_to_column, tokenize, options)).tolist()
        if any(row)
    ]
    assert filled == one_by_one


def test_vocabulary_gives_its_terms_back() -> None:
    known = sorted(["c建", "c|建", "c建设农田", "w建设", "w0", "c0.", "caaaa"])
    assert list(build_vocabulary(known).terms) == known


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))])
def test_a_copied_vocabulary_makes_its_tables_again(copied: Callable[[Vocabulary], Vocabulary]) -> None:
    made = build_vocabulary(["c建", "w建设"])
    assert (made.word_columns["建设"], made.terms) == (1, ("c建", "w建设"))
    found = copied(made)
    assert set(vars(found)) == {"ngrams", "words"}
    assert (found.word_columns, found.terms) == (made.word_columns, made.terms)
