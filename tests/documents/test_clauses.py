import pytest

from classifier.documents.clauses import split_clauses


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("修路,办学;建园:种树。", ["修路", "办学", "建园", "种树。"]),
        ("投资1,200万元。", ["投资1,200万元。"]),
        ("增长8%,居前列。", ["增长8%", "居前列。"]),
        (",", [","]),
        ("", [""]),
    ],
)
def test_a_sentence_is_split_at_pauses_but_not_inside_figures(sentence: str, clauses: list[str]) -> None:
    assert split_clauses(sentence) == clauses
