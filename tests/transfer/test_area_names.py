"""Areas are found by whatever people call them, and written so that they are found again."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.records import Area
from classifier.transfer.area_names import AreaNames
from classifier.transfer.rows import WHOLE, Passage, WrittenRow
from classifier.transfer.sheet_columns import all_columns, is_column_name, sheet_columns_of
from tests.conftest import AREAS


def test_ids_and_names_of_both_languages_are_found() -> None:
    names = AreaNames(AREAS, "zh")
    assert [names.find(n) for n in ("farms", " FARMS ", "农业", "Ｆａｒｍｓ", "海洋")] == ["farms"] * 4 + [None]


def test_a_name_that_two_areas_have_is_not_found_and_not_written() -> None:
    names = AreaNames((Area("a", "道路", "Roads"), Area("b", "道路", "Streets"), Area("c", "桥", "a")), "zh")
    assert names.find("道路") is None
    assert names.find("a") == "a"  # an id goes before a name
    assert names.shown == {"a": "a", "b": "b", "c": "桥"}


texts = st.sampled_from(
    ["行", "正文", "已核对", "无", "areas", "text", "记录", "定位", "农业", "a", "最小差距", "A（得分）"]
)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5), st.sampled_from(["zh", "en"]))
def test_the_columns_that_are_written_are_the_columns_that_are_read(names: list[tuple[str, str]], lang: str) -> None:
    """Whatever areas are called, be it like another column."""
    areas = [Area(f"area{n}", zh, en) for n, (zh, en) in enumerate(names)]
    own = AreaNames(areas, lang, is_column_name)
    scores = {area.id: 0.5 for area in areas}
    row = WrittenRow(Passage("1", "a.txt", "县", ((0, 1),)), WHOLE, {}, True, own.ids, scores, "why")
    columns = all_columns(own, [row])
    found = sheet_columns_of(columns, AreaNames(areas, "zh"))
    first = 5  # before those of areas
    assert found.areas == {area.id: first + n for n, area in enumerate(areas)}
    assert found.own["text"] == first - 1
    assert found.own["checked"] == first + len(areas)
    assert found.anchors == [len(columns) - 1]
    assert found.twice == []
