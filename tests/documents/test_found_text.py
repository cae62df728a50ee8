"""Documents as people find them: furniture of web pages, odd marks, contents, notes on who is responsible."""

import pytest

from classifier.documents.parse import from_text, parse_bytes
from classifier.documents.pattern_text import pattern_text
from classifier.records import Kind, Paragraph

TITLE, HEADING, PARAGRAPH, SALUTATION, OTHER = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.SALUTATION, Kind.OTHER


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    return from_text(text).paragraphs


def kinds(*lines: str) -> list[Kind]:
    return [p.kind for p in paragraphs("\n".join(lines))]


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务公开 > 政府工作报告",
        "您现在的位置：首页>政务公开",
        "发布时间：2024-01-20　信息来源：北溪县政府网　浏览次数：1024",
        "字号：[大 中 小]",
        "【字体：大 中 小】",
        "【打印本页】【关闭窗口】",
        "[打印] [收藏] [关闭]",
        "分享到：",
        "扫一扫在手机打开当前页",
        "上一篇：北溪县2023年政府工作报告",
        "相关链接",
        "附件下载：北溪县报告.docx",
        "北溪县政府工作报告.pdf",
        "责编：王远",
        "（本报记者 王远 摄）",
        "图为北溪县新修的公路。",
        "图1 北溪县水系",
        "主办：北溪县人民政府办公室　网站标识码：1234567890",
        "某ICP备12345678号-1",
        "版权所有 北溪县人民政府",
        "发文机关：北溪县人民政府",
        "北溪县人民政府网站",
        "【返回顶部】【打印本稿】",
        "图片说明：新修的公路",
        "（文/图 王远）",
        "建议使用某某9.0以上浏览器",
        "（责任单位：县教育局、县财政局）",
        "牵头单位：县教育局",
    ],
)
def test_furniture_of_web_pages_is_other(line: str) -> None:
    report = ["北溪县政府工作报告", "各位代表：", "一、去年工作", "建设公路八公里。"]
    assert kinds(line, *report)[0] == OTHER
    found = paragraphs("\n".join([*report, line, "发展农业，建设水利。"]))
    assert [p.kind for p in found[-2:]] == [OTHER, PARAGRAPH]
    assert found[-1].heading == ("一、去年工作",)


@pytest.mark.parametrize(
    "line",
    [
        "扫一扫缴费的窗口增加到八个，办事更快。",
        "资金来源渠道更多，投资增长8%。",
        "首页专栏发布信息三百条，点击量增长。",
        "版权保护加强，查处案件三起。",
        "责任单位落实措施，整改问题八个。",
    ],
)
def test_what_only_begins_like_furniture_is_text(line: str) -> None:
    assert kinds("一、去年工作", line)[-1] == PARAGRAPH


@pytest.mark.parametrize("blank", [" ", "\u3000", "  "])
def test_a_title_is_one_with_its_letters_apart(blank: str) -> None:
    title = blank.join("政府工作报告")
    found = paragraphs(f"{title}\n各位代表：\n一、去年工作\n建设公路八公里，发展农业。")
    assert found[0].kind is TITLE
    assert kinds(f"北溪县{blank}{title}", "各位代表：")[0] is TITLE


@pytest.mark.parametrize("mark", ["一 、", "一．", "一.", "一、 ", "一 ．"])
@pytest.mark.parametrize("below", ["（ 一 ）", "(一)．", "（一） ", "（一）、"])
def test_marks_are_known_however_they_are_spaced(mark: str, below: str) -> None:
    found = paragraphs(f"{mark}去年工作\n{below}抓好农业\n扩大播种面积，新建大棚。")
    assert [p.kind for p in found] == [HEADING, HEADING, PARAGRAPH]
    assert found[-1].heading == (f"{mark}去年工作", f"{below}抓好农业")


@pytest.mark.parametrize(
    "text", ["3 .5公里", "1.2亿元", "第1.2节", "U.S. A", "第 1 期", "2024.1.18", "一 是修路", "(2024年) 计划"]
)
def test_what_is_no_mark_keeps_its_blanks(text: str) -> None:
    assert pattern_text(text) == text


@pytest.mark.parametrize("stop", [".", "．", "｡", ". ", "． "])
def test_dots_end_sentences_for_the_rules_of_headings(stop: str) -> None:
    text = "一、去年工作\n（一）抓好农业。扩大播种面积。新建大棚8个。\n（二）抓好教育。新建学校四所。\n收入增长。"
    found, dotted = paragraphs(text), paragraphs(text.replace("。", stop))
    assert [(p.kind, len(p.heading), len(p.sentences)) for p in found] == [
        (p.kind, len(p.heading), len(p.sentences)) for p in dotted
    ]


def test_responsible_offices_leave_the_next_line_a_heading() -> None:
    assert kinds(
        "一、今年工作",
        "抓好教育",
        "新建学校四所（责任单位：县教育局、县财政局）",
        "改善医疗",
        "新建医院两所。（县卫生健康局负责）",
        "发展旅游",
        "接待游客十万人次。",
    ) == [HEADING, HEADING, PARAGRAPH, HEADING, PARAGRAPH, HEADING, PARAGRAPH]


@pytest.mark.parametrize("leader", ["……………3", "......... 3", "·····（3）", "\t3", "  3", "_____-3-", "…… 12"])
def test_a_table_of_contents_is_other(leader: str) -> None:
    headings = ["一、去年工作", "二、今年工作"]
    contents = [f"{heading}{leader}" for heading in headings]
    body = [headings[0], "建设公路八公里，发展农业。", headings[1], "办好学校，改善民生。"]
    assert kinds("目　录", *contents, *body) == [OTHER] * 3 + [HEADING, PARAGRAPH] * 2


def test_a_table_of_contents_without_page_numbers_is_other() -> None:
    headings = ["一、去年工作", "二、今年工作"]
    body = [headings[0], "建设公路八公里，发展农业。", headings[1], "办好学校，改善民生。"]
    assert kinds("目录", *headings, *body) == [OTHER] * 3 + [HEADING, PARAGRAPH] * 2


def test_several_sentences_are_no_heading_without_a_stop_at_their_end() -> None:
    assert kinds("一、去年工作", "文化、体育……各项事业进步。新增学位三百个…", "公路延长。学校增加") == [
        HEADING,
        PARAGRAPH,
        PARAGRAPH,
    ]


@pytest.mark.parametrize("blank", [" ", "\u200b"])
def test_a_heading_of_blanks_is_short_above_other_lines(blank: str) -> None:
    text = f"（一）去年{blank * 10_000}工作。\n" + "建设公路八公里，发展农业。\n" * 3
    assert max(len(h) for p in paragraphs(text) for h in p.heading) <= 200


def test_english_between_chinese_is_other() -> None:
    assert kinds("一、去年工作", "I. Review of last year", "建设公路八公里。", "We built roads.") == [
        HEADING,
        OTHER,
        PARAGRAPH,
        OTHER,
    ]


def test_a_text_without_chinese_has_paragraphs_and_a_note() -> None:
    found = parse_bytes(b"We built 30 schools.\n- 2 -\nI. Review of work in 2023\n", "a.txt", "a.txt", ".txt")
    assert [p.kind for p in found.paragraphs] == [PARAGRAPH, OTHER, PARAGRAPH]
    assert found.notes == ("a.txt: no Chinese text in this file; areas are told of Chinese alone",)
