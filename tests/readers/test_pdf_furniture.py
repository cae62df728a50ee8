"""What stands beside the text of a PDF or cannot be seen: heads, watermarks, notes, scans, and text that is turned."""

import io
from typing import Any

import pypdf
import pytest

from classifier.errors import DocumentError
from classifier.readers.lines import Place
from classifier.readers.pdf import read_pdf
from tests.readers.pdf_builders import (
    LONG,
    OTHER,
    VARIED,
    body,
    drawn,
    scan,
    texts,
    write,
)


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
    assert read.notes == ("a.pdf: the text of page 1 of 1 was recognized from a scan and may have errors",)


def test_scans_are_told() -> None:
    def page(canvas: Any) -> None:
        body(canvas, LONG)  # the same on every page, and yet no running head

    read = read_pdf(drawn(page, scan, scan, page, scan), "a.pdf")
    assert len(texts(read)) == 2
    assert read.counts["scanned_pages"] == 3
    assert read.notes[0].startswith("a.pdf: pages 2-3, 5 of 5 are scans without text; ")
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
