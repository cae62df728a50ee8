"""Text boxes, tables, notes and pages of Word documents, and other ways to write the same."""

import pytest

from classifier.errors import DocumentError
from classifier.readers.docx import read_docx
from classifier.readers.lines import Place
from tests.readers.docx_builder import (
    PROSE,
    Docx,
    abstract,
    cell,
    field_runs,
    lvl,
    num,
    p,
    r,
    read,
    root,
    row,
    table,
    text_box,
    texts,
    zipped,
)

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
