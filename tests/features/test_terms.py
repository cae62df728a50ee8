import pytest
from hypothesis import given, settings

from classifier.documents.clauses import split_clauses
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize, jieba_tokenizer, load_tokenizer
from classifier.settings import Settings
from tests.strategies import USER_WORDS, normalized, term_settings


@pytest.fixture(scope="module", params=[load_tokenizer, jieba_tokenizer])
def tokenize(request: pytest.FixtureRequest) -> Tokenize:
    made: Tokenize = request.param(USER_WORDS)
    return made


def test_terms_of_a_sentence() -> None:
    found = list(sentence_terms("新建学校3所,修路。", jieba_tokenizer({}), Settings(char_ngrams=2)))
    assert found[:4] == ["w新建", "w学校", "w0", "w所"]
    assert {"c校0", "c|新", "c所|", "c|修"} <= set(found)
    assert "c|" not in found
    assert "c所修" not in found


@settings(deadline=None)
@given(normalized, term_settings)
def test_no_term_crosses_the_end_of_a_clause(tokenize: Tokenize, sentence: str, options: Settings) -> None:
    assert sorted(t for part in split_clauses(sentence) for t in sentence_terms(part, tokenize, options)) == sorted(
        sentence_terms(sentence, tokenize, options)
    )
