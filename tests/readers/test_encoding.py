import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DocumentError
from classifier.readers.encoding import decode

SIMPLIFIED = "坚持项目为王、招商为要、服务为上,全力推进56个重点项目,新建高标准农田3.2万亩。\n" * 3
TRADITIONAL = "堅持項目為王、招商為要、服務為上，全力推進56個重點項目，新建高標準農田3.2萬畝。\n" * 3
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_simplified_text_comes_back(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), "a.txt") == (SIMPLIFIED, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "big5", "gb18030", "utf-16"])
def test_traditional_text_comes_back(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "a.txt") == (TRADITIONAL, None)


@pytest.mark.parametrize("data", [os.urandom(200_000), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"\0" * 5000])
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.bin: not a readable text file; save it as"):
        decode(data, "a.bin")


def test_one_broken_byte_is_read_with_a_note() -> None:
    data = bytearray((SIMPLIFIED * 20).encode())
    data[100] = 0xFF
    text, note = decode(bytes(data), "a.txt")
    assert "\ufffd" in text
    assert note is not None
    assert note.startswith("a.txt: ")
    assert text.count("重点项目") >= 59


def test_text_of_another_language_is_text() -> None:
    assert decode(b"plain English text, without any Chinese\n", "a.txt")[0].startswith("plain")


@pytest.mark.parametrize("text", ["2026年某某自治区政府工作报告", "11.5億元", "沈占房刘婷", "一、2021年工作回顾"])
def test_short_lines_are_read_as_chinese(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt") == (text, None)


def test_text_in_no_everyday_chinese_is_refused() -> None:
    mojibake = (
        ("坚持项目为王、招商为要、服务为上，全力推进重点项目建设。" * 9).encode().decode("gb18030", errors="ignore")
    )
    with pytest.raises(DocumentError, match="not a readable text file"):
        decode(mojibake.encode(), "a.txt")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_error(data: bytes) -> None:
    try:
        text, _ = decode(data, "x")
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(text, str)


def test_real_reports_come_back_from_every_encoding(shared: Path) -> None:
    for file in sorted((shared / "corpus").rglob("*.txt"))[::7]:
        text = file.read_bytes().decode()
        for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
            assert decode(text.encode(encoding), file.name)[0] == text, (file.name, encoding)


def test_private_blanks_before_lines_are_wide_blanks() -> None:
    lines = ["一、今年工作", *(f"北溪镇第{n}村发展生产，改善人民生活，建设新的学校和道路。" for n in range(1, 30))]
    for chosen in (lines, lines[:3]):
        expected = "\n".join(f"\u3000\u3000{line}" for line in chosen)
        private = expected.replace("\u3000", "\ue5e5")
        assert decode(private.encode(), "a.txt") == (expected, None)
        data = private.encode("gb18030")
        assert data.startswith(b"\xa3\xa0\xa3\xa0")
        assert decode(data, "a.txt") == (expected, None)
