import json
import re
import subprocess
import sys

import pytest
from hypothesis import given

from classifier.documents.parse import from_text
from classifier.documents.structure import parse_lines, single_paragraph
from classifier.readers.lines import RawLine
from classifier.records import Kind, Paragraph
from tests.conftest import PROJECT
from tests.golden_files import GOLDEN, outline
from tests.strategies import documents


@given(documents)
def test_every_line_with_text_gives_one_record(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text)
    expected = [(n, line.strip()) for n, line in enumerate(lines, start=1) if line.strip()]
    paragraphs = parse_lines([RawLine(line, n) for n, line in enumerate(lines, start=1)])
    assert [(p.line, p.text) for p in paragraphs] == expected
    assert [p.number for p in paragraphs] == list(range(1, len(expected) + 1))


@given(documents)
def test_sentences_lie_in_their_text_in_order(text: str) -> None:
    for paragraph in from_text(text).paragraphs:
        ends = [0, *(s.end for s in paragraph.sentences)]
        assert all(a <= s.start < s.end for a, s in zip(ends, paragraph.sentences, strict=False))
        assert ends[-1] <= len(paragraph.text)


REPORT = """第三版：新闻 总第12期 >2022-01-30编印
2022年重点工作安排
（2022年1月5日在云峡县第十届人民代表大会第二次会议上）
云峡县人民政府县长 林一舟
各位代表：
现在，我代表县人民政府作工作报告。
一、2021年工作回顾
一年来，我们主要做了以下工作：
（一）产业发展提速。引进项目12个。开工8个。
工业增加值增长8%。
（二）民生持续改善
新建学校三所。
- 3 -
二、2022年工作安排
1.优化营商环境。
审批时限压缩三成。
2.修路架桥。改造国道12公里。收入增加。三、加强自身建设
改进作风。
各位代表！让我们携手前进！
名词解释
1.“两山”：指一种发展理念。
附件1
"""
TITLE, HEADING, PARAGRAPH, SALUTATION, OTHER = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.SALUTATION, Kind.OTHER


@pytest.fixture(scope="module")
def report() -> dict[int, Paragraph]:
    return {p.line: p for p in from_text(REPORT).paragraphs}


def test_kinds_of_a_report(report: dict[int, Paragraph]) -> None:
    found = [report[n].kind for n in sorted(report)]
    front = [OTHER, TITLE, OTHER, OTHER, SALUTATION, PARAGRAPH]
    body = [HEADING, HEADING, PARAGRAPH, PARAGRAPH, HEADING, PARAGRAPH, OTHER, HEADING, HEADING, *[PARAGRAPH] * 4]
    assert found == [*front, *body, OTHER, OTHER, OTHER]


def test_headings_above(report: dict[int, Paragraph]) -> None:
    assert report[6].heading == ()
    assert report[10].heading == ("一、2021年工作回顾", "（一）产业发展提速。")
    assert report[12].heading == ("一、2021年工作回顾", "（二）民生持续改善")
    assert report[14].heading == ()
    assert report[16].heading == ("二、2022年工作安排", "1.优化营商环境。")
    assert report[18].heading == ("三、加强自身建设",)


def test_a_glued_heading_carries_nothing(report: dict[int, Paragraph]) -> None:
    *_, last = report[17].sentences
    assert report[17].text[last.start : last.end] == "三、加强自身建设"
    assert last.normalized == ""


def test_offsets_count_the_raw_text() -> None:
    (paragraph,) = from_text("\u3000\u3000加快\u200b發展。 一是招商\u200b引資；二是興業。\n").paragraphs
    parts = [paragraph.text[s.start : s.end] for s in paragraph.sentences]
    assert parts == ["加快\u200b發展。", "一是招商\u200b引資；", "二是興業。"]
    assert [s.normalized for s in paragraph.sentences] == ["加快发展。", "一是招商引资;", "二是兴业。"]


def test_items_of_a_list_open_no_sections() -> None:
    text = "四、推进技术改造\n要做好三件事：\n一、节约能源；\n二、节约材料；\n三、综合利用。\n这些都要抓紧。"
    paragraphs = from_text(text).paragraphs
    assert [p.kind for p in paragraphs] == [HEADING, HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH, PARAGRAPH]
    assert all(p.heading[0] == "四、推进技术改造" for p in paragraphs[1:])


def test_the_last_line_is_no_title() -> None:
    text = "各位代表：\n一、做好招商引资工作。\n2024年招商引资工作安排"
    assert [p.kind for p in from_text(text).paragraphs] == [SALUTATION, HEADING, HEADING]
    assert single_paragraph("扎实推进乡村振兴重点工作安排").kind is HEADING


def test_front_matter_over_several_lines() -> None:
    lines = ["云峡县2022年", "政府工作报告", "――2022年1月5日在第十届人民代表大会上", "云峡县人民政府县长", "林一舟"]
    text = "\n".join([*lines, "各位代表：", "一年来，成绩很大。"])
    kinds_found = [p.kind for p in from_text(text).paragraphs]
    assert kinds_found == [OTHER, TITLE, OTHER, OTHER, OTHER, SALUTATION, PARAGRAPH]


def test_items_inside_brackets_stay_there() -> None:
    (paragraph,) = from_text("推进“三个一批”（一是签约一批；二是开工一批）项目建设。").paragraphs
    assert len(paragraph.sentences) == 1


# A pattern that took quadratic time would need minutes for any of these; a parse of all takes a second.
LONG_LINES = """
from classifier import compiled
from classifier.documents.parse import from_text
for compiled.BUILT in {compiled.BUILT, False}:
    for text in ("1" + " " * 200_000 + "中共", "中[" + " " * 200_000 + "x", "中(a)。" * 100_000, "(" * 200_000):
        assert from_text(text).paragraphs
"""


def test_long_odd_lines_do_not_hang() -> None:
    subprocess.run([sys.executable, "-c", LONG_LINES], check=True, timeout=60)


def test_wrapped_lines_are_no_headings() -> None:
    first = "坚持以人民为中心的发展思想，加快补齐民生短板，持续推进基本公共服务均等化，着力办好教育"
    text = f"{first}\n医疗养老等公共服务提质扩面\n让群众有更多获得感。"
    assert [p.kind for p in from_text(text).paragraphs] == [PARAGRAPH] * 3


def test_a_single_paragraph_keeps_its_lines_together() -> None:
    paragraph = single_paragraph("第一行。\n第二行。")
    assert [paragraph.text[s.start : s.end] for s in paragraph.sentences] == ["第一行。", "第二行。"]


@pytest.mark.parametrize("name", [p.stem for p in sorted((PROJECT / "seeds" / "reports").glob("*.txt"))])
def test_sample_reports_keep_their_structure(name: str) -> None:
    """`python -m tests.golden_files` writes these files anew; read the difference before committing it."""
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert outline(PROJECT / "seeds" / "reports" / f"{name}.txt") == expected


def headings_of(text: str) -> list[tuple[str, ...]]:
    return [p.heading for p in from_text(text).paragraphs]


def test_a_numbered_paragraph_has_its_parents_as_heading_and_no_sibling() -> None:
    long = "（三）" + "持续推进北溪镇水库除险加固，" * 6 + "新修渠道8公里。"
    first, second = "（一）兴修水利。新修渠道12公里。\n水库蓄水达标。", "（二）办好教育。新建学校两所。"
    text = f"一、今年任务\n{first}\n{second}\n{long}\n校舍翻新。"
    section, lead = "一、今年任务", "（一）兴修水利。"
    assert headings_of(text) == [(), (section,), (section, lead), (section,), (section,), (section,)]


def test_numbers_stand_below_the_lead_of_a_paragraph() -> None:
    text = "一、今年任务\n（一）兴修水利。分两步。\n1.清淤。清淤3公里。\n2.加固。加固一座。\n（二）办学。新建学校。"
    section, lead = "一、今年任务", "（一）兴修水利。"
    assert headings_of(text) == [(), (section,), (section, lead), (section, lead), (section,)]


def test_a_list_that_counts_from_one_again_is_below_its_section() -> None:
    item = "坚持从北溪镇的实际出发，有计划地改善饮水、道路、校舍和卫生院，" * 2 + "使群众得到实惠。"
    text = f"二、今年任务\n（一）关于农村\n一、{item}\n二、{item}\n三、加强自身建设\n改进作风。"
    below = ("二、今年任务", "（一）关于农村")
    assert headings_of(text) == [(), below[:1], below, below, (), ("三、加强自身建设",)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（二）狠抓招商。新签约项目12个。", PARAGRAPH),
        ("（二）狠抓招商！新签约项目12个", PARAGRAPH),
        ("（二）狠抓招商。", HEADING),
        ("（二）狠抓招商，", PARAGRAPH),
        ("（二）办好“田间学校。”", HEADING),
        ("（二）狠抓招商。（责任单位：北溪镇商务所）", HEADING),
    ],
)
def test_a_short_line_with_content_of_its_own_is_no_heading(line: str, kind: Kind) -> None:
    assert [p.kind for p in from_text(f"一、今年任务\n{line}\n开工8个。").paragraphs] == [HEADING, kind, PARAGRAPH]


@pytest.mark.parametrize(
    "line", ["单位：亿元", "（单位：万亩、%）", "数据来源：县统计局", "政策解读：《供水办法》解读"]
)
def test_what_stands_around_a_table_or_text_is_no_heading(line: str) -> None:
    assert [p.kind for p in from_text(f"一、今年任务\n{line}\n开工8个。").paragraphs] == [
        HEADING,
        Kind.OTHER,
        PARAGRAPH,
    ]


def test_a_short_heading_in_front_is_no_name() -> None:
    assert [p.kind for p in from_text("一、回顾\n修路三条。").paragraphs] == [HEADING, PARAGRAPH]
