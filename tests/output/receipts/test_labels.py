"""Every kind that any reader counts has its words, in both languages."""

import ast

import pytest

from classifier.messages import speak
from classifier.output.receipts.labels import COUNT_LABELS, GROUP_LINES, Group, format_label
from classifier.readers.formats import FORMATS, Holds
from classifier.readers.lines import CountKind
from classifier.readers.passing_over import counted_words
from classifier.readers.raw import PassedOver
from tests.conftest import PROJECT


def test_every_kind_has_words() -> None:
    assert set(COUNT_LABELS) == set(CountKind)
    assert set(GROUP_LINES) == set(Group) == {label.group for label in COUNT_LABELS.values()}


def test_what_is_passed_over_is_told_with_the_remedy() -> None:
    told = counted_words(dict.fromkeys(PassedOver, 1)).split(", 1 ")
    assert len(told) == len(PassedOver)
    assert "document of a format that is not read (save it as .docx or .pdf)" in told


def test_formats_have_their_names_in_the_language_of_the_user() -> None:
    speak("zh")
    assert [format_label(form.name) for form in FORMATS if form.holds is Holds.TEXT] == [
        "纯文本",
        "Word",
        "PDF",
        "网页",
        "MHTML",
        "Markdown",
        "Word 97-2003",
        "RTF",
        "OpenDocument 文档",
        "OFD",
    ]


@pytest.mark.parametrize("kind", CountKind)
def test_the_words_say_how_many(kind: CountKind) -> None:
    words = COUNT_LABELS[kind].words
    assert words(1).split(" ")[0] == "1"
    assert words(1234).split(" ")[0] == "1,234"
    assert words(1).removeprefix("1") != words(2).removeprefix("2")  # one thing and several are told apart


def test_readers_name_what_they_count_by_the_table() -> None:
    """A kind as a plain string may be misspelt, and then has no words."""
    as_strings = [
        f"{path.relative_to(PROJECT)}: {ast.unparse(node)}"
        for path in sorted((PROJECT / "classifier" / "readers").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if counts_by_string(node)
    ]
    assert as_strings == []


def counts_by_string(node: ast.AST) -> bool:
    """Whether code is `counts["kind"]` or `counts={"kind": …}`."""
    match node:
        case ast.Subscript(value=ast.Name(id="counts") | ast.Attribute(attr="counts"), slice=ast.Constant(value=str())):
            return True
        case ast.keyword(arg="counts", value=ast.Dict(keys=keys)):
            return any(isinstance(key, ast.Constant) for key in keys)
    return False


@pytest.mark.parametrize("code", ['counts["lines_joined"] += 1', 'read(counts={"lines": 1})', 'self.counts["x"] += 1'])
def test_a_planted_string_is_found(code: str) -> None:
    assert any(map(counts_by_string, ast.walk(ast.parse(code))))


def test_formats_have_words_in_chinese() -> None:
    speak("zh")
    try:
        assert [format_label(name) for name in ("plain text", "web page", "Word")] == ["纯文本", "网页", "Word"]
    finally:
        speak(None)
