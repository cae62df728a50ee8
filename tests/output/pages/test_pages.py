import re
from html.parser import HTMLParser
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.analysis.carrying_words import with_carrying_words
from classifier.documents.parse import from_text
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.pages.pages import file_names, index_page, one_page, report_page
from classifier.output.pages.report_data import report_data
from tests.output.pages.conftest import Report
from tests.strategies import any_line, documents

TEXT = """南河县2024年政府工作报告
各位代表：
一、工作回顾
招聘教师30名，教育质量提升。改造国道30公里。
二、今年打算
粮食总产达到20万吨。
"""
VOID = {"meta", "input", "br"}


class Outline(HTMLParser):
    """The elements of a page, their text and addresses; fails where tags are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and tag != "rect":
            self.open.append(tag)
        if tag == "rect":
            self.open.append(tag)
        found = dict(attrs)
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.addresses += [value for key in ("href", "src") if (value := found.get(key))]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text += data


def test_a_page_stands_alone(report: Report, options: OutputOptions) -> None:
    page = one_page([report(TEXT)], options, "模型 0123456789ab")
    outline = Outline(page)
    assert all(address.startswith("#") and address[1:] in outline.ids for address in outline.addresses)
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page
    assert "模型 0123456789ab" in outline.text
    assert len(outline.ids) == len(set(outline.ids))


def test_a_page_shows_every_paragraph_in_order_with_its_areas(report: Report, options: OutputOptions) -> None:
    text = Outline(one_page([report(TEXT)], options, "")).text
    places = [text.index(line) for line in ("各位代表：", "教育质量提升。", "粮食总产达到20万吨。")]
    assert places == sorted(places)
    assert re.search(r"教育\s*[01]\.\d\d", text)


def test_evidence_is_marked_with_its_words(report: Report, options: OutputOptions) -> None:
    page = one_page([report(TEXT)], options, "")
    (marked,) = re.findall(r'<span class="ev"[^>]*tabindex="0">((?:(?!<span).)*教师.*?)</span></span>', page)
    assert "<b>教师</b>" in marked
    assert re.search(r"教育 [01]\.\d\d .*教师 \+\d", marked)


def test_the_outline_shows_the_areas_of_each_section(report: Report) -> None:
    found = report(TEXT)
    assert [row["text"] for row in found["outline"]] == ["一、工作回顾", "二、今年打算"]
    assert {dot["text"] for dot in found["outline"][1]["dots"]} == {"农业 1"}
    assert {dot["text"].split()[0] for dot in found["outline"][0]["dots"]} == {"教育", "道路"}


def test_shares_add_up(report: Report) -> None:
    rows = report(TEXT)["shares"]
    assert sum(row["width"] for row in rows) == pytest.approx(1000, abs=1)
    assert rows[0]["start"] == 0
    assert [row["id"] for row in rows] == ["farms", "schools", "roads", ""]


def test_the_words_are_english_where_asked_for(small_model: Model, report: Report) -> None:
    page = one_page([report(TEXT, lang="en")], OutputOptions(small_model.areas, "en"), "")
    assert '<html lang="en">' in page
    assert "Schools" in page
    assert "Outline" in page
    assert "目录" not in page


HOSTILE = "招聘教师30名<script>alert(1)</script>&amp;\"'，教育质量提升。{{ words }}{% raw %}"


def test_nothing_in_a_text_or_name_becomes_markup(report: Report, options: OutputOptions) -> None:
    page = one_page([report(HOSTILE, '<img src=x onerror="alert(1)">.txt')], options, "<b>")
    assert "<script>alert" not in page
    assert "<img" not in page
    text = Outline(page).text
    assert "<script>alert(1)</script>&amp;" in text
    assert "{{ words }}{% raw %}" in text


@settings(max_examples=30)
@given(text=st.one_of(documents, any_line))
def test_every_text_comes_out_whole(small_model: Model, text: str) -> None:
    options = OutputOptions(small_model.areas, "zh")
    predictions = with_carrying_words(small_model, small_model.predict(from_text(text)))
    if not predictions:
        return
    found = orjson.loads(orjson.dumps(report_data("a", predictions, options)))
    page = re.sub(r'<span class="why".*?</span></span>', "", one_page([found], options, ""))
    shown = re.findall(r"<article.*?<div><p>(.*?)</p>", page, re.DOTALL)
    assert [Outline(f"<p>{one}</p>").text for one in shown] == [p.paragraph.text for p in predictions]


def test_several_reports_in_one_page(report: Report, options: OutputOptions) -> None:
    outline = Outline(one_page([report(TEXT, "a.txt"), report(TEXT, "b.txt")], options, ""))
    assert len(outline.ids) == len(set(outline.ids))
    assert {"#r1", "#r2"} <= set(outline.addresses)


def test_an_index_leads_to_the_pages_and_back(report: Report, options: OutputOptions) -> None:
    rows: list[dict[str, Any]] = [{**report(TEXT, name), "link": f"{name}.html"} for name in ("a.txt", "b.txt")]
    index = Outline(index_page(rows, options, ""))
    assert index.addresses == ["a.txt.html", "b.txt.html"]
    assert "南河县2024年政府工作报告" in index.text
    assert "index.html" in Outline(report_page(report(TEXT), options, "")).addresses


@given(st.lists(st.text(max_size=120), max_size=8))
def test_names_of_pages_are_names_of_files(names: list[str]) -> None:
    found = file_names(names)
    assert len({name.lower() for name in found} | {"index.html"}) == len(names) + 1
    for name in found:
        assert name.endswith(".html")
        assert not name.startswith(".")
        assert not set('/\\:*?"<>|\n') & set(name)
