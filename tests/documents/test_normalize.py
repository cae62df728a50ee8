import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.normalize import (
    fold,
    fold_lines,
    is_normalized,
    normalize,
    normalize_text,
    normalize_with_places,
    simplify,
)
from classifier.documents.parse import from_text
from classifier.records import Kind
from tests.strategies import any_line, lines


@given(any_line)
def test_offsets_lead_back_to_the_raw_text(raw: str) -> None:
    folded = fold(raw)
    places = [folded.raw(i) for i in range(len(folded.text) + 1)]
    assert places[-1] == len(raw)
    assert all(a < b for a, b in pairwise(places))


@given(lines)
def test_folding_twice_changes_nothing(raw: str) -> None:
    once = fold(raw).text
    assert fold(once).text == once


@given(st.lists(st.one_of(lines, any_line), max_size=8))
def test_lines_are_folded_together_as_each_by_itself(raw: list[str]) -> None:
    assert fold_lines(raw) == [fold(line) for line in raw]


def test_an_odd_line_leaves_its_neighbours_alone() -> None:
    first, second = fold_lines(["乾隆，\u200b年间", "乾隆，年间"])
    assert (first.text, first.offsets, first.raw_length) == ("乾隆,年间", (0, 1, 2, 4, 5), 6)
    assert (second.text, second.offsets, second.raw_length) == ("乾隆,年间", None, 5)
    assert [line.text for line in fold_lines(["鄉村，振興", "乾隆年间"])] == ["乡村,振兴", "乾隆年间"]


@pytest.mark.parametrize(
    "text",
    [
        "道路【2】",
        "道路[12]",
        "道路〔3〕",
        "道路(注1)",
        "见www.a.cn",
        "见https://a.cn/b",
        "公号“某某”整理",
        "道 路",
        "道\t路",
    ],
)
def test_what_is_left_out_is_seen_at_once(text: str) -> None:
    assert not is_normalized(text)
    assert len(normalize(text)) < len(text)


def test_widths_are_folded() -> None:
    assert fold("ＧＤＰ增长７．５％，（一）　⼯业").text == "GDP增长7.5%,(一) 工业"


def test_traditional_forms_become_simplified() -> None:
    assert (
        simplify("鄉村振興，里程碑，房間裡，皇后，然後，幹部，產業與産業")
        == "乡村振兴，里程碑，房间里，皇后，然后，干部，产业与产业"
    )


def test_simplified_text_is_left_alone() -> None:
    text = "乾隆年间，著名的瞭望塔，于右任、沈阳、余姚。"
    assert simplify(text) == text


def test_footnotes_and_watermarks_carry_nothing() -> None:
    assert normalize("物流体系【22】建设[3],开拓市场〔14〕") == "物流体系建设,开拓市场"
    assert normalize_text("引進品牌，帶動閑置公號“某某寫材料”整理編輯地塊開發。") == "引进品牌,带动闲置地块开发。"


def test_names_in_quotes_are_no_watermark() -> None:
    text = "开通公众号“招商发布”,发布政策120条。"
    assert normalize(text) == text


def test_small_forms_are_folded() -> None:
    assert fold("1﹒修路﹐30％﹔﹙含桥梁﹚﹕办学﹪").text == "1.修路,30%;(含桥梁):办学%"


def test_radicals_become_the_characters_that_they_stand_for() -> None:
    assert fold("居⺠增⻓，粮⻝⻛电汽⻋⻄部⻰头⻅效⾏⼈").text == "居民增长,粮食风电汽车西部龙头见效行人"
    radicals = [chr(code) for code in range(0x2E81, 0x2EF4) if chr(code) != "\u2e9a"]
    assert [r for r in radicals if fold(r).text in (r, "")] == []


def test_invisible_characters_are_dropped() -> None:
    format_characters = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) == "Cf"]
    others = [
        "\ufe0e",
        "\U000e0100",
        "\U000e01ef",
        "\u034f",
        "\u115f",
        "\u1160",
        "\u3164",
        "\uffa0",
        "\ufffc",
        "\ue000",
        "\uf8ff",
        "\ufdd0",
    ]
    assert [c for c in (*format_characters, *others) if fold(f"修{c}路").text != "修路"] == []
    assert fold("修\U000e0100路\u2066。").offsets == (0, 2, 4)


@pytest.mark.parametrize("blank", ["\ue5e5", "\ue4c6", "\uf020", "\xa0", "\u3000"])
def test_blanks_for_private_use_are_spaces(blank: str) -> None:
    assert normalize_text(f"{blank}{blank}北溪镇{blank}修路。") == "北溪镇修路。"
    (paragraph,) = from_text(f"{blank}{blank}一、兴修水利").paragraphs
    assert paragraph.kind is Kind.HEADING


@given(st.one_of(lines, any_line))
def test_places_lead_from_the_normalized_text_to_the_raw_one(raw: str) -> None:
    text, places = normalize_with_places(raw)
    assert text == normalize(fold(raw).text)
    assert len(places) == len(text) + 1
    assert all(a < b for a, b in pairwise(places))
    assert all(
        fold(raw[place]).text == character or character != raw[place]
        for character, place in zip(text, places[:-1], strict=True)
    )


def test_forms_of_vertical_text_are_folded() -> None:
    assert fold("一︑修路︐架桥︒︵二︶办学︓《︽").text == "一、修路,架桥。(二)办学:《《"
