import json
from pathlib import Path

from tests.readers.files import TEXT, documents_of, paragraphs_of, refusal


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
    got = documents_of(path)
    assert [paragraphs_of(p) for p in (got[0], got[-1])] == [TEXT.splitlines()] * 2
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


def test_zeros_that_fill_up_a_file_are_no_row(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(json.dumps({"text": TEXT}).encode() + b"\n" + bytes(99))
    assert [d.fault for d in documents_of(path)] == [None]
