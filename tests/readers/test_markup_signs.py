"""Which files are web pages whatever they are called."""

import pytest

from classifier.readers.markup_signs import looks_like_html, looks_like_mhtml
from tests.readers.page_reports import report_paragraphs
from tests.readers.web_pages import PAGES

REPORT = "\n".join(report_paragraphs(1))


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_known(name: str) -> None:
    make, encoding = PAGES[name]
    assert looks_like_html(make("题目", report_paragraphs(1)).encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf\r\n <!-- saved from url=(0014)about:internet -->\r\n<html>",
        "<!doctype HTML>".encode("utf-16"),
        "<html><body>".encode("utf-16-le"),
        "".join(f'<p class="a">{line}</p>' for line in report_paragraphs(1)).encode("gb18030"),
    ],
)
def test_pieces_and_odd_beginnings_are_known(data: bytes) -> None:
    assert looks_like_html(data)


@pytest.mark.parametrize(
    "data",
    [
        REPORT.encode(),
        REPORT.encode("utf-16"),
        f"{REPORT}<br>见<a href='x'>附件</a>".encode(),
        b"",
        b"%PDF-1.7 <html>",
        b"<?xml version='1.0'?><w:document><w:p>x</w:p></w:document>",
        "<三农>工作，x<5，y>3".encode(),
    ],
)
def test_other_files_are_not(data: bytes) -> None:
    assert not looks_like_html(data)
    assert not looks_like_mhtml(data)


def test_web_archives_are_known_by_their_headers() -> None:
    head = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.b\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\r\n'
    assert looks_like_mhtml(head)
    assert not looks_like_mhtml(b"From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n")
