import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DocumentError
from classifier.readers.encoding import decode, gb18030_text
from classifier.readers.lines import CountKind

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
    with pytest.raises(DocumentError, match="characters were lost in line 1"):
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


REPORT = ["云溪县政府工作报告", "各位代表：", "现在，我代表县人民政府作工作报告。", "一、去年工作"] + [
    f"（{n}）修建公路{n}公里，新建学校{n}所，群众收入增长6.{n}%，发展步伐加快。" for n in "一二三四五六七"
]
SHORT_REPORT = "\n".join(REPORT)


def lines_with_notes(data: bytes) -> tuple[list[str], str]:
    text, note = decode(data, "a.txt")
    return text.split("\n"), note or ""


@pytest.mark.parametrize("encoding", ["utf_8", "gb18030"])
@pytest.mark.parametrize("line", [3, 7])
def test_a_broken_byte_costs_one_character(encoding: str, line: int) -> None:
    data = bytearray(SHORT_REPORT.encode(encoding))
    i = len("\n".join(REPORT[: line - 1]).encode(encoding)) + 1 + (2 if encoding == "gb18030" else 3)
    data[i] = 0xFF
    found, note = lines_with_notes(bytes(data))
    assert [n for n, (a, b) in enumerate(zip(REPORT, found, strict=True), start=1) if a != b] == [line]
    assert found[line - 1].rpartition("\ufffd")[2] == REPORT[line - 1][2:]
    assert f"line {line} " in note


@pytest.mark.parametrize("encoding", ["utf_8", "gb18030"])
def test_a_text_that_ends_inside_a_character_is_read(encoding: str) -> None:
    found, note = lines_with_notes(SHORT_REPORT.encode(encoding)[:-1])
    assert found[:-1] == REPORT[:-1]
    assert found[-1] == REPORT[-1][:-1] + "\ufffd"
    assert f"a broken character in line {len(REPORT)} " in note


@pytest.mark.parametrize(("control", "n"), [("\0", 1), ("\0", 3), ("\x07", 9)])
def test_control_characters_are_left_out(control: str, n: int) -> None:
    counts: Counter[CountKind] = Counter()
    broken = SHORT_REPORT.replace("。", f"。{control}", n - 1).replace("代表", f"代{control}表", 1)
    text, note = decode(broken.encode(), "a.txt", counts)
    assert text == SHORT_REPORT
    assert note is not None
    assert "line 2" in note
    assert counts == {"control_characters": n}


@pytest.mark.parametrize("encoding", ["utf_32", "utf_32_le", "utf_32_be", "utf_16_le", "utf_16_be"])
@pytest.mark.parametrize("text", [SHORT_REPORT, "修建公路3公里。"])
def test_wide_encodings_are_read_without_marks(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[0] == text


@pytest.mark.parametrize(("codec", "name"), [("hz", "HZ"), ("utf_7", "UTF-7"), ("iso2022_jp_2", "ISO-2022")])
def test_encodings_of_mail_are_read(codec: str, name: str) -> None:
    found, note = lines_with_notes(SHORT_REPORT.encode(codec))
    assert found == REPORT
    assert name in note


def test_iso_2022_cn_is_read_with_its_high_bits_or_without() -> None:
    line = "修路建校".encode("gb2312")
    low = bytes(b & 0x7F for b in line)
    for data in (b"\x1b$)A\x0e" + low + b"\x0f 3", b"\x1b$)A" + line + b" 3"):
        assert decode(data, "a.txt")[0] == "修路建校 3"


def test_plus_signs_are_no_utf_7() -> None:
    assert decode(b"GDP +6.3, A+level +Chinese", "a.txt") == ("GDP +6.3, A+level +Chinese", None)


@pytest.mark.parametrize(("codec", "name"), [("shift_jis", "Shift-JIS"), ("euc_jp", "EUC-JP"), ("euc_kr", "EUC-KR")])
def test_encodings_of_other_languages_are_named(codec: str, name: str) -> None:
    text = {"euc_kr": "군은 도로를 건설하고 학교를 열었다. "}.get(codec, "県は道路をつくり、学校をひらきました。") * 20
    with pytest.raises(DocumentError, match=f"^a.txt: in {name}, .*; save it in UTF-8"):
        decode(text.encode(codec), "a.txt")


def test_parts_in_two_encodings_are_read() -> None:
    data = "\n".join(REPORT[:5]).encode() + b"\n" + "\n".join(REPORT[5:]).encode("gb18030")
    found, note = lines_with_notes(data)
    assert found == REPORT
    assert "line 6 and others were read as GB18030" in note


@pytest.mark.parametrize("wrong", ["latin_1", "cp1252"])
@pytest.mark.parametrize("right", ["utf_8", "gb18030"])
def test_text_that_was_decoded_as_western_is_mended(wrong: str, right: str) -> None:
    data = bytes(b for c in SHORT_REPORT.encode(right).decode("latin_1") for b in _western(c, wrong).encode())
    found, note = lines_with_notes(data)
    assert found == REPORT
    assert "that was undone" in note


def _western(character: str, encoding: str) -> str:
    try:
        return character.encode("latin_1").decode(encoding)
    except UnicodeDecodeError:
        return character


def test_text_that_was_decoded_as_gbk_is_mended_where_nothing_was_lost() -> None:
    title = "政府工作报告"  # of an even number of bytes, as 18 are
    assert decode(title.encode().decode("gb18030").encode(), "a.txt")[0] == title


@pytest.mark.parametrize("western", ["Rapport annuel: les écoles, très bien équipées", "Größe, Straße, Übung"])
def test_western_text_is_none_that_was_decoded_twice(western: str) -> None:
    assert decode(western.encode(), "a.txt") == (western, None)


def test_a_line_of_lost_characters_is_named() -> None:
    lost = REPORT[5].encode().decode("gb18030", "replace")
    long = REPORT * 8
    found, note = lines_with_notes("\n".join([*long, lost]).encode())
    assert found[:-1] == long
    assert f"lost in line {len(long) + 1} " in note
    found, note = lines_with_notes("\n".join([*REPORT, "锟斤拷锟斤拷建设"]).encode())
    assert f"lost in line {len(REPORT) + 1} " in note


def test_nothing_but_lost_characters_is_refused() -> None:
    lost = SHORT_REPORT.encode("gb18030").decode("utf_8", "replace").encode().decode("gb18030", "replace")
    with pytest.raises(DocumentError, match="characters were lost in line 1"):
        decode(lost.encode(), "a.txt")


def test_many_broken_bytes_in_one_line_take_no_time() -> None:
    text = gb18030_text(("建设".encode("gb18030") * 1000 + b"\xff\n") * 500 + b"\xff" * 100_000)
    assert text.startswith("建设" * 1000 + "\ufffd")


@pytest.mark.parametrize("text", ["云溪县政府工作报告", "各位代表：", "沈占房刘婷和林岚"])
@pytest.mark.parametrize("encoding", ["utf_8", "gb18030"])
def test_a_title_that_was_cut_is_read(text: str, encoding: str) -> None:
    found, note = decode(text.encode(encoding)[:-1], "a.txt")
    assert found == text[:-1] + "\ufffd"
    assert note is not None


def test_a_mark_of_utf_8_before_other_encodings_is_none() -> None:
    assert decode(b"\xef\xbb\xbf" + SHORT_REPORT.encode("gb18030"), "a.txt") == (SHORT_REPORT, None)


@pytest.mark.parametrize("encoding", ["utf_8", "gb18030"])
def test_zeros_that_fill_up_a_file_are_no_text(encoding: str) -> None:
    assert decode(SHORT_REPORT.encode(encoding) + bytes(700), "a.txt") == (SHORT_REPORT, None)


def test_several_broken_bytes_are_read_and_many_are_not() -> None:
    data = bytearray((SHORT_REPORT * 2).encode())
    for i in range(60, len(data), 300):
        data[i] = 0xFF
    _, note = decode(bytes(data), "a.txt")
    assert note is not None
    assert "broken characters, the first in line" in note
    data[::9] = b"\xff" * len(data[::9])
    with pytest.raises(DocumentError):
        decode(bytes(data), "a.txt")


def test_western_letters_of_lost_characters_are_refused() -> None:
    text = SHORT_REPORT.encode().decode("cp1252", "replace")
    with pytest.raises(DocumentError, match="characters were lost in line 1"):
        decode(text.encode(), "a.txt")


def test_replacement_characters_of_the_file_are_named() -> None:
    _, note = decode(SHORT_REPORT.replace("新建学校五所", "新建学\ufffd五所").encode(), "a.txt")
    assert note is not None
    assert "characters were lost in line 9 " in note


@pytest.mark.parametrize("symbol", ["\ue004", "\uf06c", "\ufdd0"])
def test_symbols_for_private_use_are_no_reason_to_refuse(symbol: str) -> None:
    text = "\n".join(symbol * 2 + line for line in REPORT)
    assert decode(text.encode(), "a.txt") == (text, None)
    with pytest.raises(DocumentError):
        decode("".join(c + symbol for c in SHORT_REPORT).encode(), "a.txt")


def test_question_marks_in_place_of_chinese_are_refused() -> None:
    lost = SHORT_REPORT.encode("cp1252", "replace")
    with pytest.raises(DocumentError, match="characters were lost in line 1"):
        decode(lost, "a.txt")
    asked = SHORT_REPORT + "路修好了吗？？？水通了吗???"
    assert decode(asked.encode(), "a.txt") == (asked, None)


def test_half_a_character_at_the_beginning_costs_no_others() -> None:
    found, _ = decode(SHORT_REPORT.encode("gb18030")[1:], "a.txt")
    assert found == "\ufffd" + SHORT_REPORT[1:]


def test_text_in_japanese_or_korean_is_named() -> None:
    with pytest.raises(DocumentError, match="a Japanese or Korean text"):
        decode(("これは日本語の文書です。政府の報告。" * 9).encode(), "a.txt")


def test_a_separator_of_units_is_left_out() -> None:
    found, note = decode(SHORT_REPORT.replace("，", "，\x1f", 3).encode(), "a.txt")
    assert found == SHORT_REPORT
    assert note is not None
