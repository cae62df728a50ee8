"""OFD files that the tests make: what is shown on their pages is read, and what is not is dropped and counted."""

import io
import zipfile
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from classifier.errors import DocumentError
from classifier.readers import ofd as reader
from classifier.readers.lines import DocumentLines, Place
from classifier.readers.ofd import read_ofd
from tests.conftest import PROJECT
from tests.readers.ofd_maker import body, element, flowed_ofd, image, ofd, page, path, text
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.pdf_builders import LONG, OTHER, VARIED, texts


def read(*pages: str, **parts: object) -> DocumentLines:
    return read_ofd(ofd(*pages, **parts), "a.ofd")  # type: ignore[arg-type]


def shown(*objects: str) -> list[str]:
    return texts(read(page(*objects)))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_report_gives_its_paragraphs(seed: int) -> None:
    report = report_paragraphs(seed)
    document = read_ofd(flowed_ofd(report), "a.ofd")
    assert paragraph_f1(report, texts(document)) >= 0.98
    assert document.pages is not None
    assert document.counts["page_numbers"] == document.counts["running_heads"] == document.pages > 3


@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "seeds" / "reports").iterdir()))
def test_a_plain_report_and_its_pages_are_the_same(name: str) -> None:
    report = (PROJECT / "seeds" / "reports" / name).read_text(encoding="utf-8").split("\n")
    report = [line.strip() for line in report if line.strip()]
    document = read_ofd(flowed_ofd(report), "a.ofd")
    assert paragraph_f1(report, [line.text for line in document.lines]) >= 0.95


@pytest.mark.parametrize(
    ("delta", "letters"),
    [
        ("g 3 4.94", "稳中求进"),
        ("4.94 4.94 4.94", "稳中求进"),
        ("4.94 g 2 4.94", "稳中求进"),
        ("4.94", "稳中求进"),
        ("g 999999999 4.94", "稳中求进"),
        ("g 3", "稳中求进"),
        ("", "稳中求进"),
        ("g 3 2.5", "GDP5"),
    ],
)
def test_offsets_between_letters(delta: str, letters: str) -> None:
    following = text(35 + 4 * 4.94 if letters != "GDP5" else 45, 40, "工作")
    assert shown(text(35, 40, letters, delta=delta), following) == [f"{letters}工作"]


def test_letters_by_one_object_each_and_by_several_codes_in_one() -> None:
    singly = [text(35 + 5 * i, 40, letter) for i, letter in enumerate("深化改革")]
    codes = element("TextCode", "扩大", X=0, Y=5, DeltaX="5") + element("TextCode", "开放", X=10, DeltaX="5")
    one = element("TextObject", codes, Boundary="35 60 30 6", Font=1, Size=4.94)
    assert shown(*body(LONG, top=100)[0], *singly, one) == ["深化改革", "扩大开放", LONG]


def test_matrices_scale_and_move() -> None:
    scaled = element(
        "TextObject",
        element("TextCode", "推进项目", X=0, Y=1, DeltaX="g 3 1"),
        Boundary="35 40 40 8",
        Font=1,
        Size=1,
        CTM="5 0 0 5 10 0",
    )
    (line,) = read(page(scaled)).lines
    assert (line.text, line.size) == ("推进项目", round(5 * 72 / 25.4, 1))


def test_text_that_is_written_downward_or_turned_reads_as_others() -> None:
    turned = element(
        "TextObject", element("TextCode", "装订线内", X=0, Y=5, DeltaX="g 3 5"), Boundary="10 60 5 30", Font=1, Size=5,
        CTM="0 1 -1 0 10 0",
    )  # fmt: skip
    downward = element(
        "TextObject", element("TextCode", "保存十年", X=0, Y=5, DeltaY="g 3 5"), Boundary="190 60 5 30", Font=1, Size=5
    )
    document = read(page(*body(LONG)[0], turned, downward))
    assert texts(document) == [LONG]
    assert "".join(texts(document, Place.NOTE)) == "保存十年装订线内"  # from the right, as text written downward is


def test_units_are_drawn_where_they_are_used() -> None:
    unit = element("CompositeGraphicUnit", element("Content", text(0, 5, "图章文字")), ID=7, Width=50, Height=20)
    used = element("CompositeObject", Boundary="35 60 50 20", ResourceID=7)
    document = read(page(*body(LONG)[0], used), shared=element("CompositeGraphicUnits", unit))
    assert texts(document) == [LONG, "图章文字"]


def test_units_that_draw_each_other_without_end_are_refused() -> None:
    inner = "".join(element("CompositeObject", Boundary="0 0 9 9", ResourceID=7) for _ in range(20))
    unit = element("CompositeGraphicUnit", element("Content", inner), ID=7, Width=9, Height=9)
    with pytest.raises(DocumentError, match=r"^a\.ofd: page 1 has more characters than any text; [^\n]+$"):
        read(page(inner), shared=element("CompositeGraphicUnits", unit))


def test_templates_that_draw_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_DOCUMENT_OBJECTS", 3_000)
    used = '<ofd:Template TemplateID="50"/>'
    pages = [page(*body(LONG)[0], before=used)] * 4
    with pytest.raises(DocumentError, match=r"^a\.ofd: draws more than any document does; [^\n]+$"):
        read(*pages, templates=[page(path("M 0 0 L 9 9") * 1_000)])


@pytest.mark.parametrize(
    "item",
    [
        text(35, 200, "看不见的字", Visible="false"),
        element("PageBlock", text(35, 200, "看不见的字"), Visible="false"),
        text(35, 200, "看不见的字", inner=element("FillColor", Value="255 255 255")),
        text(35, 200, "看不见的字", inner=element("FillColor", Value="0 0 0", Alpha=0)),
        text(35, 200, "看不见的字", Alpha=0),
        text(35, 200, "看不见的字", Fill="false"),
        text(35, 200, "看不见的字", 0.2),
        text(300, 200, "看不见的字"),
        text(35, 200, "看不见的字", DrawParam=3),
    ],
)
def test_hidden_text_is_dropped_and_counted(item: str) -> None:
    white = element("DrawParams", element("DrawParam", element("FillColor", Value="255 255 255"), ID=3))
    document = read(page(*body(LONG)[0], item), shared=white)
    assert texts(document) == [LONG]
    assert document.counts["hidden_text"] == 5


def test_a_layer_that_is_switched_off_is_dropped() -> None:
    document = read(page(*body(LONG)[0]), page(*body(OTHER)[0], Visible="false"))
    assert texts(document) == [LONG]
    assert document.counts["hidden_text"] == len(OTHER)


def test_white_letters_on_a_dark_ground_are_read() -> None:
    ground = path("M 30 190 L 120 190 L 120 210 L 30 210 C", Fill="true", Stroke="false")
    white = text(35, 200, "深底白字", inner=element("FillColor", Value="255 255 255"))
    assert shown(*body(LONG)[0], ground, white) == [LONG, "深底白字"]


def test_watermarks_are_dropped() -> None:
    mark = text(60, 150, "云溪县内部", 20, CTM="0.7 -0.7 0.7 0.7 0 0", Alpha=60)
    document = read(*(page(*body(varied)[0], mark) for varied in VARIED))
    assert texts(document) == VARIED
    assert document.counts["watermarks"] == 6


def test_a_running_head_of_a_template_and_page_numbers_are_dropped() -> None:
    used = '<ofd:Template TemplateID="50" ZOrder="Background"/>'
    pages = [page(*body(v)[0], text(100, 285, f"- {i} -", 3.5), before=used) for i, v in enumerate(VARIED, 1)]
    document = read(*pages, templates=[page(text(90, 15, "云溪县文件汇编", 3.5))])
    assert texts(document) == VARIED
    assert (document.counts["running_heads"], document.counts["page_numbers"]) == (6, 6)


def test_fonts_say_what_is_bold() -> None:
    fonts = '<ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" FontName="方正小标宋简体"/>'
    fonts += '<ofd:Font ID="3" FontName="仿宋" Bold="true"/>'
    items = [text(35, 40, "甲乙丙丁"), text(35, 40, "戊己庚辛", Font=2), text(35, 40, "壬癸子丑", Font=3)]
    items.append(text(35, 40, "寅卯辰巳", Weight=700))
    pages = [page(item, *body(LONG, top=60)[0]) for item in items]
    lines = read(*pages, fonts=fonts).lines
    assert [line.bold for line in lines if len(line.text) == 4] == [False, True, True, True]


def test_rows_of_a_ruled_table() -> None:
    rows = [("指标", "单位", "数值"), ("粮食产量", "万吨", "31"), ("新增就业", "人", "4200")]
    cells = [text(35 + 40 * j, 60 + 10 * i, cell, 4) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    rules = [path(f"M 33 {y} L 153 {y}") for y in (54, 64, 74, 84)]
    rules += [path(f"M {x} 54 L {x} 84") for x in (33, 73, 113, 153)]
    document = read(page(*body(LONG, top=20)[0], *cells, *rules))
    assert texts(document, Place.TABLE) == ["\t".join(row) for row in rows]
    assert document.counts["table_rows"] == 3


def test_glyphs_stand_for_characters_where_the_text_has_none() -> None:
    data = (Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf").read_bytes()
    font = TTFont(io.BytesIO(data))
    numbers = [font.getGlyphID(font.getBestCmap()[ord(letter)]) for letter in "GDP5"]
    glyphs = element(
        "CGTransform", element("Glyphs", " ".join(map(str, numbers))), CodePosition=0, CodeCount=4, GlyphCount=4
    )
    fonts = (
        '<ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" FontName="x"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font>'
    )
    item = text(35, 200, "\ue001\ue002\ue003\ue004", delta="g 3 3", Font=2, inner=glyphs)
    files = {"Doc_0/Res/f.ttf": data}
    assert texts(read(page(*body(LONG)[0], item), fonts=fonts, files=files)) == [LONG, "GDP5"]
    document = read(page(*body(LONG)[0], item), fonts=fonts, files={"Doc_0/Res/f.ttf": b"broken"})
    assert any("of the letters cannot be read" in note for note in document.notes)


def test_outlines_give_levels() -> None:
    entry = element("OutlineElem", element("Actions", element("Action", element("Goto", element("Dest", PageID=100)))), Title="农业 农村")  # fmt: skip  # noqa: E501
    document = read(page(*body(LONG, "农业农村", OTHER)[0]), document=element("Outlines", entry))
    assert [line.level for line in document.lines] == [None, 1, None]


def test_several_documents_in_one_file_follow_each_other() -> None:
    document = read_ofd(ofd(page(*body(LONG)[0]), more=[[page(*body(OTHER)[0])]]), "a.ofd")
    assert [(line.page, line.text) for line in document.lines] == [(1, LONG), (2, OTHER)]


def test_remarks_and_attachments_are_counted() -> None:
    files = {
        "Doc_0/Annots.xml": element("Annotations", element("Page", element("FileLoc", "Annot_0.xml"), PageID=100)),
        "Doc_0/Annot_0.xml": element("PageAnnot", element("Annot", text(35, 90, "已阅"), ID=1) * 2),
        "Doc_0/Attachments.xml": element("Attachments", element("Attachment", ID=1)),
    }
    named = element("Annotations", "Annots.xml") + element("Attachments", "Attachments.xml")
    document = read(page(*body(LONG)[0]), document=named, files=files)
    assert texts(document) == [LONG]
    assert (document.counts["annotations"], document.counts["embedded_documents"]) == (2, 1)
    assert document.notes == ("a.ofd: documents that are embedded in it are not read (1)",)


def test_scans_are_told() -> None:
    scan = page(image(0, 0, 210, 297))
    document = read(page(*body(LONG)[0]), scan, scan)
    assert document.notes[0].startswith("a.ofd: pages 2-3 of 3 are scans without text; ")
    with pytest.raises(DocumentError, match=r"^a\.ofd: the page is a scan without text; [^\n]*OCR[^\n]*$"):
        read(scan)


def test_files_of_programs_that_go_their_own_way() -> None:
    """Another namespace, small attribute names, the page's area within its content, paths with \\ and from the root."""
    line = text(35, 40, LONG[:20]).replace(" Size=", " size=")
    item = page(line).replace("<ofd:Content>", "<ofd:Content>" + element("Area", element("PhysicalBox", "0 0 150 200")))
    files = {"OFD.xml": element("OFD", element("DocBody", element("DocRoot", "/DOC_0\\Document.xml")))}
    assert texts(read(item, files=files, space="http://example.org/other")) == [LONG[:20]]


def fault(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_ofd(data, "a.ofd")
    told = str(caught.value)
    assert told.startswith("a.ofd: ")
    assert ";" in told
    assert "\n" not in told
    return told


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no zip at all", "not a whole .ofd file"),
        (archive(), "OFD.xml is missing"),
        (archive(Encryptions_xml="<x/>"), "locked with a password"),
        (archive(OFD_xml=""), "OFD.xml is missing"),
        (archive(OFD_xml="<ofd/>"), "no pages"),
        (archive(OFD_xml='<!DOCTYPE x [<!ENTITY a "b">]><ofd>&a;</ofd>'), "entities"),
        (ofd(page(text(35, 40, "字")), files={"Doc_0/Document.xml": "<a"}), "no pages"),
        (ofd(page("<ofd:A>" * 500 + "</ofd:A>" * 500)), "within each other"),
        (ofd(page()), "has no text"),
        (ofd(page(text(1, 40, "字" * 100_001))), "more characters than any text"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, told: str) -> None:
    assert told in fault(data)


def test_a_page_that_is_damaged_or_missing_is_told_and_the_others_are_read() -> None:
    pages = [page(*body(varied)[0]) for varied in VARIED[:4]]
    data = ofd(*pages, files={"Doc_0/Pages/Page_1/Content.xml": "", "Doc_0/Pages/Page_3/Content.xml": pages[3][:-25]})
    document = read_ofd(data, "a.ofd")
    assert texts(document) == [VARIED[0], VARIED[2], VARIED[3]]
    assert document.counts["damaged_pages"] == 2
    assert document.notes[-1].startswith("a.ofd: pages 2, 4 are damaged")
