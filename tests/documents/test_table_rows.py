import pytest

from classifier.documents.parse import from_text
from classifier.documents.table_rows import is_row
from classifier.records import Kind

OTHER, HEADING, PARAGRAPH = Kind.OTHER, Kind.HEADING, Kind.PARAGRAPH


@pytest.mark.parametrize(
    "line",
    [
        "水稻面积\t万亩\t3.2",
        "学校\t12",
        "危桥改造 座 6 9 50%",
        "3 北溪大桥 县交通局 1.8",
        "4 卫生院 0.6 县卫健局 2025",
        "客流 万人次 —",
        "| 水稻面积 | 万亩 | 一般 |",
        "│学校│所│",
    ],
)
def test_rows_of_figures(line: str) -> None:
    assert is_row(line, 0, "")


@pytest.mark.parametrize(
    "line",
    [
        "一、\t兴修水利",
        "二、 2014 年 工作回顾",
        "关于 2024 年 工作 安排",
        "坚定信心 凝心聚力 建设美丽北溪",
        "修路架桥。\t新建公路12公里。\t县交通局",
        "新 修 公 路 1 2",
        "新增就业 4200 人",
        "修渠 12 公里, 办学 2 所",
        "| 修路架桥",
        "修路 | 架桥 | 办学",
        "北溪县人民政府县长 林 一舟",
    ],
)
def test_other_lines_with_blanks(line: str) -> None:
    assert not is_row(line, 0, "下一行是正文。")


TABLES = """一、主要指标
名称\t单位\t数量
公路\t公里\t86
群众满意
北溪镇 南溪镇
二、重点项目
序号 项目 单位 投资
1 北溪大桥 县交通局 1.8
合计 1.8
抓紧开工。
"""


def test_rows_of_tables_are_other_and_head_nothing() -> None:
    first, second = "一、主要指标", "二、重点项目"
    found = from_text(TABLES).paragraphs
    kinds = [HEADING, OTHER, OTHER, HEADING, HEADING, HEADING, OTHER, OTHER, OTHER, PARAGRAPH]
    assert [p.kind for p in found] == kinds
    assert [p.heading for p in found if p.kind is OTHER] == [(first,)] * 2 + [(second,)] * 3
    assert found[-1].heading == (second,)
