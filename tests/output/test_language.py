"""Every word that people read stands in one place, in both languages."""

import ast

import pytest

from classifier.output import answer_language, language
from classifier.output.language import Word, Words
from tests.conftest import PROJECT

GROUPS = sorted(Words.__subclasses__(), key=lambda group: group.__name__)
# The card has both languages side by side.
OTHER_PLACES = {f"{module.__name__.rpartition('.')[2]}.py" for module in (language, answer_language)} | {
    "model_card.py"
}


@pytest.mark.parametrize("group", GROUPS)
def test_every_word_is_there_in_both_languages(group: type[Words]) -> None:
    words = {name: word for name, word in vars(group).items() if isinstance(word, Word)}
    assert words
    assert [name for name, word in words.items() if not (word.zh and word.en)] == []
    for name, word in words.items():
        assert (group("zh")[name], group("en")[name]) == (word.zh, word.en)
    assert not [name for name, value in vars(group).items() if isinstance(value, str) and not name.startswith("__")]


def test_a_word_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        language.TableWords("zh")["nothing"]


def chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def test_no_other_output_has_chinese_words_of_its_own() -> None:
    found = [
        (path.name, node.value)
        for path in sorted((PROJECT / "classifier" / "output").rglob("*.py"))
        if path.name not in OTHER_PLACES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and chinese(node.value)
    ]
    assert found == []
