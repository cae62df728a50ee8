from pathlib import Path

import pytest

from classifier.errors import DocumentError
from classifier.readers import formats, registry
from classifier.readers.formats import Format, Holds
from classifier.readers.raw import Source
from classifier.readers.registry import raw_documents, read_lines
from tests.readers.files import DEFAULT_COLUMNS, OTHER


def test_a_source_with_a_fault_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^a folder that is locked$"):
        list(raw_documents(Source(None, "x", "a folder that is locked"), DEFAULT_COLUMNS))


def test_text_is_read_by_the_ending_of_its_file() -> None:
    for suffix in (".txt", ".md", ".unknown", ""):
        assert [line.text for line in read_lines(OTHER.encode("gb18030"), "a", suffix).lines] == [OTHER]


@pytest.mark.parametrize("suffix", [".csv", ".zip"])
def test_a_file_of_many_documents_cannot_stand_inside_another(suffix: str) -> None:
    with pytest.raises(DocumentError, match=r"^b: .* cannot stand inside another file; give it by itself$"):
        read_lines(b"x", "b", suffix)


def test_a_missing_library_is_told_with_the_extra_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    form = Format("Odd", Holds.ROWS, (".odd",), "no_such_library:rows", "no_such_library", "odd")
    monkeypatch.setattr(registry, "format_of_ending", lambda ending: form)
    with pytest.raises(DocumentError) as caught:
        list(raw_documents(Source(Path("t.odd"), "t.odd"), DEFAULT_COLUMNS))
    assert str(caught.value) == "t.odd: reading Odd needs no_such_library; pip install 'policy-area-classifier[odd]'"


def test_an_error_inside_a_reader_is_not_taken_for_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    form = Format("Odd", Holds.ROWS, (".odd",), "no_such_library:rows", "pyarrow", "parquet")
    monkeypatch.setattr(registry, "format_of_ending", lambda ending: form)
    with pytest.raises(DocumentError, match=r"^t\.odd: could not be read \(ModuleNotFoundError: No module named"):
        list(raw_documents(Source(Path("t.odd"), "t.odd"), DEFAULT_COLUMNS))


def test_every_ending_belongs_to_one_format() -> None:
    endings = formats.endings(*Holds)
    assert len(endings) == len(set(endings))
    assert all(ending == ending.lower() and ending.startswith(".") for ending in endings)
