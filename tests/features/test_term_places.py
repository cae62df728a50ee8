from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.clauses import split_clauses
from classifier.documents.normalize import normalize_text
from classifier.features.term_places import term_places
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import load_tokenizer
from classifier.settings import Settings
from tests.strategies import USER_WORDS, any_line, lines

SETTINGS = [Settings(), Settings(mask_numbers=False, char_ngrams=2, edges=False), Settings(char_ngrams=0)]


@given(st.one_of(lines, any_line), st.sampled_from(SETTINGS))
def test_the_terms_are_those_that_are_counted(raw: str, settings: Settings) -> None:
    tokenize, sentence = load_tokenizer(USER_WORDS), normalize_text(raw)
    placed = Counter(place.term for place in term_places(sentence, tokenize, settings))
    assert placed == Counter(sentence_terms(sentence, tokenize, settings))


def places_of(sentence: str, term: str) -> list[tuple[int, int, int]]:
    return [tuple(p)[1:] for p in term_places(sentence, load_tokenizer({}), Settings()) if p.term == term]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("w修路", [(0, 2, 0), (11, 13, 1)]),
        ("c修路", [(0, 2, 0), (11, 13, 1)]),
        ("c|修路", [(0, 2, 0), (11, 13, 1)]),  # the edge has no place of its own
        ("c0公", [(2, 6, 0)]),  # the whole number is masked
        ("w公里", [(5, 7, 0)]),
    ],
)
def test_places_are_of_the_sentence_as_it_is(term: str, expected: list[tuple[int, int, int]]) -> None:
    assert places_of("修路8.5公里GDP,修路。", term) == expected


@given(lines)
def test_clauses_are_numbered_as_they_are_split(raw: str) -> None:
    sentence = normalize_text(raw)
    spans, start = [], 0
    for clause in split_clauses(sentence):
        start = sentence.index(clause, start)
        spans.append((start, start + len(clause)))
        start += len(clause)
    of_clause: dict[int, set[int]] = {}
    for place in term_places(sentence, load_tokenizer({}), Settings()):
        inside = [a <= place.start and place.end <= b for a, b in spans]
        assert inside.count(True) == 1
        of_clause.setdefault(place.clause, set()).add(inside.index(True))
    assert all(len(found) == 1 for found in of_clause.values())
