"""Word documents to lines: what is shown in Word is read, and what is not is dropped and counted."""

import pytest

from classifier.errors import DocumentError
from classifier.readers.docx import read_docx
from classifier.readers.lines import DocumentLines, Place, RawLine
from tests.readers.docx_builder import (
    Docx,
    abstract,
    cell,
    field_runs,
    lvl,
    num,
    num_pr,
    p,
    r,
    root,
    row,
    style,
    table,
    text_box,
    zipped,
)

PROSE = "今年以来，全镇新修机耕道路二十公里，改造老旧泵站五座，群众出行和灌溉条件明显改善。"


def read(body: str, **parts: object) -> DocumentLines:
    return read_docx(Docx(body, **parts).build(), "a.docx")  # type: ignore[arg-type]


def texts(body: str, **parts: object) -> list[str]:
    return [line.text for line in read(body, **parts).lines]


def one(body: str, **parts: object) -> RawLine:
    (line,) = read(body, **parts).lines
    return line


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


# Text boxes, tables and notes.


def test_a_text_box_is_read_once_and_in_its_place() -> None:
    body = p(text_box(p("框内")) + r("正文")) + p(r("先有字") + text_box(p("后有框"))) + p(text_box(p("独框")))
    document = read(body)
    assert [line.text for line in document.lines] == ["框内", "正文", "先有字", "后有框", "独框"]
    assert document.counts == {"text_boxes": 3}


def test_the_branch_that_word_shows_is_read() -> None:
    assert texts(p(text_box(p("新"), p("旧")))) == ["新"]
    assert texts(p(text_box(p("新"), p("旧"), requires="odd"))) == ["旧"]
    assert texts(p(text_box(p(), p("旧")))) == ["旧"]
    box = f"<v:shape><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></v:shape>"
    old = f"<w:r><w:pict>{box}</w:pict></w:r>"
    assert texts(p(old)) == ["旧框"]
    word = '<w:r><w:pict><v:shape><v:textpath string="澜桥县人民政府文件"/></v:shape></w:pict></w:r>'
    assert texts(p(word)) == ["澜桥县人民政府文件"]


def test_numbers_in_text_boxes_are_their_own() -> None:
    lists = abstract(0, lvl(0, text="%1.")) + num(1, 0)
    boxes = [p(text_box(p(name, num=(1, 0))) + r("段"), num=(1, 0)) for name in ("框", "又框")]
    assert texts("".join(boxes), numbering=lists) == ["1.框", "1.段", "2.又框", "2.段"]


def test_a_text_box_within_a_text_box_and_a_field() -> None:
    inner = p(text_box(p("里框")) + r("外框"))
    assert texts(p(text_box(inner) + field_runs("X", r("果")))) == ["里框", "外框", "果"]


def test_rows_of_a_table() -> None:
    document = read(p("前") + table([["指标", "2023年", "2024年"], ["粮食", "", "31万吨"], ["", "", ""]]) + p("后"))
    assert [(line.text, line.place) for line in document.lines] == [
        ("前", Place.BODY),
        ("指标\t2023年\t2024年", Place.TABLE),
        ("粮食\t\t31万吨", Place.TABLE),
        ("后", Place.BODY),
    ]
    assert document.counts == {"table_rows": 2}
    assert [line.number for line in document.lines] == [1, 2, 3, 4]


def test_merged_deleted_and_hidden_cells() -> None:
    down = cell("不见", "<w:vMerge/>")
    rows = [
        row(cell("产业", '<w:vMerge w:val="restart"/>'), cell("工业", '<w:gridSpan w:val="2"/>')),
        row(down, "农业"),
        row("删", properties="<w:del/>"),
        row("藏", properties="<w:hidden/>"),
        row(cell("删", "<w:cellDel/>"), "留"),
    ]
    document = read(f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert [line.text for line in document.lines] == ["产业\t工业", "农业", "留"]
    assert document.counts == {"deleted_revisions": 1, "table_rows": 3}


def test_prose_in_a_cell_stays_paragraphs() -> None:
    document = read(table([["1", p("道路") + p(PROSE), "交通局"]]))
    assert [(line.text, line.place) for line in document.lines] == [
        ("1", Place.TABLE),
        ("道路", Place.BODY),
        (PROSE, Place.BODY),
        ("交通局", Place.TABLE),
    ]


def test_a_table_that_only_draws_a_frame() -> None:
    document = read(table([[p("一、工作回顾")], [p(PROSE)]]))
    assert [line.place for line in document.lines] == [Place.BODY, Place.BODY]
    (heading,) = read(table([[p("一、工作回顾", ppr='<w:outlineLvl w:val="0"/>'), ""]])).lines
    assert (heading.place, heading.level) == (Place.BODY, 1)


def test_a_table_within_a_table() -> None:
    document = read(table([["外", p("名") + table([["甲", "乙"], ["丙", "丁"]]) + p()]]))
    assert [line.text for line in document.lines] == ["外", "名", "甲\t乙", "丙\t丁"]
    assert {line.place for line in document.lines} == {Place.TABLE}


def test_a_number_alone_in_a_cell_is_shown() -> None:
    lists = abstract(0, lvl(0, text="%1")) + num(1, 0)
    document = read(table([[p(num=(1, 0)), "修路"], [p(num=(1, 0)), "办学"]]) + p(num=(1, 0)), numbering=lists)
    assert [line.text for line in document.lines] == ["1\t修路", "2\t办学"]


def test_notes_stand_at_the_end_in_the_order_of_the_text() -> None:
    def mark(kind: str, id: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{id}" {more}/>{"<w:t>*</w:t>" if more else ""}</w:r>'

    body = p(r("高质量发展") + mark("footnote", 3) + r("是首要任务。")) + p(mark("endnote", 1) + mark("footnote", 2))
    body += p(r("专班") + mark("footnote", 4, 'w:customMarkFollows="1"') + mark("footnote", 77))
    note = "<w:r><w:footnoteRef/></w:r>" + r(" 注三")
    notes = {2: p("注二"), 3: p(note) + p("又一段"), 4: p("注四"), 5: p("无人提及")}
    document = read(body, notes=notes, endnotes={1: p("尾注")})
    assert [(line.text, line.place) for line in document.lines] == [
        ("高质量发展是首要任务。", Place.BODY),
        ("专班", Place.BODY),
        ("注三", Place.NOTE),
        ("又一段", Place.NOTE),
        ("注二", Place.NOTE),
        ("注四", Place.NOTE),
        ("尾注", Place.NOTE),
    ]
    assert document.counts == {"notes": 4}


def test_headers_and_comments_are_not_read() -> None:
    more = {
        "word/header1.xml": root("hdr", p("页眉")),
        "word/comments.xml": root("comments", f"<w:comment>{p('批注')}</w:comment>"),
    }
    assert texts(p("正文"), more=more) == ["正文"]


def test_embedded_documents_are_told() -> None:
    document = read(p("正文") + '<w:altChunk r:id="r9"/>')
    assert document.notes == ("a.docx: documents that are embedded in it are not read (1)",)
    assert document.counts == {"embedded_documents": 1}


# Pages.

BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_where_they_agree_with_what_the_program_said() -> None:
    body = p("一页") + p(r("跨") + BREAK + r("页")) + p(BREAK + r("三页"))
    document = read(body, pages=3)
    assert (document.pages, [line.page for line in document.lines]) == (3, [1, 1, 3])
    for pages in (None, 1, 9):
        unknown = read(body, pages=pages)
        assert (unknown.pages, [line.page for line in unknown.lines]) == (None, [None] * 3)


def test_one_page_without_breaks_says_nothing() -> None:
    assert read(p("文"), pages=1).pages is None


# Other ways to write the same.


def test_strict_names() -> None:
    lists = abstract(0, lvl(0, "chineseCounting", "%1、")) + num(1, 0)
    parts = Docx(p("回顾", num=(1, 0), ppr='<w:jc w:val="center"/><w:ind w:firstLine="21pt"/>'), lists).parts()
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = {
        name: str(part)
        .replace(main, "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(relations, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, part in parts.items()
    }
    (line,) = read_docx(zipped(strict), "a.docx").lines
    assert (line.text, line.centered, line.indent) == ("一、回顾", True, 2)


def test_parts_by_other_names_and_in_utf16() -> None:
    lists = abstract(0, lvl(0, "chineseCounting", "%1、")) + num(1, 0)
    parts = Docx(p("回顾", num=(1, 0)), lists).parts()
    renamed = {
        name.replace("word/document.xml", "Word\\Main.xml").replace("_rels/document", "_rels/Main"): str(part)
        .replace("word/document.xml", "/word/main.xml")
        .replace('Target="numbering.xml"', 'Target="./numbering.xml"')
        for name, part in parts.items()
    }
    assert [line.text for line in read_docx(zipped(renamed), "a.docx").lines] == ["一、回顾"]
    wide = {name: str(part).replace("UTF-8", "UTF-16").encode("utf_16") for name, part in parts.items()}
    assert [line.text for line in read_docx(zipped(wide), "a.docx").lines] == ["一、回顾"]


def test_without_relations_the_usual_names_are_taken() -> None:
    parts = Docx(p("回顾", num=(1, 0)), abstract(0, lvl(0)) + num(1, 0)).parts()
    bare = {name: part for name, part in parts.items() if not name.endswith(".rels")}
    assert [line.text for line in read_docx(zipped(bare), "a.docx").lines] == ["1.回顾"]


def test_no_document_is_named_in_an_error_by_its_place() -> None:
    with pytest.raises(DocumentError, match=r"^folder/a\.docx: "):
        read_docx(b"", "folder/a.docx")


# A whole report.

REPORT_TEXT = """政府工作报告
——2024年1月16日在澜桥县第十八届人民代表大会第三次会议上
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
一、2023年工作回顾
过去一年，全县上下扎实推进各项工作，主要指标好于预期。
（一）产业转型步伐加快。新增规模以上工业企业21家，两条生产线投入运行。
1.抓项目。开工项目34个。
2.抓园区。新修园区道路6公里。
（二）乡村面貌持续改善。建成高标准农田4.2万亩。
1.抓粮食。总产量达到31万吨。
二、2024年重点工作
（一）全力招商引资。落地项目30个。
①引进链上企业；
②引进龙头企业。
谢谢大家！"""
MARKS = (("一二三", "、", 0, ""), ("一二三", "）", 1, "（"), ("123", ".", 2, ""), ("①②③", "", 3, ""))


def test_a_report_with_automatic_numbers_is_the_same_text() -> None:
    levels = (
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimalEnclosedCircle", "%4"),
    )
    lists = abstract(0, *(lvl(i, form, text) for i, (form, text) in enumerate(levels))) + num(1, 0)

    def paragraph(line: str) -> str:
        for signs, end, at, begin in MARKS:
            for sign in signs:
                if line.startswith(mark := f"{begin}{sign}{end}"):
                    return p(line.removeprefix(mark), num=(1, at))
        return p(line)

    report = REPORT_TEXT.split("\n")
    document = read("".join(map(paragraph, report)), numbering=lists)
    assert [line.text for line in document.lines] == report
    assert document.counts == {"automatic_numbers": 10}
