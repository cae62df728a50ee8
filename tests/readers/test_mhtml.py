"""Pages that a browser saved in one file."""

from pathlib import Path

import pytest

from classifier.errors import DocumentError
from classifier.readers.mhtml import read_mhtml
from tests.readers.files import write_mhtml

PROSE = "过去一年，全县粮食总产量达到31万吨，新改建农村公路86公里，群众获得感明显增强。"
PAGE = f"<html><head><title>政府工作报告</title></head><body><p>{PROSE}</p></body></html>"
FRAME = "<html><body><iframe src='cid:frame'></iframe></body></html>"


def texts(path: Path) -> list[str]:
    return [line.text for line in read_mhtml(path.read_bytes(), path.name).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk"])
def test_the_page_is_read(tmp_path: Path, encoding: str) -> None:
    assert texts(write_mhtml(tmp_path / "a.mhtml", PAGE, encoding=encoding)) == ["政府工作报告", PROSE]


def test_the_text_in_a_frame_is_read_where_the_page_has_none(tmp_path: Path) -> None:
    assert texts(write_mhtml(tmp_path / "a.mht", FRAME, "<p>短</p>", PAGE)) == ["政府工作报告", PROSE]
    assert texts(write_mhtml(tmp_path / "a.mht", PAGE, f"<p>{PROSE * 9}</p>")) == ["政府工作报告", PROSE]


def test_the_part_that_is_called_the_start_is_the_page(tmp_path: Path) -> None:
    path = write_mhtml(tmp_path / "a.mht", f"<p>{PROSE * 2}</p>", PAGE)
    data = path.read_bytes().replace(b"multipart/related;", b'multipart/related; start="<b>";', 1)
    second = data.split(b"Content-Type: text/html", 2)[2]
    path.write_bytes(data.replace(second, b"; x=1\nContent-ID: <b>" + second[second.index(b"\n") :], 1))
    assert texts(path) == ["政府工作报告", PROSE]


def test_a_boundary_that_the_headers_do_not_name_is_found() -> None:
    data = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n------Part----\r\n"
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{PAGE}\r\n------Part------\r\n"
    )
    assert [line.text for line in read_mhtml(data.encode(), "a.mhtml").lines] == ["政府工作报告", PROSE]


def test_a_web_page_that_has_only_the_name_is_read() -> None:
    assert [line.text for line in read_mhtml(PAGE.encode(), "a.mht").lines] == ["政府工作报告", PROSE]


@pytest.mark.parametrize(
    "data", [b"Subject: x\n\nabc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"]
)
def test_a_file_without_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(
        DocumentError, match=r"^a\.mht: no web page in this file; open it in a browser and save it anew$"
    ):
        read_mhtml(data, "a.mht")


def test_a_file_of_empty_frames_is_refused_as_the_page_is(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^a\.mht: a page of frames"):
        texts(write_mhtml(tmp_path / "a.mht", FRAME, "<p></p>"))


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.readers.html_tree.LARGEST_WEB_PAGE", 1 << 10)
    with pytest.raises(DocumentError, match=r"^a\.mht: a page of more than 0 MB; save it without its pictures$"):
        read_mhtml(b"MIME-Version: 1.0\n" * 100, "a.mht")
