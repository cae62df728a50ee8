from pathlib import Path

import pytest

from classifier.documents.parse import parse
from classifier.errors import DocumentError
from classifier.readers import registry
from classifier.readers.raw import RawDocument
from tests.readers.files import TEXT, documents_of, write_archive

NAMES = {"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}


def failing(error: Exception) -> object:
    def reader(*_: object) -> None:
        raise error

    return lambda *_: reader


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "a.zip", NAMES)


def test_an_error_that_nobody_foresaw_ends_one_document(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = documents_of(archive)
    with monkeypatch.context() as patch:
        patch.setattr(registry, "_reader", failing(ZeroDivisionError("division\nby \x1b zero")))
        with pytest.raises(DocumentError) as caught:
            parse(first)
    assert str(caught.value) == (
        f"{archive}/a.txt: could not be read (ZeroDivisionError: division by \\x1b zero); "
        "please send this file to the program's makers"
    )
    assert len(parse(second).paragraphs) == 2


def test_the_traceback_is_shown_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(registry, "_reader", failing(KeyError("x")))
    for asked in ("", "1"):
        monkeypatch.setenv("CLASSIFY_TRACEBACK", asked)
        with pytest.raises(DocumentError, match=r"KeyError: 'x'"):
            parse(RawDocument("a", "a", content=TEXT.encode()))
        assert ("Traceback" in capsys.readouterr().err) == bool(asked)


@pytest.mark.parametrize("error", [MemoryError(), DocumentError("a: as it is; mend it")])
def test_what_is_no_such_error_passes(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(registry, "_reader", failing(error))
    with pytest.raises(type(error)) as caught:
        parse(RawDocument("a", "a", content=TEXT.encode()))
    assert caught.value is error


def test_an_error_in_the_reader_of_an_archive_or_table_is_told(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_reader", failing(IndexError("9")))
    with pytest.raises(DocumentError, match=r"could not be read \(IndexError: 9\)"):
        documents_of(archive)
