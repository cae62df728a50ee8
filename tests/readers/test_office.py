"""Files of old office programs by LibreOffice: their text and numbers, and that a conversion does no harm."""

import os
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from classifier.errors import DocumentError
from classifier.readers import libreoffice as conversion
from classifier.readers import office
from classifier.readers.lines import DocumentLines, Place
from classifier.readers.office import office_ending, read_office
from tests.conftest import PROJECT
from tests.readers.docx_builder import Docx, p
from tests.readers.office_files import libreoffice, made_by_libreoffice, odt, odt_paragraphs, rtf
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.pdf_builders import LONG, OTHER, flat_opendocument, texts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
BINARY_WORD = OLE + "WordDocument".encode("utf_16_le") + b"\x00" * 488


def read(data: bytes) -> DocumentLines:
    libreoffice()
    return read_office(data, "a.doc")


def fault(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_office(data, "a.doc")
    told = str(caught.value)
    assert told.startswith("a.doc: ")
    assert "\n" not in told
    assert any(mark in told for mark in ";,")
    return told


@pytest.mark.slow
@pytest.mark.parametrize("target", ["doc", "odt", "rtf", "fodt"])
def test_a_report_comes_out_whole(target: str) -> None:
    report = report_paragraphs(3)
    document = read(made_by_libreoffice(tuple(report), target))
    assert texts(document) == report
    assert document.counts["converted"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "seeds" / "reports").iterdir()))
def test_a_plain_report_and_its_old_word_file_are_the_same(name: str) -> None:
    text = (PROJECT / "seeds" / "reports" / name).read_text(encoding="utf-8")
    report = [line.strip() for line in text.split("\n") if line.strip()]
    for target in ("doc", "odt"):
        document = read(made_by_libreoffice(tuple(report), target))
        assert paragraph_f1(report, [line.text for line in document.lines]) >= 0.98


def test_automatic_numbers_and_tables_are_as_libreoffice_shows_them() -> None:
    level = '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("工作回顾", "重点任务"))
    row = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in ("粮食", "31"))
    body = f'<text:list text:style-name="L">{items}</text:list>'
    body += (
        f'<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>{row}</table:table-row>'
    )
    body += f"</table:table><text:p>{LONG}</text:p>"
    document = read(odt(body, f'<text:list-style style:name="L">{level}</text:list-style>'))
    assert texts(document) == ["一、工作回顾", "二、重点任务", LONG]
    assert texts(document, Place.TABLE) == ["粮食\t31"]


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (BINARY_WORD, ".doc"),
        (OLE + "CONTENTS".encode("utf_16_le"), ".wps"),
        (OLE + "Workbook".encode("utf_16_le"), None),
        (b"\xef\xbb\xbf{\\rtf1 }", ".rtf"),
        (odt_paragraphs([LONG]), ".odt"),
        (flat_opendocument([LONG]).encode(), ".fodt"),
        (Docx(p("甲")).build(), ".docx"),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, ending: str | None) -> None:
    assert office_ending(data) == ending


def test_a_new_file_with_an_old_name_is_read_as_it_is() -> None:
    document = read_office(Docx(p(LONG)).build(), "a.doc")
    assert texts(document) == [LONG]
    assert "converted" not in document.counts


def locked_word() -> bytes:
    data = bytearray(BINARY_WORD + b"\xec\xa5" + b"\x00" * 510)
    data[1024 + 11] = 0x13
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        locked_word(),
        OLE + "EncryptedPackage".encode("utf_16_le"),
        odt("", manifest='<manifest:encryption-data manifest:checksum="x"/>'),
    ],
)
def test_a_password_is_told(data: bytes) -> None:
    assert "locked with a password" in fault(data)


def test_files_that_are_none_are_told() -> None:
    assert "no document of Word" in fault(b"plain")
    assert "no document of Word" in fault(OLE + "Workbook".encode("utf_16_le"))


def test_a_damaged_file_is_told() -> None:
    libreoffice()
    assert "LibreOffice cannot open it" in fault(BINARY_WORD)


def test_where_libreoffice_is_missing_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    told = fault(rtf([LONG]))
    assert "needs LibreOffice" in told
    assert "文件 → 另存为 → .docx" in told


def test_the_program_is_found_beside_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(conversion, "_PLACES", (str(tmp_path / "none"), str(tmp_path / "soffice")))
    assert conversion.find_libreoffice() is None
    (tmp_path / "soffice").touch()
    assert conversion.find_libreoffice() == str(tmp_path / "soffice")


def script(folder: Path, lines: str) -> str:
    program = folder / "program.sh"
    program.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder for temporary files, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a shell script")
def test_a_conversion_that_hangs_is_ended_with_all_its_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, private: Path
) -> None:
    monkeypatch.setattr(conversion, "LONGEST_CONVERSION", 1.0)
    program = script(tmp_path, f"sleep 300 & echo $! > {tmp_path / 'child'}; wait")
    monkeypatch.setattr(office, "find_libreoffice", lambda: program)
    assert "took more than" in fault(rtf([LONG]))
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("a process of the conversion still runs")
    assert list(private.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a shell script")
def test_a_conversion_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, private: Path) -> None:
    monkeypatch.setattr(office, "find_libreoffice", lambda: script(tmp_path, "exit 1"))
    assert "LibreOffice cannot open it" in fault(rtf([LONG]))
    assert list(private.iterdir()) == []


def test_several_conversions_at_a_time_and_nothing_is_left(private: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda text: texts(read(rtf([text]))), [LONG, OTHER]))
    assert found == [[LONG], [OTHER]]
    assert list(private.iterdir()) == []


def test_links_are_not_followed() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = f"http://127.0.0.1:{server.server_port}/a.png"
        size = 'text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"'
        shown = f'<draw:image xlink:href="{link}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        picture = f"<draw:frame {size}>{shown}</draw:frame>"
        section = f'<text:section text:name="S"><text:section-source xlink:href="{link}"/></text:section>'
        document = read(odt(f"<text:p>{LONG}{picture}</text:p>{section}"))
        server.shutdown()
    assert texts(document)[0] == LONG
    assert asked == []
