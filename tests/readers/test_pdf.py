"""PDF files that the tests make: paragraphs, columns, headings, tables and letters."""

import io
from pathlib import Path
from typing import Any

import matplotlib
import pypdf
import pytest
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

from classifier.readers.lines import Place
from classifier.readers.page_document import document_of_pages
from classifier.readers.pdf import pdf_bookmarks, read_pdf, read_pdf_pages
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.pdf_builders import (
    LONG,
    OTHER,
    body,
    by_chromium,
    by_libreoffice,
    drawn,
    flowed,
    texts,
    web_page,
    write,
)


@pytest.mark.parametrize(("columns", "size"), [(1, 12), (2, 10.5), (3, 9)])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_report_in_columns_gives_its_paragraphs(columns: int, size: float, seed: int) -> None:
    report = report_paragraphs(seed)
    assert paragraph_f1(report, texts(read_pdf(flowed(report, columns, size), "a.pdf"))) >= 0.98


@pytest.mark.slow
def test_a_report_by_libreoffice_gives_its_paragraphs(tmp_path: Path) -> None:
    report = report_paragraphs(3)
    read = read_pdf(by_libreoffice(report, tmp_path), "a.pdf")
    assert paragraph_f1(report, texts(read)) >= 0.98
    assert read.counts["running_heads"] == read.counts["page_numbers"] == read.pages
    assert read.lines[0].bold and read.lines[0].centered and read.lines[0].size == 22
    assert read.lines[4].indent == pytest.approx(2, abs=0.1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "style",
    [
        "p { text-indent: 2em; margin: 0 }",
        "p { margin: 0.6em 0 }",
        "body { column-count: 2 } p { text-indent: 2em; margin: 0 } h1 { column-span: all; text-align: center }",
    ],
)
def test_a_report_by_chromium_gives_its_paragraphs(style: str, tmp_path: Path) -> None:
    report = report_paragraphs(4)
    assert paragraph_f1(report, texts(read_pdf(by_chromium(web_page(report, style), tmp_path), "a.pdf"))) >= 0.98


def test_letters_that_are_struck_twice_are_read_once() -> None:
    def page(canvas: Any) -> None:
        for i, letter in enumerate("深化改革"):
            write(canvas, 100 + 14 * i, 740, letter)
        for i, letter in enumerate("深化改革开放"):
            write(canvas, 100.4 + 14 * i, 740, letter)
        write(canvas, 100, 700, "人人有责，步步为营")

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == ["深化改革开放", "人人有责，步步为营"]


def test_a_title_that_is_set_wide_has_no_blanks() -> None:
    def page(canvas: Any) -> None:
        for i, letter in enumerate("政府工作报告"):
            write(canvas, 150 + 50 * i, 760, letter, 20)
        body(canvas, LONG, "第二个\u3000段落")

    assert texts(read_pdf(drawn(page), "a.pdf")) == ["政府工作报告", LONG, "第二个 段落"]


def test_a_centred_title_of_two_lines_is_one() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("STSong-Light", 20)
        canvas.drawCentredString(300, 780, "云溪县人民政府关于加快推进现代农业高质量")
        canvas.drawCentredString(300, 750, "发展的实施意见")
        canvas.drawCentredString(300, 700, "二〇二四年三月")
        body(canvas, LONG, OTHER, top=660)

    titles = ["云溪县人民政府关于加快推进现代农业高质量发展的实施意见", "二〇二四年三月"]
    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == [*titles, LONG, OTHER]
    assert read.lines[1].centered


def test_headings_signature_and_date_stay_lines_of_their_own() -> None:
    def page(canvas: Any) -> None:
        y = body(canvas, "一、工作回顾", LONG, "（一）农业", OTHER)
        write(canvas, 380, y, "云溪县人民政府")
        write(canvas, 380, y - 28, "2024年3月1日")

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == ["一、工作回顾", LONG, "（一）农业", OTHER, "云溪县人民政府", "2024年3月1日"]


def test_tables_with_and_without_rules_are_rows() -> None:
    rows = [("指标", "单位", "2023年"), ("地区生产总值", "亿元", "210"), ("粮食产量", "万吨", "31")]

    def page(canvas: Any) -> None:
        y = body(canvas, LONG) - 20
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                write(canvas, 110 + 120 * j, y - 24 * i, cell, 12)
        y = body(canvas, OTHER, top=y - 100) - 20
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                write(canvas, 110 + 120 * j, y - 24 * i, cell, 12)
        write(canvas, 110, y - 24 * 3, "投资完成", 12)
        write(canvas, 110, y - 24 * 3 - 14, "额", 12)
        write(canvas, 350, y - 24 * 3, "65", 12)
        for level in (18, -6, -30, -54, -92):
            canvas.line(100, y + level, 460, y + level)
        for x in (100, 220, 340, 460):
            canvas.line(x, y + 18, x, y - 92)

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == [LONG, OTHER]
    table = ["\t".join(row) for row in rows]
    assert texts(read, Place.TABLE) == [*table, *table, "投资完成额\t\t65"]
    assert read.counts["table_rows"] == 7


def test_radicals_and_ligatures_are_characters() -> None:
    def page(canvas: Any) -> None:
        write(canvas, 100, 740, "⾏政⾼效")

    data = drawn(page)
    assert texts(read_pdf(data, "a.pdf")) == ["行政高效"]


def test_letters_of_a_font_that_does_not_say_what_they_are_are_told() -> None:
    """A subset font without its table of characters, as bad printers leave it."""
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont("Deja", str(fonts)))

    def page(canvas: Any) -> None:
        body(canvas, LONG)
        canvas.setFont("Deja", 12)
        canvas.drawString(100, 500, "Зелёная долина")

    writer = pypdf.PdfWriter(io.BytesIO(drawn(page)))
    for item in writer._objects:
        if isinstance(item, pypdf.generic.DictionaryObject) and "/ToUnicode" in item:
            del item["/ToUnicode"]
            item[pypdf.generic.NameObject("/FontDescriptor")] = pypdf.generic.NullObject()
    out = io.BytesIO()
    writer.write(out)
    read = read_pdf(out.getvalue(), "a.pdf")
    assert texts(read)[0] == LONG
    assert any("% of the letters cannot be read" in note for note in read.notes), (read.notes, texts(read))


def test_a_page_of_contents_has_a_line_for_each_entry() -> None:
    entries = [f"{mark}、{name}{'…' * 20}{i}" for i, (mark, name) in enumerate(zip("一二三", "甲乙丙", strict=True), 1)]

    def page(canvas: Any) -> None:
        for i, entry in enumerate(entries):
            write(canvas, 100, 740 - 28 * i, entry)
        body(canvas, LONG, OTHER, LONG, top=600)

    assert texts(read_pdf(drawn(page), "a.pdf")) == [*entries, LONG, OTHER, LONG]


def test_numbered_items_whose_text_hangs_are_one_each() -> None:
    def page(canvas: Any) -> None:
        y = body(canvas, LONG, OTHER)
        for number, text in ((1, LONG), (2, OTHER)):
            write(canvas, 100, y, f"{number}.")
            for start in range(0, len(text), 26):
                write(canvas, 128, y, text[start : start + 26])
                y -= 28
        body(canvas, LONG, top=y)

    found = [text.replace(" ", "") for text in texts(read_pdf(drawn(page), "a.pdf"))]
    assert found == [LONG, OTHER, "1." + LONG, "2." + OTHER, LONG]


def test_bookmarks_give_levels() -> None:
    def page(canvas: Any) -> None:
        body(canvas, "工作回顾", LONG, "农业农村", OTHER)
        for level, title in enumerate(("工作回顾", "农业 农村")):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)

    assert [line.level for line in read_pdf(drawn(page), "a.pdf").lines] == [1, None, 2, None]


def test_pages_can_be_read_one_by_one() -> None:
    data = flowed(report_paragraphs(5))
    pages = [page for number in range(1, 6) for page in read_pdf_pages(data, "a.pdf", number, number)]
    assert document_of_pages(pages, "a.pdf", pdf_bookmarks(data, "a.pdf")) == read_pdf(data, "a.pdf")
