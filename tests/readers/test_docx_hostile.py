"""Damaged, locked and hostile Word documents: one line for the user, and never another exception."""

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DocumentError
from classifier.readers.docx import read_docx
from classifier.readers.docx_body import DEEPEST_TABLES
from classifier.readers.limits import LARGEST_WORD_TEXT, MOST_WORD_MARKUP, MOST_WORD_PARTS
from tests.conftest import PROJECT
from tests.readers.docx_builder import Docx, abstract, field_runs, lvl, num, p, r, root, style, table, text_box, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
FULL = Docx(
    p("政府工作报告", style="T")
    + p("回顾", num=(1, 0))
    + p("农业", num=(1, 1), ppr='<w:ind w:firstLineChars="200"/>')
    + table([["甲", "乙"], [p("丙", num=(2, 0)), "丁"]])
    + p(
        text_box(p("框"))
        + field_runs("SEQ", r("1"))
        + r("藏", "<w:vanish/>")
        + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    ),
    abstract(0, lvl(0, "chineseCounting", "%1、"), lvl(1, text="%1.%2")) + num(1, 0) + num(2, 0),
    style("T", "Title", ppr='<w:jc w:val="center"/>', rpr="<w:b/>"),
    {1: p("注")},
    pages=1,
)


def fault(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_docx(data, "a.docx")
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("a.docx: ")
    assert ";" in message
    return message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (OLE + "EncryptedPackage".encode("utf_16_le"), "locked with a password"),
        (OLE + "WordDocument".encode("utf_16_le"), "old .doc"),
        (OLE, "old Office file"),
        (b"{\\rtf1 text}", "RTF"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf <html>", "web page"),
        ("各位代表：".encode(), "no .docx file"),
        (b"PK\x03\x04", "not a whole"),
        (zipped({}), "word/document.xml is missing"),
        (zipped({"xl/workbook.xml": "<x/>"}), "Excel"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (zipped({"mimetype": "a", "content.xml": "<x/>"}), "OpenDocument"),
        (zipped({"word/document.xml": ""}), "nothing of it can be read"),
        (zipped({"word/document.xml": "<w:document"}), "nothing of it can be read"),
        (zipped({"word/document.xml": root("document", "")}), "nothing of it can be read"),
    ],
)
def test_what_is_no_word_document_is_told(data: bytes, told: str) -> None:
    assert told in fault(data)


def test_a_truncated_file_and_a_locked_member() -> None:
    whole = FULL.build()
    assert "not a whole" in fault(whole[: len(whole) // 2])
    locked = bytearray(whole)
    at = -1
    while (at := locked.find(b"PK\x01\x02", at + 1)) >= 0:
        locked[at + 8] |= 1  # the flag of the directory's entry
    assert "locked with a password" in fault(bytes(locked))


def test_members_that_are_compressed_in_other_ways() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", root("document", "<w:body/>"))
    assert "not a whole" in fault(file.getvalue())


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    parts = FULL.parts()
    document = str(parts["word/document.xml"])
    cut = zipped({**parts, "word/document.xml": document[: document.index("<w:tbl>") + 60]})
    lines = read_docx(cut, "a.docx")
    assert [line.text for line in lines.lines][:3] == ["政府工作报告", "一、回顾", "一.1 农业"]
    assert lines.notes == ("a.docx: its XML is broken; some text may be missing",)


@pytest.mark.parametrize("part", ["numbering", "styles", "footnotes"])
def test_a_damaged_side_part_is_told(part: str) -> None:
    parts = FULL.parts()
    lines = read_docx(zipped({**parts, f"word/{part}.xml": b"\x00\x01"}), "a.docx")
    assert len(lines.lines) >= 6
    (note,) = lines.notes
    assert note.startswith(f"a.docx: word/{part}.xml is damaged; ")


def test_a_side_part_with_a_wrong_checksum_is_told() -> None:
    data = bytearray(FULL.build())
    at = data.index(b"word/numbering.xml", data.index(b"PK\x01\x02"))  # its entry in the directory
    data[at - 46 + 16] ^= 0xFF
    assert "automatic numbers may be missing" in read_docx(bytes(data), "a.docx").notes[0]


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE w [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf_8", "utf_16", "utf_7"])
def test_entities_are_refused(declared: str, part: str, encoding: str) -> None:
    parts = FULL.parts()
    content = (
        str(parts[part]).replace('standalone="yes"?>', f"?>{declared}").replace("UTF-8", encoding.replace("_", "-"))
    )
    assert "entities" in fault(zipped({**parts, part: content.encode(encoding)}))


@pytest.mark.slow
def test_large_parts_are_refused() -> None:
    blank = root("document", "<w:body>" + " " * LARGEST_WORD_TEXT + "</w:body>")
    assert "MB of text" in fault(zipped({"word/document.xml": blank}))


@pytest.mark.slow
def test_a_part_of_tags_alone_is_refused() -> None:
    tags = root("document", "<w:body>" + "<w:p/>" * MOST_WORD_MARKUP + "</w:body>")
    assert "tags" in fault(zipped({"word/document.xml": tags}))


def test_too_many_members_are_refused() -> None:
    assert "parts" in fault(FULL.build() + b"PK\x01\x02" * (MOST_WORD_PARTS + 1))


def nested(deep: int) -> str:
    body = p("底")
    for _ in range(deep):
        body = table([[body]])
    return body


def test_endless_nesting_is_refused() -> None:
    assert [line.text for line in read_docx(Docx(nested(DEEPEST_TABLES - 1)).build(), "a.docx").lines] == ["底"]
    assert "too deep" in fault(Docx(nested(DEEPEST_TABLES)).build())
    assert "within each other" in fault(Docx(nested(500)).build())
    boxes = p("底")
    for _ in range(DEEPEST_TABLES):
        boxes = p(f"<w:r><w:pict><w:txbxContent>{boxes}</w:txbxContent></w:pict></w:r>")
    assert "too deep" in fault(Docx(boxes).build())


@pytest.mark.parametrize("wrap", ["w:ins", "w:sdt><w:sdtContent", "m:oMath", "w:r><w:ruby><w:rubyBase"])
def test_deep_wraps_are_read(wrap: str) -> None:
    deep = 240 // len(wrap.split("><"))
    close = "".join(f"</{name}>" for name in reversed(wrap.split("><")))
    (line,) = read_docx(Docx(p(r("面") + f"<{wrap}>" * deep + r("底") + close * deep)).build(), "a.docx").lines
    assert line.text.startswith("面")


MANY_FIELDS_AND_BOXES = """
from classifier.readers.docx import read_docx
from tests.readers.docx_builder import Docx, p, r
many = 20_000
begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
fields = (begin + middle) * many + r("果") * many + end * many
lines = "<w:r><w:t> </w:t><w:br/></w:r>" * many
boxes = f"<w:r><w:pict><w:txbxContent>{p('框')}</w:txbxContent></w:pict></w:r>" * many
print(len(read_docx(Docx(p(fields) + p(lines + boxes)).build(), "a.docx").lines))
"""


@pytest.mark.slow
def test_many_fields_and_boxes_come_to_an_end() -> None:
    """Work that grows with the square of the size would take hours; the guard is far beyond what is needed."""
    code = [sys.executable, "-c", MANY_FIELDS_AND_BOXES]
    done = subprocess.run(code, cwd=PROJECT, capture_output=True, text=True, check=True, timeout=300)
    assert int(done.stdout) >= 20_000


def read_or_told(data: bytes) -> None:
    try:
        read_docx(data, "a.docx")
    except DocumentError as error:
        assert "\n" not in str(error)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK", b"PK\x03\x04", OLE]))
def test_any_bytes(data: bytes, begin: bytes) -> None:
    read_or_told(begin + data)


WHOLE = FULL.build()


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 255)), max_size=6), st.integers(0, len(WHOLE)))
def test_flipped_bits_and_truncated_files(flips: list[tuple[int, int]], end: int) -> None:
    data = bytearray(WHOLE)
    for at, bits in flips:
        data[at] ^= bits
    read_or_told(bytes(data))
    read_or_told(bytes(data[:end]))


PARTS = {name: str(part).encode() for name, part in FULL.parts().items()}


@pytest.mark.slow
@settings(max_examples=300)
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_parts_with_flipped_and_exchanged_pieces(name: str, data: st.DataObject) -> None:
    part = PARTS[name]
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(len(part), start + 80)))
    other = data.draw(st.integers(0, len(part)))
    piece = data.draw(st.one_of(st.binary(max_size=4), st.just(part[other : other + 60]), st.just(b"-99999999999")))
    read_or_told(zipped({**PARTS, name: part[:start] + piece + part[end:]}))


NAMES = """p r t tbl tr tc pPr rPr numPr numId ilvl pStyle ind jc sz b vanish del ins sdt sdtContent sdtPr fldChar br
sym ruby rubyBase drawing pict txbxContent footnoteReference altChunk tcPr vMerge trPr outlineLvl"""
VALUES = """val="1"|val=""|val="-5"|val="99999999999999"|val="Ⅻ"|val="²"|id="1"|fldCharType="begin"|fldCharType="end"
firstLineChars="x"|left="1e9"|char="-1"|font="Symbol"|char="FFFFFFFFF"|char="D800\""""
ELEMENTS = st.sampled_from(NAMES.split())
ATTRIBUTES = st.sampled_from(["", *(f"w:{value}" for value in VALUES.replace("\n", "|").split("|"))])
TREES = st.recursive(
    st.sampled_from(["", "文", "T"]),
    lambda inner: st.builds(
        lambda name, attribute, children: f"<w:{name} {attribute}>{''.join(children)}</w:{name}>",
        ELEMENTS,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(TREES, max_size=4), st.lists(TREES, max_size=2))
def test_any_tree_of_words_elements(body: list[str], styles: list[str]) -> None:
    read_or_told(Docx("".join(body), FULL.numbering, FULL.styles + "".join(styles), FULL.notes).build())


def test_what_is_read_is_valid_text() -> None:
    for line in read_docx(WHOLE, "a.docx").lines:
        assert line.text == line.text.strip()
        line.text.encode()
