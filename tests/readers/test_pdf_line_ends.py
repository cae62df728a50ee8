"""Where lines of PDF files break: at what programs do not break, at hyphens, beside quotes, across columns."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from classifier.readers.pdf import read_pdf
from tests.readers.hostile_pdf import one_page
from tests.readers.pdf_builders import LONG, OTHER, drawn, texts, write

SIZE, LEFT, TOP = 14.0, 100.0, 740.0
PER_LINE = 28


def paragraphs_of(*paragraphs: Sequence[str], indent: int = 2) -> list[str]:
    """Draw paragraphs whose lines are given, behind two whole ones, and read them; without indents gaps part them."""

    def draw(canvas: Canvas) -> None:
        y = TOP
        for lines in (*(cut(text, indent) for text in (LONG, OTHER)), *paragraphs):
            for i, line in enumerate(lines):
                write(canvas, LEFT + (indent * SIZE if i == 0 else 0), y, line, SIZE)
                y -= 2 * SIZE
            y -= 0 if indent else SIZE

    found = texts(read_pdf(drawn(draw), "a.pdf"))
    assert found[:2] == [LONG, OTHER]
    return found[2:]


def cut(text: str, indent: int) -> list[str]:
    first = PER_LINE - indent
    return [text[:first], *(text[i : i + PER_LINE] for i in range(first, len(text), PER_LINE))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全县群众文化生活日益丰富，城乡面貌日新月异，各地深入", '开"树新风、建家园"活动，面貌焕然一新。'),
        ("预计全县工业增加值占生产总值的比重和上年相比提高幅为", "38．9％，比上年提高两个百分点。"),
    ],
)
def test_nothing_is_broken_beside_a_straight_quote_and_in_a_figure_with_a_wide_point(first: str, second: str) -> None:
    assert paragraphs_of((first, second), cut(OTHER, 0), indent=0) == [first + second, OTHER]


def test_a_sentence_goes_on_behind_some_room_where_first_lines_are_set_in() -> None:
    first, second = "规模以上工业增加值和服务业营业收入分别", "11.9%、6.8%，新增企业五十二家。"
    assert paragraphs_of((first, second), cut(OTHER, 2)) == [first + second, OTHER]
    assert paragraphs_of((first, second), cut(OTHER, 0), indent=0) == [first, second, OTHER]  # where nothing tells


def test_a_line_that_ends_early_with_a_full_stop_ends_its_paragraph() -> None:
    first, second = "全县群众文化生活日益丰富，面貌一新。", "各位代表，这些成绩来之不易。"
    assert paragraphs_of((first,), (second,)) == [first, second]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    first, second = "加快推进重大基础设施建设，规划建设泽州开发区-", "青石湖科技创新走廊，年内开工。"
    assert paragraphs_of((first, second)) == [first + second]


def test_one_glyph_of_two_dashes_is_two() -> None:
    """Fonts of browsers have one, which the file says to be both characters."""
    mapping = (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/A def 1 begincodespacerange<00><ff>"
        b"endcodespacerange 2 beginbfchar <41><20142014> <42><53BF> endbfchar endcmap end end"
    )
    font = "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 65/LastChar 66/Widths[2000 1000]/ToUnicode 6 0 R>>"
    content = b"BT /A 14 Tf 100 700 Td (ABBABB) Tj ET"
    data = one_page(("", content), "/Font<</A 5 0 R>>", [font, ("", mapping)])
    assert texts(read_pdf(data, "a.pdf")) == ["——县县——县县"]


def in_two_columns(*head: tuple[float, float, str, float]) -> list[str]:
    """Draw a head across two columns of text, each piece at its place in its size, and read the lines."""
    line = "统筹推进城乡建设各项工作，群众生活持续改善"

    def draw(canvas: Canvas) -> None:
        for x, y, text, size in head:
            write(canvas, x, y, text, size)
        for column in (60, 310):
            for i in range(12):
                write(canvas, column + (20 if i % 4 == 0 else 0), 640 - 20 * i, line[: 22 if i % 4 else 20], 10)

    return texts(read_pdf(drawn(draw), "a.pdf"))


def test_what_stands_across_columns_is_read_once_and_line_by_line() -> None:
    date, speaker, name = "（2024年1月16日在砚湖县第十六届人民代表大会第四次会议上）", "砚湖县人民政府县长", "闻筠"
    found = in_two_columns((142, 700, date, 10), (222, 680, speaker, 10), (332, 680, name, 10))
    assert found[0] == date
    assert found[1].split() == [speaker, name]
    assert not any(name in text for text in found[2:])


def test_small_gaps_part_paragraphs_where_lines_that_end_early_show_them() -> None:
    """A gap of half a letter, as word processors put behind paragraphs, behind a line that is full by chance."""
    full = (LONG[: PER_LINE - 2] + "。")[-PER_LINE:].rjust(PER_LINE, "全")
    report = [*[LONG, OTHER] * 4, full, OTHER, full, LONG]

    def draw(canvas: Canvas) -> None:
        y = TOP
        for paragraph in report:
            for line in cut(paragraph, 0):
                write(canvas, LEFT, y, line, SIZE)
                y -= 1.5 * SIZE
            y -= 0.5 * SIZE

    assert texts(read_pdf(drawn(draw), "a.pdf")) == report


@pytest.mark.parametrize("start", ["——二〇二五年，", "各位代表！", "［2］标准地："])
def test_behind_a_full_stop_some_words_begin_a_paragraph(start: str) -> None:
    full = (LONG[: PER_LINE - 2] + "。")[-PER_LINE:].rjust(PER_LINE, "全")
    assert paragraphs_of((full,), cut(start + OTHER, 0), indent=0) == [full, start + OTHER]


def test_a_note_mark_behind_a_quote_goes_on() -> None:
    first = "坚持把发展的着力点放在实体经济上，深入落实全县“三大战略”"[-PER_LINE:].rjust(PER_LINE, "要")
    assert paragraphs_of((first, "[8]和五项工程，确保全县经济平稳发展。"), cut(OTHER, 0), indent=0)[0] == (
        first + "[8]和五项工程，确保全县经济平稳发展。"
    )
