import zipfile
from pathlib import Path

import pytest

from classifier.readers import archive as archive_reader
from classifier.readers.raw import PassedOver
from tests.readers.files import OTHER, TEXT, documents_of, paragraphs_of, refusal, write_archive


@pytest.mark.parametrize("gbk", [True, False])
def test_names_in_an_archive_are_readable(tmp_path: Path, gbk: bool) -> None:
    members = {
        "各县/某县报告.txt": TEXT.encode("gb18030"),
        "b.md": OTHER.encode(),
        "__MACOSX/._b.md": b"x",
        "c.png": b"x",
    }
    path = write_archive(tmp_path / "all.zip", members, gbk)
    first, second, *others = documents_of(path)
    assert [p.name for p in (first, second)] == [f"{path}/各县/某县报告.txt", f"{path}/b.md"]
    assert [paragraphs_of(p) for p in (first, second)] == [TEXT.splitlines(), [OTHER]]
    assert [p.passed_over for p in others] == [PassedOver.HIDDEN, PassedOver.PICTURE]
    assert documents_of(path, start=1) == [second, *others]
    assert documents_of(path, start=4) == []


def test_archives_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_archive(tmp_path / "all.zip", {"a.txt": TEXT.encode() * 50, "b.txt": OTHER.encode()})
    whole = path.read_bytes()
    monkeypatch.setattr(archive_reader, "LARGEST_MEMBER", 1 << 10)
    first, second = documents_of(path)
    assert first.fault is not None
    assert "unpack it and divide it" in first.fault
    assert paragraphs_of(second) == [OTHER]
    monkeypatch.undo()
    path.write_bytes(
        whole.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\1\0").replace(b"\x14\0\0\0\x08", b"\x14\0\1\0\x08")
    )
    assert all("locked with a password" in str(p.fault) for p in documents_of(path))
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path).startswith(f"{path}: not a whole zip archive")
    path.write_bytes(whole[:60] + b"\xff" * 20 + whole[80:])
    assert "damaged in the archive" in str(documents_of(path)[0].fault)
    assert "no reports in this archive" in refusal(write_archive(tmp_path / "none.zip", {"a.png": b"x"}))


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_member_leaves_the_others_readable(tmp_path: Path, compression: int) -> None:
    path = write_archive(
        tmp_path / "all.zip", {"a.txt": TEXT.encode() * 50, "b.txt": OTHER.encode()}, False, compression
    )
    data = bytearray(path.read_bytes())
    data[45:60] = b"\xff" * 15
    path.write_bytes(data)
    first, second = documents_of(path)
    assert first.fault == f"{path}/a.txt: damaged in the archive; pack it again"
    assert paragraphs_of(second) == [OTHER]
