import gzip
from pathlib import Path

import pytest

from classifier.documents.parse import parse
from classifier.errors import DocumentError
from classifier.readers import opening
from tests.readers.files import OTHER, TEXT, documents_of, paragraphs_of, refusal, write_table


def packed(path: Path) -> Path:
    target = path.with_name(f"{path.name}.gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return target


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".json"])
def test_tables_are_read_packed(tmp_path: Path, suffix: str) -> None:
    path = packed(write_table(tmp_path / f"t{suffix}", [{"id": i, "text": OTHER} for i in range(3000)]))
    documents = documents_of(path)
    assert [d.name for d in documents] == [f"{path}:{i}" for i in range(3000)]
    assert 0 < sum(d.weight for d in documents) <= path.stat().st_size


def test_plain_text_is_read_packed(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text(TEXT, encoding="gb18030")
    (document,) = documents_of(packed(tmp_path / "t.txt"))
    assert paragraphs_of(document) == TEXT.splitlines()


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt"])
def test_half_a_packed_file_is_told(tmp_path: Path, suffix: str) -> None:
    start = '{"text": "x"}\n' if suffix == ".jsonl" else "text\n"
    (tmp_path / f"t{suffix}").write_text(start + TEXT * 5000, encoding="utf-8")
    path = packed(tmp_path / f"t{suffix}")
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"no gzip"):
        path.write_bytes(damaged)
        with pytest.raises(DocumentError, match=r"gz: not a whole gzip file; check that it was saved whole"):
            for document in documents_of(path):
                parse(document)


def test_other_formats_must_be_unpacked(tmp_path: Path) -> None:
    (tmp_path / "t.docx.gz").write_bytes(gzip.compress(b"PK"))
    assert refusal(tmp_path / "t.docx.gz").endswith("Word that gzip has packed; unpack it first")


def test_a_text_made_to_exhaust_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 1 << 20)
    (tmp_path / "t.txt").write_bytes(b"a" * (2 << 20))
    (document,) = documents_of(packed(tmp_path / "t.txt"))
    with pytest.raises(DocumentError, match=r"longer than 1 MB when unpacked"):
        parse(document)
