import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.documents.parse import read_document
from classifier.features.tokenizer import Tokenize, jieba_tokenizer, jieba_with, rjieba_tokenizer, segments
from classifier.features.user_dictionary import read_policy_terms, user_words, word_frequencies
from classifier.readers.sources import sources
from classifier.resources import terms_folder
from tests.strategies import any_line, lines

Engines = tuple[Tokenize, Tokenize]


@pytest.fixture(scope="module")
def words() -> dict[str, int]:
    return word_frequencies(user_words(read_policy_terms(terms_folder()), mask_numbers=True))


@pytest.fixture(scope="module")
def engines(words: dict[str, int]) -> Engines:
    pytest.importorskip("rjieba", reason="rjieba has no wheel here; jieba is used alone")
    return jieba_tokenizer(words), rjieba_tokenizer(words)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.one_of(lines, any_line, st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=30)))
def test_both_engines_tokenize_generated_text_alike(engines: Engines, words: dict[str, int], text: str) -> None:
    jieba, rjieba = engines
    for segment in segments(text, mask_numbers=False):
        one, other = jieba(segment), rjieba(segment)
        # Where one character stands many times over, several results are as likely, and each engine may take its own.
        assert one == other or abs(likelihood(one, words) - likelihood(other, words)) < 1e-9


def likelihood(tokens: list[str], words: dict[str, int]) -> float:
    """The logarithm of the likelihood of words, which both engines maximise."""
    dictionary = jieba_with(words)
    return sum(math.log((dictionary.FREQ.get(t) or 1) / dictionary.total) for t in tokens)


@pytest.mark.slow
def test_both_engines_tokenize_every_real_paragraph_alike(engines: Engines, shared: Path) -> None:
    jieba, rjieba = engines
    compared = 0
    every = sources(str(shared / "corpus")) + sources(str(shared / "seeds"))
    for source in [one for one in every if one.passed_over is None]:
        for paragraph in read_document(source).paragraphs:
            for sentence in paragraph.sentences:
                for segment in segments(sentence.normalized, mask_numbers=True):
                    assert rjieba(segment) == jieba(segment), segment
            compared += 1
    print(f"{compared} paragraphs, the same tokens")
    assert compared > 12_000


def test_user_words_stay_whole(engines: Engines, words: dict[str, int]) -> None:
    jieba, _ = engines
    broken = [word for word in words if jieba(word) != [word]]
    assert not broken


def test_segments() -> None:
    assert segments("PM2.5浓度降至35微克,“5G基站”1.2万个!", True) == ["pm0浓度降至0微克", "0g基站", "0万个"]
    assert segments("增长7.5%", False) == ["增长7.5%"]
    assert segments("。、 ", True) == []
