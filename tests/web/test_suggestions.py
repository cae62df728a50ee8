"""Files of suggestions: what they may hold, what is made of it, and what is told of faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.documents.parse import from_text
from classifier.errors import LabelError
from classifier.model.model import Model
from classifier.records import Kind
from classifier.web.suggestions import MOST_SUGGESTIONS, decidable, is_suggestions, read_suggestions
from tests.web.conftest import REPORT

AREAS = ("farms", "schools", "roads")
ROW: dict[str, Any] = {"document": "a.txt", "line": 3, "text": "改造国道3公里。招聘教师3名。"}


def written(place: Path, *rows: object) -> Path:
    place.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return place


def test_what_predict_writes_can_be_reviewed(small_model: Model, tmp_path: Path) -> None:
    document = from_text(REPORT, "dir/某县.txt")
    rows = [p.to_dict(document.name) for p in small_model.predict(document)]
    place = written(tmp_path / "a.jsonl", *rows)
    assert is_suggestions(place)
    found = read_suggestions(place, AREAS)
    assert [s.document for s in found] == ["dir/某县.txt"] * len(rows)
    for suggestion, paragraph in zip(found, document.paragraphs, strict=True):
        assert suggestion.paragraph._replace(number=0) == paragraph._replace(number=0)


def test_labels_that_may_be_wrong_are_kept(tmp_path: Path) -> None:
    rows = [{**ROW, "labelled": ["roads"]}, {**ROW, "labelled": []}, ROW]
    found = read_suggestions(written(tmp_path / "a.jsonl", *rows), AREAS)
    assert [s.labelled for s in found] == [{"roads"}, frozenset(), None]


def test_a_row_needs_little(tmp_path: Path) -> None:
    (found,) = read_suggestions(written(tmp_path / "a.jsonl", ROW), AREAS)
    assert (found.paragraph.line, found.paragraph.kind, len(found.paragraph.sentences)) == (3, Kind.PARAGRAPH, 2)
    assert (found.why, found.about, decidable(found.paragraph)) == ("", None, True)


def test_reasons_and_areas_in_question_are_kept(tmp_path: Path) -> None:
    row = {**ROW, "why": ["near the threshold", "rare area"], "about": ["roads"]}
    (found,) = read_suggestions(written(tmp_path / "a.jsonl", row), AREAS)
    assert (found.why, found.about) == ("near the threshold · rare area", frozenset({"roads"}))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"document": "a", "line": 1}, "needs a text"),
        ({**ROW, "text": " "}, "its text is empty"),
        ({**ROW, "about": []}, "'about' is no list"),
        ({**ROW, "about": "roads"}, "'about' is no list"),
        ({**ROW, "about": ["ecology"]}, "area ecology is not in the taxonomy"),
        ({**ROW, "labelled": [1]}, "'labelled' is no list"),
        ([1], "needs a text"),
    ],
)
def test_faults_are_told_by_line(tmp_path: Path, row: object, told: str) -> None:
    with pytest.raises(LabelError, match=f"line 2: {told}"):
        read_suggestions(written(tmp_path / "a.jsonl", ROW, row), AREAS)


def test_at_most_twenty_faults_are_told(tmp_path: Path) -> None:
    with pytest.raises(LabelError) as error:
        read_suggestions(written(tmp_path / "a.jsonl", *[{}] * 50), AREAS)
    assert len(str(error.value).splitlines()) == 20


def test_a_page_has_so_many_rows_at_most(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="more than 5000 rows"):
        read_suggestions(written(tmp_path / "a.jsonl", *[ROW] * (MOST_SUGGESTIONS + 1)), AREAS)


@pytest.mark.parametrize("content", ["", "{", '{"text": "甲"}\n', '{"document": "a", "text": "甲"}\n', "[]\n", "\x00"])
def test_other_files_are_no_suggestions(tmp_path: Path, content: str) -> None:
    place = tmp_path / "a.jsonl"
    place.write_text(content, encoding="utf-8")
    assert not is_suggestions(place)
    assert not is_suggestions(tmp_path)
    assert not is_suggestions(tmp_path / "nowhere.jsonl")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


KEYS = (*ROW, "labelled", "why", "about", "kind", "heading", "page")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(row=st.dictionaries(st.sampled_from(KEYS), json_values))
def test_any_row_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, row: dict[str, object]) -> None:
    place = written(tmp_path_factory.getbasetemp() / "any.jsonl", {**ROW, **row})
    try:
        (found,) = read_suggestions(place, AREAS)
    except LabelError as error:
        assert len(str(error).splitlines()) == 1
    else:
        text = found.paragraph.text
        assert all(0 <= s.start < s.end <= len(text) for s in found.paragraph.sentences)


def test_half_a_character_is_replaced_wherever_it_stands(tmp_path: Path) -> None:
    half = "县" + chr(0xD83D)
    place = tmp_path / "a.jsonl"
    row = {**ROW, "document": half, "text": half, "why": [half], "heading": [half]}
    place.write_text(json.dumps(row) + "\n", encoding="utf-8")  # as an escape
    (found,) = read_suggestions(place, AREAS)
    texts = (found.document, found.paragraph.text, found.why, *found.paragraph.heading)
    assert texts == ("县\ufffd",) * 4
