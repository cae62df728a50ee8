import json
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.agreement import load_reading
from classifier.labelling.corrections import load_corrections
from classifier.labelling.examples import load_examples
from classifier.labelling.jsonl import encode_rows, read_rows
from classifier.messages import speak

# Everything that reads label files, each as a function of one file.
READERS: list[Callable[[Path], object]] = [
    lambda path: load_examples([path], ["farms"]),
    load_reading,
    lambda path: load_corrections(path, ["farms"]),
]
ROW: dict[str, object] = {
    "id": "甲",
    "report": "r",
    "sentence": 1,
    "sentences": [{"text": "粮食增产。", "areas": ["farms"]}],
}
CORRECTION: dict[str, object] = {"id": "甲", "sentence": 1, "areas": ["farms"]}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "2: broken JSON at column 2"),
        (b"[]", "2: not a JSON object"),
        (b"null", "2: not a JSON object"),
        (b"1" * 5000, "2: JSON that cannot be read"),
        (b"[" * 100_000, "2: JSON that cannot be read"),
        (b'{"id": "a", "id": "b"}', "2: key 'id' stands twice; keep one"),
        (b'{"id": "\\ud800"}', "2: half a character"),
        (b"\xff", " not UTF-8 at byte 1; save it as UTF-8"),
    ],
)
def test_every_reader_tells_file_and_line(
    read: Callable[[Path], object], tmp_path: Path, line: bytes, message: str
) -> None:
    file = tmp_path / "r.jsonl"
    file.write_bytes(b"\n" + line + b"\n")
    with pytest.raises(LabelError) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}:{message}")
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize("read", READERS)
def test_every_reader_tells_of_all_lines(read: Callable[[Path], object], tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text("{\n\n[]\n", encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        read(file)
    assert [line.removeprefix(f"{file}:")[:2] for line in str(caught.value).splitlines()] == ["1:", "3:"]


@pytest.mark.parametrize("read", READERS)
def test_every_reader_tells_of_a_file_that_is_not_there(read: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"cannot be opened .*check the path"):
        read(tmp_path / "none.jsonl")


@pytest.mark.parametrize("read", READERS)
def test_a_byte_order_mark_changes_nothing(read: Callable[[Path], object], tmp_path: Path) -> None:
    row = CORRECTION if read is READERS[2] else ROW
    found: list[object] = []
    for mark in (b"", b"\xef\xbb\xbf"):
        file = tmp_path / "r.jsonl"
        file.write_bytes(mark + encode_rows([row]).replace(b"\n", b"\r\n"))
        found.append(read(file))
    assert found[0]
    assert found[0] == found[1]


def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "a", "text": "修路\u2028架桥\n"},
        {"id": "乙", "areas": ["farms"], "year": None},
    ]
    file = tmp_path / "r.jsonl"
    file.write_bytes(encode_rows(rows))
    assert read_rows([file], lambda row, _place, _faults: row) == rows
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]] == rows


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": }', "第 8 列起不符合 JSON 格式（缺少值）"),
        ('{"id": 1 "a"}', "第 10 列起不符合 JSON 格式（缺少逗号）"),
        ("{'id': 1}", "第 2 列起不符合 JSON 格式（键应写在英文双引号中）"),
        ('{"id": "\\q"}', "第 9 列起不符合 JSON 格式（Invalid \\escape）"),  # an unusual fault keeps its English name
        ("{}", "应有 id，以及 areas 或带 areas 的 sentences，即各句的领域（缺少 id）；请改正"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_in_chinese(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(f"{line}\n", encoding="utf-8")
    speak("zh")
    with pytest.raises(LabelError) as caught:
        load_reading(file)
    assert str(caught.value).startswith(f"{file}:1：{told}")
