import csv
from pathlib import Path

import pytest

from classifier.errors import DocumentError
from classifier.readers.encoding import SAMPLE_BYTES
from classifier.readers.raw import RawDocument
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT, documents_of, paragraphs_of, refusal, write_table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_many_encodings(tmp_path: Path, encoding: str) -> None:
    rows = [{"id": "a" * 70_000, "text": "x"}] + [{"id": f"县{i}", "text": TEXT} for i in range(3000)]
    path = write_table(tmp_path / "t.csv", rows, encoding)
    got = documents_of(path)
    assert len(got) == 3001
    assert got[-1].name == f"{path}:县2999"
    assert paragraphs_of(got[-1]) == TEXT.splitlines()


def test_bad_rows_of_csv_are_told_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    good = f'a,"{TEXT}"\n'.encode()
    path.write_bytes(b"id,text\n" + good + b"b,one,two\n\n" + b"c,\xff\xfe\xfd" + OTHER.encode() + b"\n" + good)
    one, two, three, four = documents_of(path)
    assert one.fault is None
    assert four.fault is None
    assert two.fault == f"{path}: row 2 (line 4): has 3 fields, and the first line 2; put its text in quotation marks"
    assert three.fault is not None
    assert "row 3 (line 6): not readable" in three.fault


def test_an_open_quotation_mark_does_not_swallow_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_text("text\n" + "一句话。\n" * 3 + '"' + "一句话。\n" * 1000, encoding="utf-8")
    monkeypatch.setattr("classifier.readers.csv.LONGEST_FIELD", 500)
    (source,) = sources(str(path))
    got: list[RawDocument] = []
    with pytest.raises(DocumentError, match=r"line \d+: .*; close the quotation mark"):
        got.extend(raw_documents(source, DEFAULT_COLUMNS))


def test_a_table_that_is_no_text_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(bytes(range(256)) * 50)
    assert "not a readable text file" in refusal(path)


@pytest.mark.parametrize("tail", [b"\x00\xd8", b"\n"])
def test_half_a_character_of_utf_16_costs_its_row_alone(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"text\n{OTHER}\n".encode("utf-16") + tail)
    good, bad = documents_of(path)
    assert good.text == OTHER
    assert bad.fault == (
        f"{path}: row 2 (line 3): not readable in the encoding of the file; save the file as CSV in UTF-8"
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_files_of_two_encodings_in_one_are_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    data = b"text\n" + b"a" * (SAMPLE_BYTES - 6) + b"\n" + f"\ufeff{OTHER}\n".encode(encoding) * 9
    path.write_bytes(data)  # the second one begins where a sample does
    assert refusal(path) == f"{path}: of several encodings; save the file as CSV in UTF-8"


def test_a_long_field_needs_no_limit_of_the_whole_process(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    text = OTHER * (before // len(OTHER) + 1)
    (document,) = documents_of(write_table(tmp_path / "t.csv", [{"text": text}]))
    assert document.text == text
    assert csv.field_size_limit() == before
