import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from classifier.documents.parse import parse, parse_bytes
from classifier.errors import DocumentError
from classifier.readers.formats import FORMATS
from classifier.readers.recognition import recognised_bytes
from classifier.readers.registry import raw_documents
from classifier.readers.sources import listed
from classifier.readers.unread import UNREAD, known_kind
from tests.readers.docx_builder import Docx, p, r
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT
from tests.readers.pdf_builders import flowed

OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")


def package(**members: str) -> bytes:
    """A zip file with these members; `__` in a name stands for a slash, `_` for the dot."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


def ole(*streams: str, sectors: int = 1) -> bytes:
    """An OLE file with a directory of these streams, the first in its first sector and the others in its last."""
    entries = [b""] * (4 * sectors)
    for i, name in enumerate(["Root Entry", *streams]):
        raw = f"{name}\0".encode("utf_16_le")
        entries[i if i < 2 or sectors == 1 else i - 2 + 4 * (sectors - 1)] = raw.ljust(64, b"\0") + struct.pack(
            "<H", len(raw)
        )
    directory = b"".join(entry.ljust(128, b"\0") for entry in entries)
    # The table of sectors is sector 0, the directory begins in sector 1.
    following = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(following)}I", *following).ljust(512, b"\xff")
    head = OLE_HEAD.ljust(30, b"\0") + struct.pack("<H", 9) + bytes(16) + struct.pack("<I", 1)
    tables = struct.pack("<I", 0) + b"\xff" * 4 * 108
    return head.ljust(76, b"\0") + tables + table + directory


DOCX = Docx(p(r(OTHER))).build()
PDF = flowed([OTHER])
CONTENTS: list[tuple[bytes, str]] = [
    (DOCX, ".docx"),
    (PDF, ".pdf"),
    (b"mail header\r\n" * 9 + PDF, ".pdf"),
    (package(a_txt="x"), ".zip"),
    (package(xl__workbook_xml="x"), ".xlsx"),
    (package(ppt__presentation_xml="x"), ".pptx"),
    (package(OFD_xml="x", Doc__a_xml="x"), ".ofd"),
    (package(mimetype="application/vnd.oasis.opendocument.text", content_xml="x"), ".odt"),
    (package(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="x"), ".ods"),
    (package(mimetype="application/epub+zip"), ".epub"),
    (ole("WordDocument"), ".doc"),
    (ole("1Table", "WordDocument", sectors=9), ".doc"),
    (ole("Workbook"), ".xls"),
    (ole("Book"), ".xls"),
    (ole("Current User", "PowerPoint Document"), ".ppt"),
    (b"{\\rtf1\\ansi " + OTHER.encode("gbk"), ".rtf"),
    (b"PAR1" + bytes(50), ".parquet"),
    (b"\x1f\x8b\x08" + bytes(50), ".gz"),
    (b"\xef\xbb\xbf \r\n<!DOCTYPE html><p>" + OTHER.encode(), ".html"),
    (f"\ufeff<html><body>{OTHER}".encode("utf_16_le"), ".html"),
    (f"<!-- saved -->\n<div class='a'>{OTHER}</div>".encode("gb18030"), ".html"),
    (b'<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<html xmlns="x">', ".html"),
    (b'<?xml version="1.0"?>\n<rss></rss>', ".xml"),
    (b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x", ".mhtml"),
    (b'[{"text": "x"}]', ".json"),
    (b'{"text": "x"}\n{"text": "y"}', ".jsonl"),
    (b'{\n  "rows": [1]}', ".json"),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n各位代表".encode(), ".vtt"),
    ("1\r\n00:00:01,000 --> 00:00:04,000\r\n各位代表".encode(), ".srt"),
    ("报告\n\n**一、回顾**\n\n- **修路**：三条\n- **架桥**：两座".encode(), ".md"),
    ("# 报告\n\n## 一、回顾\n\n**修路**".encode(), ".md"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(9), ".7z"),
    (b"Rar!\x1a\x07\x01" + bytes(9), ".rar"),
    (bytes(257) + b"ustar\x0000", ".tar"),
    (b"\x89PNG\r\n\x1a\n" + bytes(9), ".png"),
    (b"CAJ\0" + bytes(90), ".caj"),
]


@pytest.mark.parametrize(("content", "ending"), CONTENTS, ids=lambda c: c if isinstance(c, str) else "")
@pytest.mark.parametrize("named", ["", ".txt", ".strange"])
def test_a_format_is_told_by_content(content: bytes, ending: str, named: str) -> None:
    form, misnamed = recognised_bytes(content, named)
    assert ending in form.endings
    assert misnamed == (named == ".txt")
    assert recognised_bytes(content, ending) == (form, False)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("a,text\n1,2", ".csv"),
        ("<p>一段</p>", ".csv"),
        ('{"text": "x"}', ".csv"),
        ("%PDF-1.4 是一种格式，%PDF 是开头。", ".txt"),
        ("见 %PDF-1.4 的说明。", ".txt"),
        ("BM 公司二〇二四年度报告", ".txt"),
        ("PK 赛", ".txt"),
        ("#县长说# 修路\n# 号码", ".txt"),
        ("** 注：初步数。\n**有关单位\n2**3 种", ".txt"),
        ("# 报告\n## 一、回顾", ".csv"),
        ("会议定于 10:00:00 --> 请准时", ".txt"),
        ("From: 县政府\n通知", ".txt"),
        ("[2024] 3 号", ".txt"),
        ("{注} 说明", ".txt"),
        ("<某县>工作报告", ".txt"),
        ("a < b", ""),
    ],
)
def test_the_ending_decides_where_the_content_cannot(text: str, ending: str) -> None:
    form, misnamed = recognised_bytes(text.encode(), ending)
    assert form is known_kind(ending or ".txt") or text.startswith("%PDF")
    assert not misnamed or text.startswith("%PDF")


@pytest.mark.parametrize("cut", [5, 40, 511, 513, 700, 1100])
def test_a_damaged_package_is_left_to_its_reader(cut: int) -> None:
    for content, ending in ((DOCX, ".docx"), (ole("WordDocument"), ".docx"), (PDF, ".pdf")):
        with pytest.raises(DocumentError, match=r"^x: .+; "):
            parse_bytes(content[:cut], "x", "x", ending)


@pytest.mark.parametrize("unit", ["<!---->", "<?xml>", " ", "[ ", "<!-- ", '{"', "a:\n", "\\"])
def test_no_content_keeps_the_signatures_busy(unit: str) -> None:
    started = time.process_time()
    for end in ("", "x", "<", '"'):
        recognised_bytes((unit * 4096)[:4095].encode() + end.encode(), "")
    assert time.process_time() - started < 1


def test_markup_that_is_named_as_a_document_is_left_to_its_reader() -> None:
    for head in (b"<w:wordDocument>", b"<?xml version='1.0'?><w:wordDocument>"):
        assert recognised_bytes(head, ".docx").form.name == "Word"


def test_a_chain_of_sectors_that_ends_in_itself_is_left() -> None:
    data = bytearray(ole("Other"))
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    assert recognised_bytes(bytes(data), "").form.name == "plain text"


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", DOCX, "Word"),
        ("a.docx", PDF, "PDF"),
        ("a.csv", DOCX, "Word"),
        ("a.zip", DOCX, "Word"),
        ("a", PDF, "PDF"),
    ],
)
def test_a_file_with_a_wrong_name_is_read_with_a_note(tmp_path: Path, name: str, content: bytes, form: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (source,) = listed(str(path))
    (document,) = map(parse, raw_documents(source, DEFAULT_COLUMNS))
    assert [q.text for q in document.paragraphs] == [OTHER]
    assert document.format == form
    expected = f"{path}: was read as {form}, which it is, though its name ends in {path.suffix}"
    assert list(document.notes) == ([expected] if path.suffix else [])


def test_text_that_is_named_as_a_document_is_read_with_a_note() -> None:
    document = parse_bytes(TEXT.encode("gb18030"), "a", "a", ".docx")
    assert [q.text for q in document.paragraphs] == TEXT.splitlines()
    assert document.notes == ("a: was read as plain text, which it is, though its name ends in .docx",)


@pytest.mark.parametrize(
    ("begun", "ending", "told"), [("PK", ".docx", "not a whole .docx"), ("%PDF", ".pdf", "no PDF")]
)
def test_what_is_left_of_a_document_is_no_text(begun: str, ending: str, told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        parse_bytes(begun.encode(), "a", "a", ending)


def test_a_text_that_is_called_a_page_keeps_its_lines() -> None:
    assert [q.text for q in parse_bytes(TEXT.encode(), "a", "a", ".html").paragraphs] == TEXT.splitlines()


def test_an_archive_or_table_with_a_wrong_name_is_read_where_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(package(b_txt=OTHER))
    (tmp_path / "b.txt").write_text(f'{{"text": "{OTHER}"}}\n', encoding="utf-8")
    for name, document in (("a.txt", "a.txt/b.txt"), ("b.txt", "b.txt:1")):
        (source,) = listed(str(tmp_path / name))
        assert [d.name for d in raw_documents(source, DEFAULT_COLUMNS)] == [f"{tmp_path}/{document}"]
    told = []
    for source in listed(str(tmp_path)):
        for raw in raw_documents(source, DEFAULT_COLUMNS):
            with pytest.raises(DocumentError) as caught:
                parse(raw)
            told.append(str(caught.value))
    assert told == [
        f"{tmp_path}/a.txt: this is zip, though its name ends in .txt; name it .zip",
        f"{tmp_path}/b.txt: this is JSON lines, though its name ends in .txt; name it .jsonl",
    ]


def unread(endings: tuple[str, ...]) -> bool:
    return not any(form for form in FORMATS if set(endings) & set(form.endings))


@pytest.mark.parametrize("kind", [k for k in UNREAD if unread(k.endings)], ids=lambda k: str(k.name))
def test_a_known_format_that_is_not_read_is_refused_by_name(tmp_path: Path, kind: object) -> None:
    contents = {ending: content for content, ending in CONTENTS}
    for ending in getattr(kind, "endings", ()):
        path = tmp_path / f"a{ending}"
        path.write_bytes(contents.get(ending, b"\1" * 99))
        with pytest.raises(DocumentError) as caught:
            for source in listed(str(path)):
                for raw in raw_documents(source, DEFAULT_COLUMNS):
                    parse(raw)
        assert str(caught.value).startswith(f"{path}: ")
        assert "; " in str(caught.value)


def test_a_locked_office_file_says_so(tmp_path: Path) -> None:
    for name in ("a.docx", "a.xlsx", "a"):
        (tmp_path / name).write_bytes(ole("EncryptionInfo", "EncryptedPackage"))
        (source,) = listed(str(tmp_path / name))
        assert source.fault == f"{tmp_path / name}: locked with a password; save it without one"
