"""Files that are damaged or made to harm end in faults, and in nothing else."""

import copy
import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import ClassifierError
from classifier.transfer.anchor import anchor_text, read_anchor
from classifier.transfer.registry import recognised_labels
from classifier.transfer.rows import WHOLE, Passage, WrittenRow
from tests.transfer.states import IDS, planned, read, write

JSON_FORMATS = ("jsonl", "label-studio", "doccano", "prodigy", "argilla")
TEXT = "新建小学五所。改造国道。"
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.sampled_from(["", "farms", TEXT]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "value", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)


def rows() -> list[WrittenRow]:
    passage = Passage("1", "a.txt", TEXT, ((0, 7), (7, 12)), ("一、教育",), 4)
    values = {"farms": False, "schools": True, "roads": False}
    return [WrittenRow(passage, WHOLE, values, True, IDS), WrittenRow(passage, 1, values, True, IDS)]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, below in inner for place in places(below, (*path, key)))]


@pytest.mark.parametrize("name", JSON_FORMATS)
def test_any_value_may_stand_anywhere(name: str, tmp_path: Path) -> None:
    text = write(rows(), name, tmp_path).read_text(encoding="utf-8")
    objects = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]

    @settings(max_examples=150, deadline=None)
    @given(st.sampled_from(places(objects[0])[1:]), anything)
    def check(place: tuple[Any, ...], value: Any) -> None:
        changed = copy.deepcopy(objects[0])
        within = changed
        for key in place[:-1]:
            within = within[key]
        within[place[-1]] = value
        path = tmp_path / "x.json"
        path.write_text(json.dumps([changed, *objects[1:]]), encoding="utf-8")
        try:
            planned(read(path, name))
        except ClassifierError as error:
            assert str(path) in str(error)

    check()


@settings(deadline=None)
@given(st.sampled_from(JSON_FORMATS), st.lists(anything, max_size=3))
def test_any_json_is_read_or_refused(name: str, values: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        for act in (lambda: recognised_labels(path), lambda: planned(read(path, name))):
            try:
                act()
            except ClassifierError as error:
                assert str(path) in str(error)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(data)
        try:
            planned(read(path, recognised_labels(path)))
        except ClassifierError as error:
            assert str(path) in str(error)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_an_anchor_has_only_what_gbk_has_and_tells_the_row(text: str) -> None:
    row = WrittenRow(Passage("1", text, text, ((0, len(text)),), (text,), 1), 1, {"farms": True}, False, IDS)
    anchor = anchor_text(row)
    assert anchor.isprintable()
    assert anchor.encode("gbk").decode("gbk") == anchor
    assert read_anchor(anchor) == row


@given(st.sampled_from(range(60)), st.text(max_size=3))
def test_a_damaged_anchor_is_told(place: int, other: str) -> None:
    anchor = anchor_text(rows()[0])
    damaged = anchor[:place] + other + anchor[place + 1 :]
    with suppress(ValueError):
        assert isinstance(read_anchor(damaged), WrittenRow)


def test_half_a_character_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(r'{"text": "\ud83d\ude00 \ud83d", "label": ["farms"]}', encoding="utf-8")
    with pytest.raises(ClassifierError, match="line 1: half a character"):
        read(path, "doccano")
    with pytest.raises(ValueError, match="surrogate"):
        read_anchor(anchor_text(rows()[0]).replace("新", r"\ud83d"))
