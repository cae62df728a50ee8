import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from classifier.documents.parse import parse
from classifier.errors import DocumentError
from classifier.readers import archive as archive_reader
from classifier.readers import tables
from classifier.readers.csv import csv_rows
from classifier.readers.inputs import Inputs
from classifier.readers.raw import LONGEST_FIELD, RawDocument, Source, TableColumns
from classifier.readers.registry import raw_documents
from classifier.readers.sources import listed, sources

TEXT = "粮食总产达到9万吨。\n新建小学5所。"
OTHER = "改造国道30公里，打通断头路2条。"
PLAIN = TableColumns()


class GbkName(zipfile.ZipInfo):
    """A member whose name is written as old Chinese programs for Windows do: in GBK, without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits & ~archive_reader.UTF8_NAME


def archive(path: Path, members: dict[str, bytes], gbk: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(GbkName(name) if gbk else name, content)
    return path


def table(path: Path, rows: Sequence[Mapping[str, object]], encoding: str = "utf-8") -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding=encoding)
    else:
        pa = pytest.importorskip("pyarrow")
        pq = pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=50)
    return path


def found(path: Path, columns: TableColumns = PLAIN, start: int = 0) -> list[RawDocument]:
    (source,) = sources(str(path))
    return list(raw_documents(source, columns, start))


def lines(piece: RawDocument) -> list[str]:
    return [p.text for p in parse(piece).paragraphs]


def refusal(path: Path, columns: TableColumns = PLAIN) -> str:
    with pytest.raises(DocumentError) as caught:
        found(path, columns)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("gbk", [True, False])
def test_names_in_an_archive_are_readable(tmp_path: Path, gbk: bool) -> None:
    members = {
        "各县/某县报告.txt": TEXT.encode("gb18030"),
        "b.md": OTHER.encode(),
        "__MACOSX/._b.md": b"x",
        "c.png": b"x",
    }
    path = archive(tmp_path / "all.zip", members, gbk)
    got = found(path)
    assert [p.name for p in got] == [f"{path}/各县/某县报告.txt", f"{path}/b.md"]
    assert [lines(p) for p in got] == [TEXT.splitlines(), [OTHER]]
    assert [p.name for p in found(path, start=1)] == [f"{path}/b.md"]
    assert found(path, start=2) == []


def test_archives_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "all.zip", {"a.txt": TEXT.encode() * 50, "b.txt": OTHER.encode()})
    whole = path.read_bytes()
    monkeypatch.setattr(archive_reader, "LARGEST_MEMBER", 1 << 10)
    first, second = found(path)
    assert first.fault is not None
    assert "unpack it and divide it" in first.fault
    assert lines(second) == [OTHER]
    monkeypatch.undo()
    path.write_bytes(
        whole.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\1\0").replace(b"\x14\0\0\0\x08", b"\x14\0\1\0\x08")
    )
    assert all("locked with a password" in str(p.fault) for p in found(path))
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path).startswith(f"{path}: not a whole zip archive")
    path.write_bytes(whole[:60] + b"\xff" * 20 + whole[80:])
    assert "damaged in the archive" in str(found(path)[0].fault)
    assert "no reports in this archive" in refusal(archive(tmp_path / "none.zip", {"a.png": b"x"}))


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_each_row_is_a_document(tmp_path: Path, suffix: str) -> None:
    path = table(
        tmp_path / f"t{suffix}", [{"id": "甲", "text": TEXT}, {"id": "", "text": OTHER}, {"id": "丙", "text": ""}]
    )
    got = found(path)
    assert [p.name for p in got] == [f"{path}:甲", f"{path}:2", f"{path}:丙"]
    assert [lines(p) for p in got] == [TEXT.splitlines(), [OTHER], []]
    assert found(path, start=1) == got[1:]
    assert found(path, start=3) == []
    assert 0 < sum(p.weight for p in got) <= path.stat().st_size


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_columns_are_chosen_and_missing_ones_told(tmp_path: Path, suffix: str) -> None:
    path = table(tmp_path / f"t{suffix}", [{"body": TEXT, "code": 7}, {"body": OTHER, "code": 8}])
    assert [p.name for p in found(path, TableColumns("body"))] == [f"{path}:1", f"{path}:2"]
    assert [p.name for p in found(path, TableColumns("body", "code"))] == [f"{path}:7", f"{path}:8"]
    assert refusal(path).endswith("no column 'text'; give --text-column one of: body, code")
    assert refusal(path, TableColumns("body", "nr")).endswith("no column 'nr'; give --id-column one of: body, code")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_many_encodings(tmp_path: Path, encoding: str) -> None:
    rows = [{"id": "a" * 70_000, "text": "x"}] + [{"id": f"县{i}", "text": TEXT} for i in range(3000)]
    path = table(tmp_path / "t.csv", rows, encoding)
    got = found(path)
    assert len(got) == 3001
    assert got[-1].name == f"{path}:县2999"
    assert lines(got[-1]) == TEXT.splitlines()


def test_bad_rows_of_csv_are_told_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    good = f'a,"{TEXT}"\n'.encode()
    path.write_bytes(b"id,text\n" + good + b"b,one,two\n\n" + b"c,\xff\xfe\xfd" + OTHER.encode() + b"\n" + good)
    one, two, three, four = found(path)
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
        got.extend(raw_documents(source, PLAIN))
    monkeypatch.undo()
    csv.field_size_limit(LONGEST_FIELD)


def test_bad_rows_of_json_lines_are_told_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    good = json.dumps({"text": TEXT}).encode()
    bad = [
        b'{"text": "x"',
        b"[1]",
        b'{"body": "x"}',
        b'{"text": 5}',
        b'{"text": "\xc4\xe3"}',
        b'{"text": "x", "id": []}',
    ]
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join([good, b"", *bad, good]))
    got = found(path)
    assert [lines(p) for p in (got[0], got[-1])] == [TEXT.splitlines()] * 2
    assert got[-1].name == f"{path}:9"
    faults = [str(p.fault) for p in got[1:-1]]
    assert all(f.startswith(f"{path}: ") for f in faults)
    for fault, words in zip(
        faults,
        ["no whole JSON object", "no JSON object", "no column 'text'", "is a number", "not UTF-8", "id is a list"],
        strict=True,
    ):
        assert words in fault


def test_a_table_whose_first_row_is_amiss_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes((json.dumps({"text": TEXT}, ensure_ascii=False) + "\n").encode("gb18030") * 50)
    assert refusal(path) == f"{path}: line 1: not UTF-8; save the file in UTF-8"
    path.write_text("text\n一\n")
    assert "line 1: no whole JSON object" in refusal(path)
    path.write_bytes(b"")
    assert "no rows in this table" in refusal(path)
    path.with_suffix(".csv").write_bytes(bytes(range(256)) * 50)
    assert "not a readable text file" in refusal(path.with_suffix(".csv"))
    path.with_suffix(".parquet").write_bytes(b"PAR1 no more")
    assert "not a whole Parquet file" in refusal(path.with_suffix(".parquet"))


def test_a_folder_stands_for_its_reports_and_archives(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    archive(tmp_path / "sub" / "b.zip", {"c.txt": OTHER.encode()})
    table(tmp_path / "t.csv", [{"text": TEXT}])
    (tmp_path / "photo.jpg").write_bytes(b"x")
    names = [p.name for s in listed(str(tmp_path)) for p in raw_documents(s, PLAIN)]
    assert names == ["a.txt", "sub/b.zip/c.txt"]


def test_inputs_are_gone_over_twice_with_the_same_result(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "out.txt", "out.txt.part"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    inputs = Inputs([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "none.txt")], str(tmp_path / "out.txt"))
    assert [s.name for s in inputs] == ["a.txt", "b.txt", str(tmp_path / "none.txt")]
    survey = inputs.survey()
    assert (survey.count, survey.size, survey.faults) == (3, 2 * len(TEXT.encode()), 1)
    assert inputs.survey() == survey
    (tmp_path / "b.txt").write_text(OTHER, encoding="utf-8")
    assert inputs.survey().digest != survey.digest


def test_a_source_that_is_no_file_is_no_table() -> None:
    with pytest.raises(DocumentError, match="standard input"):
        list(tables.table_documents(Source(None, "-"), csv_rows, PLAIN))


MEMORY = """
from classifier.readers.raw import TableColumns
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
(source,) = sources({path!r})
print(sum(len(p.text or p.content) for p in raw_documents(source, TableColumns())))
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".zip"])
def test_memory_does_not_grow_with_a_table_or_archive(tmp_path: Path, suffix: str) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process's memory is read from /proc")
    peaks = []
    for size in (8, 40):
        texts = [f"{i}" + "全市发展" * 5_000 for i in range(size * 1_000_000 // 60_000)]
        path = tmp_path / f"{size}{suffix}"
        if suffix == ".zip":
            archive(path, {f"{i}.txt": text.encode() for i, text in enumerate(texts)})
        else:
            table(path, [{"text": text} for text in texts])
        code = MEMORY.format(path=str(path))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < 1.3 * peaks[0]
