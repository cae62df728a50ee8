"""Saved web pages: the article alone, whatever site it is from; pages without text are told in one line."""

import sys
import time

import pytest

from classifier.documents.parse import parse_bytes
from classifier.errors import DocumentError
from classifier.readers.html import read_html
from classifier.readers.lines import DocumentLines
from classifier.records import Kind
from tests.conftest import PROJECT
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.web_pages import PAGES

TITLE = "芦汀县2024年重点工作安排"
REPORT = (PROJECT / "seeds" / "reports" / "work-plan.txt").read_text(encoding="utf-8").split("\n")
LINES = [line for line in REPORT if line.strip()]
PROSE = "过去一年，全县粮食总产量达到31万吨，新改建农村公路86公里，群众获得感明显增强。"


def read(markup: str, encoding: str = "utf-8") -> DocumentLines:
    return read_html(markup.encode(encoding), "页.html")


def texts(markup: str) -> list[str]:
    return [line.text for line in read(markup).lines]


def refusal(markup: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read(markup)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("页.html: ")
    return str(caught.value)


@pytest.mark.parametrize("name", PAGES)
def test_the_article_comes_out_of_pages_of_each_kind(name: str) -> None:
    make, encoding = PAGES[name]
    for title, lines in ((TITLE, LINES), (report_paragraphs(3)[0], report_paragraphs(3)[1:])):
        found = read_html(make(title, lines).encode(encoding), name)
        assert paragraph_f1([title, *lines], [line.text for line in found.lines]) >= 0.98
        assert (found.lines[0].text, found.lines[0].level, found.notes) == (title, 0, ())


def test_a_page_and_its_text_have_the_same_structure() -> None:
    make, encoding = PAGES["trs"]
    paragraphs = report_paragraphs(5)
    page = parse_bytes(make(paragraphs[0], paragraphs[1:]).encode(encoding), "a", "a", ".html").paragraphs
    text = parse_bytes("\n".join(paragraphs).encode(), "a", "a", ".txt").paragraphs
    assert [(p.kind, p.heading, p.text) for p in page] == [(p.kind, p.heading, p.text) for p in text]


def test_what_a_browser_does_not_show_is_left_out() -> None:
    found = read(
        f"<style>.x{{display:none}} @media print{{.y{{display:none}}}}</style><p>{PROSE}</p><p class=x>隐藏一</p>"
        "<p hidden>隐藏二</p><p style='DISPLAY: none'>隐藏三</p><p class=y>不隐藏的一行。</p><!-- 注释 -->"
        "<p>新建<del>三</del>四座桥<span style='font-size:0'>防拷贝</span>。</p>"
        "<template>模板</template><noscript>请开启</noscript>"
    )
    assert [line.text for line in found.lines] == [PROSE, "不隐藏的一行。", "新建四座桥。"]
    assert found.counts == {"hidden_text": 4, "deleted_revisions": 1}


def test_what_stands_around_the_text_is_left_out() -> None:
    around = [
        "来源：县政府办",
        "【打印】【关闭】",
        "字号：大 中 小",
        "责任编辑：某某",
        "上一篇：某会议召开",
        "扫一扫在手机打开当前页",
    ]
    found = read(f"<div id=zoom><p>{'</p><p>'.join(around)}</p><p>{PROSE}</p></div>")
    assert [line.text for line in found.lines] == [PROSE]
    assert found.counts == {"web_furniture": len(around)}


def test_text_that_is_like_furniture_stays() -> None:
    kept = [
        "来源广泛的资金投入农田。",
        "编辑出版县志三卷。",
        "一、打印行业整治",
        "关闭煤矿3座。",
        "2024年",
        "附件审核更快。",
    ]
    assert texts(f"<div id=zoom><p>{PROSE}</p><p>{'</p><p>'.join(kept)}</p></div>") == [PROSE, *kept]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>政府工作报告_某县人民政府</title>", "", "政府工作报告"),
        (
            "<title>某县人民政府门户网站 政务公开 2024年政府工作报告</title>",
            "<h1>2024年政府工作报告</h1>",
            "2024年政府工作报告",
        ),
        ("<title>某县人民政府</title>", "<p align=center>某县2024年政府工作报告</p>", "某县2024年政府工作报告"),
        (
            "<meta name=ArticleTitle content='关于2021-2025年规划的报告'><title>x</title>",
            "",
            "关于2021-2025年规划的报告",
        ),
        ("<title>2021-2025年规划纲要 - 某县人民政府</title>", "", "2021-2025年规划纲要"),
    ],
)
def test_the_title_is_without_the_name_of_the_site(head: str, body: str, title: str) -> None:
    found = read(
        f"<head>{head}</head><body><div>{body}</div><div id=zoom><p>{PROSE}</p><p>一、今年工作</p></div></body>"
    )
    assert [(line.text, line.level) for line in found.lines][:2] == [(title, 0), (PROSE, None)]


@pytest.mark.parametrize("begin", ["政府工作报告", "2024年政府工作报告", "政府工作<br>报告", "　　政府 工作 报告"])
def test_a_title_that_stands_in_the_text_is_not_put_before_it(begin: str) -> None:
    found = read(f"<title>政府工作报告_某县人民政府</title><div id=zoom><p>{begin}</p><p>{PROSE}</p></div>")
    own = [line for line in found.lines if line.level == 0]
    assert "".join(line.text.replace(" ", "") for line in own).endswith("政府工作报告")
    assert len(found.lines) == len(own) + 1


def test_a_page_of_frames_names_the_frame() -> None:
    message = refusal("<frameset><frame src='left.htm'><frame src='main.htm'></frameset>")
    assert message == (
        "页.html: a page of frames without a text of its own; open what is in the frame by itself and save that "
        "(left.htm)"
    )
    assert "frame" in refusal(f"<body><a href=/>首页</a><iframe src='report.html'>{PROSE}</iframe></body>")


@pytest.mark.parametrize(
    "body",
    [
        "<div id=app></div><script src=app.js></script>",
        "<noscript>本站需要开启脚本才能正常显示内容，请把它打开以后再试一次。</noscript><div id=root>加载中</div>",
        f"<div id=app></div><script>window.state={{text:'{PROSE}'}}</script>",
    ],
)
def test_a_page_that_a_script_fills_says_so(body: str) -> None:
    assert refusal(body) == (
        "页.html: its text is put in by a script and was not saved; copy the text from the browser into a file"
    )


def test_a_page_without_text_says_so() -> None:
    assert refusal("<html><body><img src=a.png></body></html>") == (
        "页.html: no text in this page; check that it was saved whole"
    )


@pytest.mark.parametrize(
    "pager",
    [
        "<a href='t2_1.html'>下一页</a>",
        "<script>createPageHTML(3, 0, 't2', 'html');</script>",
        "<a href=all.htm>余下全文</a>",
    ],
)
def test_a_page_that_goes_on_elsewhere_has_a_note(pager: str) -> None:
    page = f"<div id=zoom><p>{PROSE}</p>%s</div>"
    assert read(page % "").notes == read(page % "<a href='#'>下一页</a>").notes == ()
    assert read(page % "<script>createPageHTML(1, 0, 't2', 'html');</script>").notes == ()
    (note,) = read(page % pager).notes
    assert note == "页.html: the page says that its text goes on in other pages; save these, too"


def test_a_whole_page_that_is_read_has_a_note() -> None:
    body = f"<div><p>{PROSE}</p></div><a href=/>首页</a><div><p>{PROSE}</p></div><p>{PROSE}</p>"
    assert read(body).notes == ("页.html: no article was found in the page; the text of the whole page was read",)


def test_an_article_is_found_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    make, encoding = PAGES["portal"]
    found = read_html(make(TITLE, LINES).encode(encoding), "a")
    assert [line.text for line in found.lines] == [TITLE, *(line.strip() for line in LINES)]


def test_paragraphs_wrapped_with_br_come_together() -> None:
    paragraphs = report_paragraphs(2)
    wrapped = []
    for paragraph in paragraphs:
        line = f"　　{paragraph}"
        wrapped += [line[i : i + 32] for i in range(0, len(line), 32)]
    found = read(f"<title>{paragraphs[0]}</title><div id=zoom>{'<br>'.join(wrapped)}</div>")
    assert paragraph_f1(paragraphs, [line.text for line in found.lines]) >= 0.98
    assert found.counts["lines_joined"] > 20


HOSTILE = {
    "deep": "<div>" * 100_000 + PROSE,
    "deep tables": "<table><tr><td>" * 3_000 + PROSE,
    "tags": "<p>" * 600_000,
    "wide cells": f"<table>{f'<tr><td colspan=100 rowspan=100>{PROSE}</td></tr>' * 2_000}</table>",
    "buttons": f"<p>{PROSE}</p><p>{'大中小1' * 40}x</p>" * 300,
    "open comment": f"<p>{PROSE}</p>{'<!--' * 50_000}",
    "open tags": f"<p>{PROSE}</p>{'<a ' * 100_000}",
    "rules": f"<style>{'@media print{a{' * 20_000}</style><p>{PROSE}</p>",
    "title": f"<title>{'a - ' * 50_000}</title><p>{PROSE}</p>",
    "names": f"<div class='{'content' * 20_000}'><p>{PROSE}</p></div>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_page_made_to_do_harm_is_read_or_refused_in_time(kind: str) -> None:
    began = time.process_time()
    try:
        assert any("粮食" in line.text for line in read(HOSTILE[kind]).lines)
    except DocumentError as error:
        assert str(error).startswith("页.html: ")
        assert ";" in str(error)
    assert time.process_time() - began < 10


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.readers.html_tree.LARGEST_WEB_PAGE", 1 << 20)
    assert refusal(f"<p>{PROSE}</p>" * 20_000) == ("页.html: a page of more than 1 MB; save it without its pictures")


def test_fonts_that_are_never_closed_lose_no_text() -> None:
    lines = [f"第{n}条，{PROSE}" for n in range(1, 2_500)]
    assert texts("".join(f"<p><font size=3>{line}" for line in lines)) == lines


def test_headings_of_the_page_and_of_the_text_are_in_one_outline() -> None:
    page = f"<h2>一、去年工作</h2><p>{PROSE}</p><h3>（一）农业</h3><p>{PROSE}</p><h3>补充说明</h3><p>{PROSE}</p>"
    found = parse_bytes(page.encode(), "a", "a", ".htm").paragraphs
    assert [p.kind for p in found] == [Kind.HEADING, Kind.PARAGRAPH] * 3
    assert found[3].heading == ("一、去年工作", "（一）农业")
    assert found[5].heading == ("一、去年工作", "补充说明")


def test_a_title_of_the_page_that_has_no_form_of_one_is_the_title() -> None:
    page = f"<title>过去五年的云溪县_某网站</title><div id=zoom><p>各位代表：</p><p>{PROSE}</p></div>"
    found = parse_bytes(page.encode(), "a", "a", ".htm").paragraphs
    assert [p.kind for p in found] == [Kind.TITLE, Kind.SALUTATION, Kind.PARAGRAPH]


def test_a_table_of_contents_of_links_is_left_out() -> None:
    contents = "".join(f"<li><a href='#s{n}'>第{n}部分</a></li>" for n in range(4))
    assert texts(f"<div id=zoom><ul>{contents}</ul><p>{PROSE}</p></div>") == [PROSE]


def test_a_table_of_data_with_prose_in_a_cell_is_whole() -> None:
    table = f"<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>{PROSE}</td></tr></table>"
    assert texts(f"<div class=content>{table}</div>") == ["序号\t任务", "1", PROSE]


@pytest.mark.parametrize("title", ["无标题文档", "报告.doc", "某县政府网", "index"])
def test_what_names_nothing_is_no_title(title: str) -> None:
    assert texts(f"<title>{title}</title><div id=zoom><p>各位代表：</p><p>{PROSE}</p></div>") == ["各位代表：", PROSE]


def test_the_title_that_word_once_had_is_not_put_before_the_text() -> None:
    head = "<meta name=Generator content='Microsoft Word 15'><title>关于旧事的请示</title>"
    assert texts(f"<head>{head}</head><p class=MsoNormal>政府工作报告</p><p>{PROSE}</p>") == ["政府工作报告", PROSE]
