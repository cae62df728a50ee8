"""The paragraphs of Word documents: what is shown in Word is read, with its level and look; the rest is dropped."""

import pytest

from classifier.readers.lines import Place
from tests.readers.docx_builder import (
    PROSE,
    abstract,
    field_runs,
    lvl,
    num,
    num_pr,
    one,
    p,
    r,
    read,
    style,
    table,
    texts,
)

# Text in paragraphs.


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (r("新建") + r("学校"), ["新建学校"]),
        (r("第一行") + "<w:r><w:br/></w:r>" + r("第二行"), ["第一行", "第二行"]),
        ('<w:r><w:t>前</w:t><w:br w:type="page"/><w:t>后</w:t><w:cr/><w:t>末</w:t></w:r>', ["前", "后", "末"]),
        ("<w:r><w:t>粮食</w:t><w:tab/><w:t>31万吨</w:t></w:r>", ["粮食\t31万吨"]),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>", ["A-BC"]),
        ("<w:r><w:t> 前后 </w:t></w:r>" + r(" 空"), ["前后 空"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F082"/><w:t>办学</w:t></w:r>', ["②办学"]),
        (r("\uf081办学\uf0fe", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), ["①办学☑"]),
        (r("\uf081办学"), ["\uf081办学"]),
        ('<w:ins w:id="1">' + r("加上的") + "</w:ins>" + r("话"), ["加上的话"]),
        ("<w:moveTo>" + r("移来的") + "</w:moveTo><w:moveFrom>" + r("移走的") + "</w:moveFrom>", ["移来的"]),
        ("<w:del><w:r><w:delText>删去的</w:delText></w:r></w:del>" + r("留下的"), ["留下的"]),
        ('<w:hyperlink r:id="r9">' + r("链接") + "</w:hyperlink>" + r("之后"), ["链接之后"]),
        ('<w:smartTag w:element="x"><w:customXml>' + r("地名") + "</w:customXml></w:smartTag>", ["地名"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", ["控件"]),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("请输入") + "</w:sdtContent></w:sdt>", []),
        ('<w:fldSimple w:instr="DATE">' + r("2024年") + "</w:fldSimple>", ["2024年"]),
        (field_runs("SEQ", r("3")) + r("号"), ["3号"]),
        (field_runs("IF ", field_runs("REF", r("内")) + r("外")), ["内外"]),
        (r("甲") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("乙"), ["甲乙"]),
        (
            "<w:r><w:ruby><w:rt>"
            + r("lán")
            + "</w:rt><w:rubyBase>"
            + r("澜")
            + "</w:rubyBase></w:ruby></w:r>"
            + r("桥"),
            ["澜桥"],
        ),
        (r("看得见") + r("看不见", "<w:vanish/>") + r("又见", '<w:vanish w:val="0"/>'), ["看得见又见"]),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
            + r("以上"),
            ["1/3以上"],
        ),
        ("<w:commentRangeStart/>" + r("正文") + "<w:r><w:commentReference/></w:r>", ["正文"]),
        ("<w:r><w:t>\n 换行\n </w:t></w:r>", ["换行"]),
        ("<w:r><w:drawing/></w:r>", []),
        ("", []),
        (r("　　"), []),
    ],
)
def test_text_of_a_paragraph(content: str, shown: list[str]) -> None:
    assert texts(p(content)) == shown


def test_a_field_over_several_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(p(begin + r("一、回顾")) + p(r("二、打算") + end) + p("正文")) == ["一、回顾", "二、打算", "正文"]


def test_a_field_whose_end_is_deleted_loses_no_text() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "end"))
    assert texts(p(r("前") + begin + f"<w:del>{end}</w:del>" + r("后")) + p("下一段")) == ["前后", "下一段"]


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    lists = abstract(0, lvl(0, text="%1.")) + num(1, 0)
    body = p("前半", num=(1, 0), mark="<w:del/>") + p("后半", num=(1, 0)) + p("下一段", num=(1, 0))
    assert texts(body, numbering=lists) == ["1.前半后半", "2.下一段"]


def test_a_deleted_mark_that_no_paragraph_follows() -> None:
    lists = abstract(0, lvl(0, text="%1.")) + num(1, 0)
    body = p("末段", num=(1, 0), ppr='<w:outlineLvl w:val="0"/>', mark="<w:del/>") + table([["甲"]])
    document = read(body, numbering=lists)
    assert [(line.text, line.level) for line in document.lines] == [("1.末段", 1), ("甲", None)]


def test_deleted_paragraphs_leave_nothing_and_do_not_count() -> None:
    lists = abstract(0, lvl(0, text="%1.")) + num(1, 0)
    gone = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    body = p(gone, num=(1, 0), mark="<w:del/>") + p("留", num=(1, 0)) + p(gone, mark="<w:moveFrom/>")
    document = read(body, numbering=lists)
    assert [line.text for line in document.lines] == ["1.留"]
    assert document.counts == {"automatic_numbers": 1, "deleted_revisions": 2}


def test_a_hidden_paragraph_mark_puts_heading_and_text_in_one_line() -> None:
    lists = abstract(0, lvl(0, "chineseCounting", "（%1）")) + num(1, 0)
    body = p("抓产业。", num=(1, 0), ppr='<w:outlineLvl w:val="1"/>', mark="<w:vanish/><w:specVanish/>") + p(PROSE)
    assert one(body, numbering=lists)[:5:4] == ("（一）抓产业。" + PROSE, 2)
    hidden = p(r("藏", "<w:vanish/>"), num=(1, 0), mark="<w:vanish/>") + p("见", num=(1, 0))
    document = read(hidden, numbering=lists)
    assert [line.text for line in document.lines] == ["（一）见"]
    assert document.counts == {"automatic_numbers": 1, "hidden_text": 1}


def test_blocks_within_controls_and_wraps() -> None:
    body = f"<w:sdt><w:sdtContent>{p('甲')}<w:customXml>{p('乙')}</w:customXml></w:sdtContent></w:sdt>"
    alternate = f'<mc:AlternateContent><mc:Choice Requires="wps">{p("丙")}</mc:Choice></mc:AlternateContent>'
    assert texts(body + alternate) == ["甲", "乙", "丙"]


# What a paragraph looks like.

HEADINGS = (
    style("1", "heading 1")
    + style("a3", "Title", ppr='<w:jc w:val="center"/><w:outlineLvl w:val="0"/>', rpr="<w:b/>")
    + style("mine", "小节", based_on="1")
    + style("outlined", "自定", ppr='<w:outlineLvl w:val="2"/>')
    + style("plain", "正文缩进", based_on="1", ppr='<w:outlineLvl w:val="9"/>')
)


@pytest.mark.parametrize(
    ("paragraph", "level"),
    [
        (p("题", style="1"), 1),
        (p("题", style="a3"), 0),
        (p("题", style="mine"), 1),
        (p("题", style="outlined"), 3),
        (p("题", style="plain"), None),
        (p("题", style="mine", ppr='<w:outlineLvl w:val="1"/>'), 2),
        (p("题", style="1", ppr='<w:outlineLvl w:val="9"/>'), None),
        (p("题", style="Heading2"), 2),  # which the file has no style for
        (p("题", style="标题3"), 3),
        (p("题", style="unknown"), None),
        (p("题"), None),
    ],
)
def test_levels_of_headings(paragraph: str, level: int | None) -> None:
    assert one(paragraph, styles=HEADINGS).level == level


def test_titles_are_known_without_a_styles_part() -> None:
    assert [line.level for line in read(p("题", style="Title") + p("题", style="Heading1")).lines] == [0, 1]


def test_styles_in_a_circle() -> None:
    circle = style("a", based_on="b") + style("b", based_on="a", ppr='<w:outlineLvl w:val="0"/>')
    assert one(p("题", style="a"), styles=circle).level == 1


def test_bold_is_of_the_whole_line() -> None:
    assert one(p(r("全", "<w:b/>") + r("部", "<w:b/>"))).bold is True
    assert one(p(r("一部", "<w:b/>") + r("分"))).bold is False
    bold = style("B", rpr="<w:b/>") + style("C", rpr="<w:b/>", kind="character")
    assert one(p("题", style="B"), styles=bold).bold is True
    assert one(p(r("题", '<w:b w:val="false"/>'), style="B"), styles=bold).bold is False
    # Bold in both styles takes each other back.
    assert one(p(r("题", '<w:rStyle w:val="C"/>'), style="B"), styles=bold).bold is False


@pytest.mark.parametrize(
    ("ppr", "indent"),
    [
        ("", 0),
        ('<w:ind w:firstLineChars="200" w:firstLine="640"/>', 2),
        ('<w:ind w:firstLine="640"/>', 2),
        ('<w:ind w:left="320" w:hanging="320"/>', 0),
        ('<w:ind w:leftChars="200" w:left="640" w:hanging="320"/>', 1),
        ('<w:ind w:start="32pt"/>', 2),
        ('<w:ind w:firstLine="much"/>', 0),
    ],
)
def test_indent_in_characters(ppr: str, indent: float) -> None:
    line = one(p(r("文", '<w:sz w:val="32"/>'), ppr=ppr))
    assert (line.indent, line.size) == (indent, 16)


def test_indents_of_styles_numbers_and_typed_blanks() -> None:
    indented = style("T", ppr='<w:ind w:firstLineChars="200"/>') + style(
        "U", based_on="T", ppr='<w:ind w:hangingChars="100"/>'
    )
    assert one(p("文", style="T"), styles=indented).indent == 2
    assert one(p("文", style="U"), styles=indented).indent == -1
    assert one(p("文", style="T", ppr='<w:ind w:firstLineChars="0"/>'), styles=indented).indent == 0
    assert one(p("　　文")).indent == 2
    level = lvl(0).replace("</w:lvl>", '<w:pPr><w:ind w:left="420"/></w:pPr></w:lvl>')
    lists = abstract(0, level) + num(1, 0)
    assert one(p("文", num=(1, 0)), numbering=lists).indent == 2
    own = style("N", ppr=num_pr(1) + '<w:ind w:left="210"/>')
    assert one(p("文", style="N"), numbering=lists, styles=own).indent == 1


def test_centered_and_size() -> None:
    sheet = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>' + HEADINGS
    line = one(p(r("政府工作") + r("报告", '<w:sz w:val="44"/>'), style="a3"), styles=sheet)
    assert (line.centered, line.bold, line.size) == (True, True, 10.5)
    assert one(p("题", style="a3", ppr='<w:jc w:val="both"/>'), styles=sheet).centered is False


def test_contents_and_captions() -> None:
    sheet = style("10", "toc 1") + style("cap", "caption")
    document = read(p("一、回顾", style="10") + p("图1 产量", style="cap"), styles=sheet)
    assert [line.place for line in document.lines] == [Place.TABLE, Place.NOTE]
    assert document.counts == {"contents_lines": 1}
