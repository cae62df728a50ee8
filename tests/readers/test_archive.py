import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import pytest

from classifier.readers import archive as archive_reader
from classifier.readers import package_names
from classifier.readers.member_names import UTF8_NAME
from classifier.readers.raw import PassedOver, Source
from tests.readers.docx_builder import Docx, p, r
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


class RawName(zipfile.ZipInfo):
    """A member whose name is written in bytes of any encoding, without saying which."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.comment, self.flag_bits & ~UTF8_NAME


def write_named(path: Path, names: list[bytes], extras: list[bytes] | None = None) -> list[str]:
    """The names, without the archive's, that are read from an archive whose members have these."""
    with zipfile.ZipFile(path, "w") as target:
        for i, name in enumerate(names):
            info = RawName(f"{i}.txt")
            info.comment, info.extra = name, extras[i] if extras else b""
            target.writestr(info, f"{OTHER}{i}".encode())
    return [document.name.removeprefix(f"{path}/") for document in documents_of(path)]


def unicode_path(name: str, raw: bytes) -> bytes:
    field = struct.pack("<BI", 1, zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x9999, 2) + b"xx" + struct.pack("<HH", 0x7075, len(field)) + field


@pytest.mark.parametrize("encoding", ["utf_8", "gb18030", "big5"])
def test_the_encoding_of_names_is_judged_over_all_of_them(tmp_path: Path, encoding: str) -> None:
    names = ["縣政府工作報告.txt", "功能許可.txt", "年度計畫/上半年.txt", "a.txt", "公報.txt"]
    if encoding == "gb18030":
        names = ["县政府工作报告.txt", "联通.txt", "年度计划/二〇二四.txt", "a.txt", "公报.txt"]  # 联通 is UTF-8, too
    assert write_named(tmp_path / "a.zip", [name.encode(encoding) for name in names]) == names


def test_a_name_of_another_encoding_than_the_rest_is_read_too(tmp_path: Path) -> None:
    names = [*(f"第{i}号工作报告.txt".encode("gb18030") for i in range(5)), "龙门镇.txt".encode()]
    assert write_named(tmp_path / "a.zip", names)[-1] != ""
    assert write_named(tmp_path / "a.zip", names)[:5] == [f"第{i}号工作报告.txt" for i in range(5)]


def test_the_field_for_unicode_names_counts_where_its_checksum_holds(tmp_path: Path) -> None:
    raw = [b"????.txt", b"????.txt", b"old.txt"]
    extras = [unicode_path("甲.txt", raw[0]), unicode_path("乙.txt", raw[1]), unicode_path("丙.txt", b"renamed since")]
    assert write_named(tmp_path / "a.zip", raw, extras) == ["甲.txt", "乙.txt", "old.txt"]
    assert write_named(tmp_path / "b.zip", [b"a.txt"], [struct.pack("<HH", 0x7075, 1) + b"\1"]) == ["a.txt"]


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    names = [b"a.txt", b"a.txt", b"a (2).txt", b"a.txt", b"b", b"b"]
    got = write_named(tmp_path / "a.zip", names)
    assert got[:4] == ["a.txt", "a (2).txt", "a (2) (2).txt", "a (3).txt"]
    assert len(set(got)) == len(names)


def test_names_that_lead_elsewhere_or_steer_a_terminal_are_names_alone(tmp_path: Path) -> None:
    names = ["../../etc/a.txt", "/b.txt", "C:\\c.txt", "d\n\x1b[2J\u202etxt.txt"]
    assert write_named(tmp_path / "a.zip", [name.encode() for name in names]) == [n.replace("\\", "/") for n in names]
    (place,) = [document.place for document in documents_of(tmp_path / "a.zip", start=3)]
    assert place == f"{tmp_path / 'a.zip'}/d\\n\\x1b[2J\\u202etxt.txt"
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_what_an_archive_holds_beside_documents_is_counted(tmp_path: Path) -> None:
    inner = write_archive(tmp_path / "inner.zip", {"x.txt": TEXT.encode()}).read_bytes()
    word = Docx(p(r(OTHER))).build()
    members = {
        "a.txt": TEXT.encode(),
        "b.docx": word,
        "word without ending": word,
        "deep/inner.zip": inner,
        "zip without ending": inner,
        "c.csv": b"text\nx",
        "d.rar": b"Rar!",
        ".hidden.txt": b"x",
        "~$b.docx": b"x",
        "__MACOSX/a.txt": b"x",
        "e.jpg": b"x",
        "f.exe": b"MZ",
        "script": b"echo",
    }
    path = write_archive(tmp_path / "all.zip", members)
    got = {d.name.removeprefix(f"{path}/"): d.passed_over for d in documents_of(path)}
    assert [name for name, why in got.items() if why is None] == ["a.txt", "b.docx", "word without ending"]
    assert Counter(why for why in got.values() if why) == {
        PassedOver.ARCHIVE: 3,
        PassedOver.TABLE: 1,
        PassedOver.HIDDEN: 3,
        PassedOver.PICTURE: 1,
        PassedOver.OTHER: 2,
    }
    assert paragraphs_of(documents_of(path)[2]) == [OTHER]
    path = write_archive(tmp_path / "tables.zip", {"a.csv": b"text\nx", "b.csv": b"text\nx"})
    told = f"{path}: no reports in this archive, but 2 tables (name them to read them); unpack it"
    assert refusal(path).startswith(told)
    path = write_archive(tmp_path / "other.zip", {"deep/inner.zip": inner, "c.csv": b"text\nx"})
    assert refusal(path).startswith(
        f"{path}: no reports in this archive, but 1 table (name it to read it), 1 archive ("
    )


def test_an_archive_whose_members_share_bytes_is_refused(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "all.zip", {"a.txt": TEXT.encode() * 9, "b.txt": TEXT.encode() * 9})
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 9)  # where its bytes begin
    path.write_bytes(data)
    assert refusal(path) == f"{path}: its members share bytes, which no honest archive does; pack the files anew"


def test_an_archive_that_unpacks_to_far_more_than_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_archive(tmp_path / "all.zip", {f"{i}.txt": b"a" * 99_999 for i in range(30)})
    monkeypatch.setattr(archive_reader, "LARGEST_ARCHIVE", 1 << 21)
    assert "unpacks to 2 MB, more than 200 times its size; unpack it yourself, or raise" in refusal(path)
    monkeypatch.setattr(archive_reader, "LARGEST_ARCHIVE", 1 << 22)
    assert len(documents_of(path)) == 30


def test_an_archive_with_a_huge_directory_is_refused_before_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_archive(tmp_path / "all.zip", {f"{i}.txt": b"x" for i in range(99)})
    monkeypatch.setattr(package_names, "LARGEST_DIRECTORY", 1000)
    monkeypatch.setattr(zipfile.ZipFile, "__init__", None)
    assert "a directory of more than" in refusal(path)


def test_an_archive_comes_through_a_pipe(tmp_path: Path) -> None:
    content = write_archive(tmp_path / "all.zip", {"a.txt": TEXT.encode()}).read_bytes()
    (document,) = archive_reader.archive_members(Source(None, "-", content=content))
    assert document.name == "-/a.txt"
    assert paragraphs_of(document) == TEXT.splitlines()
