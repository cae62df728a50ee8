"""The kernel's sentences against those of the patterns in documents/sentences.py."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import compiled
from classifier.documents.normalize import fold
from classifier.documents.sentences import split_sentences
from classifier.records import Sentence
from tests.strategies import any_line, lines


@settings(max_examples=500)
@given(st.one_of(lines, any_line))
def test_sentences_are_those_of_the_patterns(raw: str) -> None:
    text = fold(raw).text
    found = compiled.kernel.split(text, Sentence)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "BUILT", False)
        assert found is None or found == split_sentences(text)


def test_most_lines_need_no_patterns() -> None:
    text = "新建高标准农田3.5万亩(含水田1万亩);粮食总产稳定。“三产”融合加快!"
    assert [s.normalized for s in compiled.kernel.split(text, Sentence) or []] == [
        "新建高标准农田3.5万亩(含水田1万亩);",
        "粮食总产稳定。",
        "“三产”融合加快!",
    ]
    assert compiled.kernel.split("抓好两件事:一是修路,二是办学。", Sentence) is None


def test_what_is_no_named_tuple_is_refused() -> None:
    with pytest.raises(TypeError, match="no named tuple"):
        compiled.kernel.split("建设", int)  # type: ignore[arg-type]
