import os
import socket
import tempfile
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from classifier.documents.parse import parse, read
from classifier.errors import DocumentError
from classifier.readers.raw import PassedOver
from classifier.readers.registry import raw_documents
from classifier.readers.sources import listed
from tests.readers.docx_builder import Docx, p, r
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT, write_archive, write_table
from tests.readers.pdf_builders import flowed


def test_a_folder_stands_for_its_reports_and_archives(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    write_archive(tmp_path / "sub" / "b.zip", {"c.txt": OTHER.encode()})
    write_table(tmp_path / "t.csv", [{"text": TEXT}])
    (tmp_path / "photo.jpg").write_bytes(b"x")
    found = [p for s in listed(str(tmp_path)) for p in raw_documents(s, DEFAULT_COLUMNS)]
    assert [p.name for p in found if p.passed_over is None] == ["a.txt", "sub/b.zip/c.txt"]
    assert {p.name: p.passed_over for p in found if p.passed_over} == {
        "photo.jpg": PassedOver.PICTURE,
        "t.csv": PassedOver.TABLE,
    }


def found_in(folder: Path) -> tuple[list[str], dict[str, PassedOver]]:
    """The names of what is read of a folder, and of what is passed over, with the reasons."""
    every = list(listed(str(folder)))
    return [s.name for s in every if not s.passed_over], {s.name: s.passed_over for s in every if s.passed_over}


def test_everything_that_is_not_read_is_counted(tmp_path: Path) -> None:
    word, text = Docx(p(r(OTHER))).build(), TEXT.encode()
    contents = {
        "a.TXT": text,
        "b.docx": word,
        "document": word,
        "page.bak": flowed([OTHER]),
        "notes": text,
        "code.py": b"print()",
        ".DS_Store": b"x",
        "~$b.docx": b"x",
        "Thumbs.db": b"x",
        "desktop.ini": b"x",
        "film.mp4": b"x",
        "scan": b"\x89PNG\r\n\x1a\n",
        "t.csv": b"text\nx",
        "rows": b'{"text": "x"}',
        "all.rar": b"x",
        "slides.pptx": b"x",
        ".git/a.txt": text,
        "sub/.hidden/a.txt": text,
    }
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "other").symlink_to(tmp_path / "sub")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "none.txt")
    (tmp_path / "nowhere").symlink_to("nowhere")
    names, passed_over = found_in(tmp_path)
    assert names == ["a.TXT", "b.docx", "document", "nowhere.txt", "page.bak"]
    reasons: dict[PassedOver, set[str]] = {}
    for name, why in passed_over.items():
        reasons.setdefault(why, set()).add(name)
    assert reasons == {
        PassedOver.HIDDEN: {".DS_Store", "~$b.docx", "Thumbs.db", "desktop.ini", ".git", "sub/.hidden"},
        PassedOver.PICTURE: {"film.mp4", "scan"},
        PassedOver.TABLE: {"t.csv", "rows"},
        PassedOver.ARCHIVE: {"all.rar"},
        PassedOver.DOCUMENT: {"slides.pptx"},
        PassedOver.OTHER: {"notes", "code.py", "other", "nowhere"},
    }
    faults = [s.fault for s in listed(str(tmp_path)) if s.fault]
    assert faults == [f"{tmp_path}/nowhere.txt: a link that points nowhere; mend or remove it"]
    documents = [
        parse(raw)
        for s in listed(str(tmp_path))
        if s.name in {"document", "page.bak"}
        for raw in raw_documents(s, DEFAULT_COLUMNS)
    ]
    assert [(d.format, d.paragraphs[0].text) for d in documents] == [("Word", OTHER), ("PDF", OTHER)]


def test_a_folder_with_nothing_to_read_says_what_it_has(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.png", "c.csv", ".d"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(DocumentError) as caught:
        list(listed(str(tmp_path)))
    expected = (
        f"{tmp_path}: no reports in this folder, but 2 pictures, sounds or films, "
        "1 table (name it to read it), 1 hidden file; it needs"
    )
    assert str(caught.value).startswith(expected)
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "c.csv").write_bytes(b"x")
    with pytest.raises(DocumentError) as caught:
        list(listed(str(tables)))
    told = "no reports in this folder, but 1 table (name it to read it); give the file of a table by itself"
    assert str(caught.value) == f"{tables}: {told} to read its rows"
    with pytest.raises(DocumentError, match="no reports in this folder; it needs files such as"):
        list(listed(str(Path(tempfile.mkdtemp(dir=tmp_path)))))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
    (tmp_path / "device.txt").symlink_to("/dev/null")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    names, passed_over = found_in(tmp_path)
    assert names == ["a.txt"]
    assert passed_over == dict.fromkeys(["device.txt", "pipe", "pipe.txt", "socket.txt"], PassedOver.DEVICE)
    for name in ("pipe", "pipe.txt", "socket.txt", "device.txt"):
        (source,) = listed(name)
        assert source.fault == f"{name}: a device or pipe and no file; give a file or folder"


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_what_the_shell_pipes_in_as_a_file_is_read(tmp_path: Path) -> None:
    contents = {"txt": TEXT.encode(), "docx": Docx(p(r(OTHER))).build()}
    for content in contents.values():
        out, into = os.pipe()
        with os.fdopen(into, "wb") as stream:
            stream.write(content)
        (source,) = listed(f"/dev/fd/{out}")
        (raw,) = raw_documents(source, DEFAULT_COLUMNS)
        os.close(out)
        assert parse(raw).paragraphs[-1].text in {TEXT.splitlines()[-1], OTHER}


def test_a_table_from_a_pipe_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b'{"text": "x"}\n')))
    (source,) = listed("-")
    with pytest.raises(DocumentError) as caught:
        list(raw_documents(source, DEFAULT_COLUMNS))
    assert str(caught.value) == "standard input: JSON lines is not read from a pipe; save it and give the file"


def test_all_of_a_folder_is_read_by_the_function_for_programs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.jpg").write_bytes(b"x")
    write_archive(tmp_path / "c.zip", {"d.txt": OTHER.encode(), "e.txt": TEXT.encode(), "f.png": b"x"})
    write_table(tmp_path / "t.csv", [{"text": TEXT}])
    assert [d.name for d in read(tmp_path)] == ["a.txt", "c.zip/d.txt", "c.zip/e.txt"]
    assert [d.name for d in read(tmp_path / "t.csv")] == [f"{tmp_path}/t.csv:1"]


def test_names_keep_what_they_are_and_places_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "a\nerror: b\x1b[2J\u202e.txt").write_bytes(b"")
    (source,) = listed(str(tmp_path))
    assert source.name == "a\nerror: b\x1b[2J\u202e.txt"
    assert source.place == f"{tmp_path}/a\\nerror: b\\x1b[2J\\u202e.txt"
    with pytest.raises(DocumentError, match=r"a\\nerror: b\\x1b\[2J\\u202e\.txt: no such file"):
        list(listed(f"{tmp_path}/no/{source.name}"))
