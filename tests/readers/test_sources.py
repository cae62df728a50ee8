from pathlib import Path

from classifier.readers.raw import PassedOver
from classifier.readers.registry import raw_documents
from classifier.readers.sources import listed
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT, write_archive, write_table


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
