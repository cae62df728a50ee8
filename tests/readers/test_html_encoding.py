"""The encoding of a web page: as declared, unless its bytes are of another."""

import codecs

import pytest

from classifier.errors import DocumentError
from classifier.readers.html import read_html

SIMPLIFIED = "过去一年，全县粮食总产量达到31万吨，新改建农村公路86公里，群众获得感明显增强，镕珺二字不在旧字集里。"
TRADITIONAL = "過去一年，全縣糧食總產量達到31萬噸，新改建農村公路86公里，群眾獲得感明顯增強，各項工作紮實推進。"
PADDING = "<script>" + "var a = 1; // ascii\n" * 5_000 + "</script>"


def page(text: str, declared: str) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    return f"<html><head>{PADDING}{meta}</head><p>{text}</p></html>"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5", "iso-8859-1", "no-such"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
    ],
)
def test_a_wrong_declaration_does_not_garble(text: str, encoding: str, declared: str) -> None:
    found = read_html(page(text, declared).encode(encoding), "a.html")
    assert [line.text for line in found.lines] == [text]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-16-le", b"")]
)
def test_utf_16_is_read(encoding: str, mark: bytes) -> None:
    assert read_html(mark + page(SIMPLIFIED, "utf-16").encode(encoding), "a").lines[0].text == SIMPLIFIED


def test_the_wide_blank_that_python_does_not_know_is_a_blank() -> None:
    data = page(f"@@{SIMPLIFIED}", "gb2312").encode("gb18030").replace(b"@@", b"\xa3\xa0\xa3\xa0")
    assert read_html(data, "a").lines[0].text == SIMPLIFIED


def test_a_broken_character_is_noted() -> None:
    data = page(SIMPLIFIED * 30, "utf-8").encode().replace("粮".encode(), "粮".encode()[:2], 1)
    (note,) = read_html(data, "a.html").notes
    assert note == "a.html: a broken character was read as U+FFFD (utf-8)"


@pytest.mark.parametrize(
    "text",
    [bytes(range(1, 32)).decode() * 9, (SIMPLIFIED * 9).encode().decode("gb18030", "replace").replace("\ufffd", "")],
)
def test_what_is_no_chinese_text_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.html: not a readable text file; "):
        read_html(f"<p>{text}</p>".encode(), "a.html")
