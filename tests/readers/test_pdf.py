"""PDF files that the tests make: paragraphs, columns, tables, what stands beside the text, and damaged files."""

import io
import random
from pathlib import Path
from typing import Any

import matplotlib
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

from classifier.errors import DocumentError
from classifier.readers.lines import DocumentLines, Place
from classifier.readers.pdf import lay_out_pdf, pdf_bookmarks, read_pdf, read_pdf_pages
from tests.readers.hostile_pdf import flate_bomb, nested_forms
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.pdf_builders import body, by_chromium, by_libreoffice, drawn, flowed, web_page, write

LONG = (
    "今年以来，全县上下坚持稳中求进工作总基调，统筹发展和安全，经济社会保持平稳健康发展，"
    "主要指标好于预期，群众生活持续改善。"
)
OTHER = "新建改建农村公路一百二十公里，完成老旧小区改造十六个，新增停车泊位两千个，城乡面貌焕然一新。"
VARIED = [
    f"{name}{LONG}" for name in ("工业方面，", "农业方面，", "商贸方面，", "文旅方面，", "教育方面，", "卫生方面，")
]


def texts(document: DocumentLines, place: Place = Place.BODY) -> list[str]:
    return [line.text for line in document.lines if line.place is place]


def scan(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


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


def test_a_paragraph_goes_on_over_a_page_break_with_furniture_between() -> None:
    def page(canvas: Any, number: int, lines: list[str]) -> None:
        write(canvas, 240, 800, "云溪县文件汇编", 10)
        for i, line in enumerate(lines):
            write(canvas, 100 + (28 if i == 0 and number == 1 else 0), 700 - 28 * i, line)
        write(canvas, 280, 40, f"— {number} —", 12)

    first = [LONG[:26], LONG[26:54]]
    second = [LONG[54:]]
    read = read_pdf(drawn(lambda c: page(c, 1, first), lambda c: page(c, 2, second)), "a.pdf")
    assert texts(read) == [LONG]
    assert (read.counts["running_heads"], read.counts["page_numbers"], read.counts["lines_joined"]) == (2, 2, 2)
    assert read.lines[0].page == 1


def test_heads_that_change_with_the_chapter_and_page_numbers_of_every_kind_are_dropped() -> None:
    numbers = ["第{}页", "{}/6", "- {} -", "·{}·", "第 {} 页 共 6 页", "{}"]

    def page(canvas: Any, i: int) -> None:
        write(canvas, 100, 800, f"第{'一二'[i // 3]}章　{'工作回顾' if i < 3 else '重点任务'}", 10)
        body(canvas, VARIED[i], OTHER[i:])
        write(canvas, 280, 40, numbers[i].format(i + 1), 10)

    read = read_pdf(drawn(*(lambda c, i=i: page(c, i) for i in range(6))), "a.pdf")
    assert (read.counts["running_heads"], read.counts["page_numbers"]) == (6, 6)
    assert len(texts(read)) == 12


def test_attachments_that_each_head_a_page_are_kept() -> None:
    def page(canvas: Any, i: int) -> None:
        write(canvas, 100, 780, f"附件{i}")
        body(canvas, VARIED[i])

    read = read_pdf(drawn(*(lambda c, i=i: page(c, i) for i in (1, 2, 3))), "a.pdf")
    assert [text for text in texts(read) if text.startswith("附件")] == ["附件1", "附件2", "附件3"]


def test_watermarks_aslant_or_pale_are_dropped() -> None:
    def page(canvas: Any, i: int) -> None:
        body(canvas, VARIED[i], OTHER[i:])
        canvas.saveState()
        canvas.setFillGray(0.8)
        write(canvas, 90, 690, "内部资料注意保存", 50)
        canvas.translate(200, 300)
        canvas.rotate(45)
        write(canvas, 0, 0, "云溪县政府办公室", 40)
        canvas.restoreState()

    read = read_pdf(drawn(*(lambda c, i=i: page(c, i) for i in range(3))), "a.pdf")
    assert texts(read) == [VARIED[0], OTHER, VARIED[1], OTHER[1:], VARIED[2], OTHER[2:]]
    assert read.counts["watermarks"] == 6


def test_hidden_white_and_tiny_text_is_dropped_but_white_on_a_dark_ground_is_not() -> None:
    def page(canvas: Any) -> None:
        body(canvas, LONG)
        canvas.setFillGray(1)
        write(canvas, 100, 500, "看不见的字")
        canvas.setFillGray(0.1)
        canvas.rect(90, 390, 300, 30, fill=1, stroke=0)
        canvas.setFillGray(1)
        write(canvas, 100, 400, "深底白字")
        canvas.setFillGray(0)
        write(canvas, 100, 300, "极小的字", 0.5)
        text = canvas.beginText(100, 200)
        text.setTextRenderMode(3)
        text.textOut("隐藏的字")
        canvas.drawText(text)

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == [LONG, "深底白字"]
    assert read.counts["hidden_text"] == 13


def test_the_text_layer_of_a_scan_is_kept_with_a_note() -> None:
    def page(canvas: Any) -> None:
        scan(canvas)
        canvas._code.append("3 Tr")
        body(canvas, LONG)

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == [LONG]
    assert read.notes == ("the text of page 1 of 1 was recognized from a scan and may have errors",)


def test_scans_are_told() -> None:
    def page(canvas: Any) -> None:
        body(canvas, LONG)  # the same on every page, and yet no running head

    read = read_pdf(drawn(page, scan, scan, page, scan), "a.pdf")
    assert len(texts(read)) == 2
    assert read.counts["scanned_pages"] == 3
    assert read.notes[0].startswith("pages 2-3, 5 of 5 are scans without text; ")
    with pytest.raises(DocumentError, match=r"^a\.pdf: all 2 pages are scans without text; [^\n]*OCR[^\n]*$"):
        read_pdf(drawn(scan, scan), "a.pdf")
    with pytest.raises(DocumentError, match=r"^a\.pdf: has no text; "):
        read_pdf(drawn(lambda canvas: None), "a.pdf")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_read_as_others(turn: int) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(drawn(lambda c: body(c, LONG, OTHER))))
    writer.pages[0].rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    assert texts(read_pdf(out.getvalue(), "a.pdf")) == [LONG, OTHER]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_that_is_turned_on_the_page_reads_as_others(turn: int) -> None:
    def page(canvas: Any) -> None:
        canvas.translate(421, 421)
        canvas.rotate(turn)
        canvas.translate(-421, -421)
        body(canvas, LONG, OTHER)

    assert texts(read_pdf(drawn(page, size=(842, 842)), "a.pdf")) == [LONG, OTHER]


def test_a_line_along_the_margin_is_a_note() -> None:
    def page(canvas: Any) -> None:
        body(canvas, LONG)
        canvas.translate(40, 300)
        canvas.rotate(90)
        write(canvas, 0, 0, "装订线内请勿书写")

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == [LONG]
    assert texts(read, Place.NOTE) == ["装订线内请勿书写"]


def test_letters_that_are_struck_twice_are_read_once() -> None:
    def page(canvas: Any) -> None:
        for i, letter in enumerate("深化改革"):
            write(canvas, 100 + 14 * i, 740, letter)
        for i, letter in enumerate("深化改革开放"):
            write(canvas, 100.4 + 14 * i, 740, letter)
        write(canvas, 100, 700, "人人有责，步步为营")

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == ["深化改革开放", "人人有责，步步为营"]


def test_raised_marks_are_footnotes_and_units_stay() -> None:
    def page(canvas: Any) -> None:
        write(canvas, 128, 740, "新增绿地200km")
        x = 128 + canvas.stringWidth("新增绿地200km", "STSong-Light", 14)
        write(canvas, x, 745, "2", 8)
        x += canvas.stringWidth("2", "STSong-Light", 8)
        write(canvas, x, 740, "，推进三化融合")
        x += canvas.stringWidth("，推进三化融合", "STSong-Light", 14)
        write(canvas, x, 745, "[3]", 8)
        write(canvas, x + canvas.stringWidth("[3]", "STSong-Light", 8), 740, "试点。")
        body(canvas, LONG, top=712)
        write(canvas, 100, 90, "[3]三化：指工业化、城镇化和农业现代化。", 10)

    read = read_pdf(drawn(page), "a.pdf")
    assert texts(read) == ["新增绿地200km2，推进三化融合【3】试点。", LONG]
    assert texts(read, Place.NOTE) == ["[3]三化：指工业化、城镇化和农业现代化。"]


def test_footnotes_do_not_part_the_paragraph_over_the_page() -> None:
    def first(canvas: Any) -> None:
        write(canvas, 128, 740, LONG[:26])
        write(canvas, 100, 712, LONG[26:54])
        write(canvas, 100, 90, "①三化：指工业化、城镇化和农业现代化。", 10)

    read = read_pdf(drawn(first, lambda c: write(c, 100, 740, LONG[54:])), "a.pdf")
    assert texts(read) == [LONG]
    assert texts(read, Place.NOTE) == ["①三化：指工业化、城镇化和农业现代化。"]


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
    assert lay_out_pdf(pages, "a.pdf", pdf_bookmarks(data, "a.pdf")) == read_pdf(data, "a.pdf")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_is_told_and_an_empty_one_opens(algorithm: str) -> None:
    for password, opens in (("", True), ("geheim", False)):
        writer = pypdf.PdfWriter(io.BytesIO(drawn(lambda c: body(c, LONG))))
        if algorithm.startswith("AES"):
            pytest.importorskip("cryptography", reason="pypdf writes AES with cryptography")
        writer.encrypt(password, "owner", algorithm=algorithm)
        out = io.BytesIO()
        writer.write(out)
        if opens:
            assert texts(read_pdf(out.getvalue(), "a.pdf")) == [LONG]
        else:
            with pytest.raises(DocumentError, match=r"^a\.pdf: locked with a password; [^\n]+$"):
                read_pdf(out.getvalue(), "a.pdf")


@pytest.mark.parametrize("data", [nested_forms(4, 100), nested_forms(40, 2), nested_forms(2, 1_500_000)])
def test_forms_that_draw_each_other_without_end_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: draws more than any document does; [^\n]+$"):
        read_pdf(data, "a.pdf")


def test_forms_within_forms_are_read() -> None:
    assert texts(read_pdf(nested_forms(4, 1), "a.pdf")) == ["a"]


@pytest.mark.slow
@pytest.mark.parametrize("data", [flate_bomb(2 << 20), flate_bomb(1 << 26), flate_bomb(1 << 28, 2)])
def test_streams_that_grow_beyond_measure_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: [^\n]+; print it anew[^\n]*$"):
        read_pdf(data, "a.pdf")


SMALL = flowed(report_paragraphs(1)[:12], 2)


def reads_or_refuses(data: bytes) -> None:
    try:
        read_pdf(data, "a.pdf")
    except DocumentError as error:
        assert str(error).startswith("a.pdf: ")
        assert "\n" not in str(error)


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused_in_one_line(data: bytes) -> None:
    reads_or_refuses(data)
    reads_or_refuses(b"%PDF-1.7\n" + data)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(SMALL)))
def test_a_truncated_file_is_read_or_refused(length: int) -> None:
    reads_or_refuses(SMALL[:length])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_file_with_flipped_bits_is_read_or_refused(seed: int, flips: int) -> None:
    damaged = bytearray(SMALL)
    chance = random.Random(seed)
    for _ in range(flips):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    reads_or_refuses(bytes(damaged))
