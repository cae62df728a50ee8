"""How the elements of a web page become lines: breaks, lists, tables, hints, pages of Word."""

import pytest

from classifier.readers.html import read_html
from classifier.readers.lines import Place, RawLine

PROSE = "过去一年，全县粮食总产量达到31万吨，新改建农村公路86公里，群众获得感明显增强。"


def lines(body: str) -> list[RawLine]:
    return list(read_html(f"<body><div id=zoom><p>{PROSE}</p>{body}</div></body>".encode(), "a.html").lines[1:])


def texts(body: str) -> list[str]:
    return [line.text for line in lines(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p>细颗粒物（PM<sub>2.5</sub>）<!-- x --><span>下降</span><a href='/1'>8%</a>。",
            ["细颗粒物（PM2.5）下降8%。"],
        ),
        ("<div>修路。<div>建桥。</div>办学。</div>", ["修路。", "建桥。", "办学。"]),
        ("　　修路。<br><br>　　建桥。<br/>办学。", ["修路。", "建桥。", "办学。"]),
        ("<p>&nbsp;&nbsp;&#20840;&#x53BF;&nbsp;GDP&gt;5%。</p><p>&nbsp;</p><p>\u200b</p>", ["全县 GDP>5%。"]),
        ("<p>全县\n  修路</p><p>GDP\ngrowth</p>", ["全县修路", "GDP growth"]),
        ("<pre>修路。\n  建桥。\n\n办学。</pre>", ["修路。", "建桥。", "办学。"]),
        ("<p><span style='display:block'>修路。</span>建桥。</p>", ["修路。", "建桥。"]),
        ("<p>修路。<p>建桥。<ul><li>办学。<li>建站。</ul>", ["修路。", "建桥。", "办学。", "建站。"]),
        ("<dl><dt>交通</dt><dd>修路。</dd></dl><ruby>汀<rt>tīng</rt></ruby>县", ["交通", "修路。", "汀县"]),
    ],
)
def test_lines_break_where_a_browser_breaks_them(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<ol>", ["1.修路", "2.建桥", "7.办学"]),
        ("<ol start=3>", ["3.修路", "4.建桥", "7.办学"]),
        ("<ol type=A>", ["A.修路", "B.建桥", "G.办学"]),
        ("<ol type=i>", ["i.修路", "ii.建桥", "vii.办学"]),
        ("<ol style='list-style-type:cjk-ideographic'>", ["一、修路", "二、建桥", "七、办学"]),
        ("<ol start=10 style='list-style: simp-chinese-informal inside'>", ["十、修路", "十一、建桥", "七、办学"]),
        ("<ol style='list-style-type:decimal-leading-zero'>", ["01.修路", "02.建桥", "07.办学"]),
        ("<style>.n{list-style:none}</style><ol class=n>", ["修路", "建桥", "办学"]),
        ("<ul>", ["修路", "建桥", "办学"]),
    ],
)
def test_numbers_of_lists_are_as_a_browser_shows_them(start: str, expected: list[str]) -> None:
    end = "</ul>" if "<ul" in start else "</ol>"
    assert texts(f"{start}<li>修路</li><li><p>建桥</p></li><li value=7>办学{end}") == expected


def test_a_list_counts_down_and_a_list_within_it_by_itself() -> None:
    body = "<ol reversed><li>修路<ol type=a><li>县道</li><li>乡道</li></ol></li><li>建桥</li></ol>"
    assert texts(body) == ["2.修路", "a.县道", "b.乡道", "1.建桥"]


def test_a_figure_is_not_run_together_with_a_number() -> None:
    assert texts("<ol><li>2024年修路</li></ol>") == ["1. 2024年修路"]


def test_a_table_of_data_is_read_row_by_row() -> None:
    found = lines(
        "<table><caption>主要指标</caption><tr><th>指标</th><th colspan=2>产量</th></tr>"
        "<tr><td rowspan=2>粮食</td><td>夏<br>粮</td><td>12</td></tr><tr><td>秋粮</td><td></td></tr></table>"
    )
    assert [(line.text, line.place) for line in found] == [
        ("主要指标", Place.NOTE),
        ("指标\t产量", Place.TABLE),
        ("粮食\t夏 粮\t12", Place.TABLE),
        ("秋粮", Place.TABLE),
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>一、工作</td></tr><tr><td>{PROSE}<br>{PROSE}</td></tr></table>",
        f"<table><tr><td width=20></td><td>一、工作</td><td></td></tr><tr><td></td><td>{PROSE}<p>{PROSE}"
        "</td><td></td></table>",
        f"<table><tr><td><table><tr><td>一、工作<p>{PROSE}<p>{PROSE}</td></tr></table></td></tr></table>",
    ],
)
def test_a_table_that_only_lays_out_is_text(body: str) -> None:
    assert [(line.text, line.place) for line in lines(body)] == [
        ("一、工作", Place.BODY),
        (PROSE, Place.BODY),
        (PROSE, Place.BODY),
    ]


def test_a_table_in_a_cell_stays_a_table() -> None:
    inner = "<table><tr><td>粮食</td><td>31</td></tr><tr><td>油料</td><td>2</td></tr></table>"
    found = lines(f"<table><tr><td>{PROSE}</td></tr><tr><td>{inner}</td></tr></table>")
    assert [(line.text, line.place) for line in found] == [
        (PROSE, Place.BODY),
        ("粮食\t31", Place.TABLE),
        ("油料\t2", Place.TABLE),
    ]


def test_hints_of_lines() -> None:
    heading, centred, indented, plain = lines(
        "<h3>主要工作</h3><center><b>附</b><strong>表</strong></center>"
        "<p style='text-indent:32px'>　修路。<b>建桥。</b></p><div align=left>办学。</div>"
    )
    assert (heading.level, heading.bold, heading.centered) == (1, True, False)
    assert (centred.text, centred.bold, centred.centered) == ("附表", True, True)
    assert (indented.indent, indented.bold, indented.centered) == (3.0, False, False)
    assert (plain.level, plain.indent, plain.bold) == (None, 0.0, False)


def test_a_page_of_word_has_its_numbers_notes_and_no_running_heads() -> None:
    ignore = "<![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp; </span></span><![endif]>"
    wingdings = "<span style='mso-list:Ignore;font-family:Wingdings'>l<span>&nbsp;</span></span>"
    found = lines(
        f"<p class=MsoNormal style='mso-list:l0 level1 lfo1'>{ignore.format('（一）')}抓好农业<o:p></o:p></p>"
        f"<p class=MsoNormal style='mso-list:l0 level2 lfo1'>{ignore.format('1.')}2024年修路。</p>"
        f"<p class=MsoNormal style='mso-list:l1 level1 lfo2'>{wingdings}建桥。</p>"
        "<!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoNormal><span style='mso-hide:all'>隐</span>办学。</p>"
        "<div style='mso-element:header'><p>页眉</p></div><div style='mso-element:footnote-list'><hr>"
        "<div style='mso-element:footnote'><p class=MsoFootnoteText>[1] 初步统计数。</p></div></div>"
    )
    assert [(line.text, line.place) for line in found] == [
        ("（一）抓好农业", Place.BODY),
        ("1. 2024年修路。", Place.BODY),
        ("建桥。", Place.BODY),
        ("办学。", Place.BODY),
        ("[1] 初步统计数。", Place.NOTE),
    ]


def test_counts_of_lists_and_tables() -> None:
    body = (
        f"<div id=zoom><p>{PROSE}</p><ol><li>修路<li>建桥</ol><ul><li>办学</ul><table><tr><td>粮食<td>1</table></div>"
    )
    assert read_html(body.encode(), "a").counts == {"automatic_numbers": 2, "bullets": 1, "table_rows": 1}
