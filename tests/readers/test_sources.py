from pathlib import Path

from classifier.readers.registry import raw_documents
from classifier.readers.sources import listed
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT, write_archive, write_table


def test_a_folder_stands_for_its_reports_and_archives(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    write_archive(tmp_path / "sub" / "b.zip", {"c.txt": OTHER.encode()})
    write_table(tmp_path / "t.csv", [{"text": TEXT}])
    (tmp_path / "photo.jpg").write_bytes(b"x")
    names = [p.name for s in listed(str(tmp_path)) for p in raw_documents(s, DEFAULT_COLUMNS)]
    assert names == ["a.txt", "sub/b.zip/c.txt"]
