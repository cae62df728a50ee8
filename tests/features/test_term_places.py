from collections import Counter

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from classifier.documents.clauses import split_clauses
from classifier.documents.normalize import normalize_text
from classifier.features.term_index import build_vocabulary, find_term_spans, prefix_closed
from classifier.features.term_places import term_places
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import load_tokenizer
from classifier.settings import Settings
from tests.strategies import USER_WORDS, any_line, lines

SETTINGS = [Settings(), Settings(mask_numbers=False, char_ngrams=2, edges=False), Settings(char_ngrams=0)]


@runs(deadline=None)  # the first run loads the tokenizer
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


@runs(deadline=None)
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


@runs(deadline=None)
@given(st.lists(st.one_of(lines, any_line), min_size=1, max_size=4), st.sampled_from(SETTINGS))
def test_many_sentences_at_once_have_the_same_places(raw: list[str], settings: Settings) -> None:
    tokenize = load_tokenizer(USER_WORDS)
    sentences = [text for line in raw if (text := normalize_text(line).replace("\n", " "))]
    places = [list(term_places(sentence, tokenize, settings)) for sentence in sentences]
    vocabulary = build_vocabulary(prefix_closed(sorted({p.term for own in places for p in own})))
    spans = find_term_spans(sentences, vocabulary, tokenize, settings)
    found = [
        Counter(
            (vocabulary.terms[column], a, b)
            for s, column, a, b in zip(spans.sentence, spans.column, spans.start, spans.end, strict=True)
            if s == i
        )
        for i in range(len(sentences))
    ]
    assert found == [Counter((p.term, p.start, p.end) for p in own if p.term in vocabulary.columns) for own in places]
    for i, own in enumerate(places):  # clauses are divided alike
        of_span = {(p.start, p.end): p.clause for p in own}
        clauses = [
            (clause, of_span[a, b])
            for s, clause, a, b in zip(spans.sentence, spans.clause, spans.start, spans.end, strict=True)
            if s == i
        ]
        assert len(set(clauses)) == len({ours for ours, _ in clauses}) == len({theirs for _, theirs in clauses})
