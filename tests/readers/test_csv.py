import csv
from pathlib import Path

import pytest

from classifier.documents.parse import parse
from classifier.errors import DocumentError
from classifier.readers.encoding import SAMPLE_BYTES
from classifier.readers.raw import RawDocument
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
from tests.readers.files import DEFAULT_COLUMNS, OTHER, TEXT, documents_of, paragraphs_of, refusal, write_table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_many_encodings(tmp_path: Path, encoding: str) -> None:
    rows = [{"id": "a" * 70_000, "text": "x"}] + [{"id": f"县{i}", "text": TEXT} for i in range(3000)]
    path = write_table(tmp_path / "t.csv", rows, encoding)
    got = documents_of(path)
    assert len(got) == 3001
    assert got[-1].name == f"{path}:县2999"
    assert paragraphs_of(got[-1]) == TEXT.splitlines()


def test_bad_rows_of_csv_are_told_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    good = f'a,"{TEXT}"\n'.encode()
    path.write_bytes(b"id,text\n" + good + b"b,one,two\n\n" + b"c,\xff\xfe\xfd" + OTHER.encode() + b"\n" + good)
    one, two, three, four = documents_of(path)
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
        got.extend(raw_documents(source, DEFAULT_COLUMNS))


def test_a_table_that_is_no_text_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(bytes(range(256)) * 50)
    assert "not a readable text file" in refusal(path)


@pytest.mark.parametrize("tail", [b"\x00\xd8", b"\n"])
def test_half_a_character_of_utf_16_costs_its_row_alone(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"text\n{OTHER}\n".encode("utf-16") + tail)
    good, bad = documents_of(path)
    assert good.text == OTHER
    assert bad.fault == (
        f"{path}: row 2 (line 3): not readable in the encoding of the file; save the file as CSV in UTF-8"
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_files_of_two_encodings_in_one_are_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    data = b"text\n" + b"a" * (SAMPLE_BYTES - 6) + b"\n" + f"\ufeff{OTHER}\n".encode(encoding) * 9
    path.write_bytes(data)  # the second one begins where a sample does
    assert refusal(path) == f"{path}: of several encodings; save the file as CSV in UTF-8"


def test_a_long_field_needs_no_limit_of_the_whole_process(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    text = OTHER * (before // len(OTHER) + 1)
    (document,) = documents_of(write_table(tmp_path / "t.csv", [{"text": text}]))
    assert document.text == text
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_what_stands_between_fields_is_told_by_the_content(
    tmp_path: Path, delimiter: str, encoding: str, end: str
) -> None:
    path = tmp_path / "t.csv"
    rows = [["id", "text"], ["甲", TEXT.replace("\n", end)], ["乙", f"有,有;有\t有|：{OTHER}"]]
    lines = [delimiter.join(f'"{field}"' for field in row) for row in rows]
    path.write_bytes(end.join([*lines, ""]).encode(encoding))
    assert [(d.name, paragraphs_of(d)) for d in documents_of(path)] == [
        (f"{path}:甲", TEXT.splitlines()),
        (f"{path}:乙", [f"有,有;有\t有|：{OTHER}"]),
    ]


def test_a_first_line_may_say_what_stands_between_fields(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for first, delimiter in (("sep=;", ";"), ('"sep=\t"', "\t"), ("SEP=,", ",")):
        path.write_bytes(f'\ufeff{first}\r\ntext{delimiter}"a,b;c\td"\r\n{OTHER}{delimiter}\r\nx\r\n'.encode())
        one, two = documents_of(path)
        assert one.text == OTHER
        assert two.fault is not None
        assert "row 2 (line 4): has 1 fields" in two.fault


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".tab"])
def test_a_table_of_one_column_needs_no_quotation_marks(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t{suffix}"
    path.write_text(f'text\n{OTHER},又;一\t句。\n"引号,里\n两行。"\n', encoding="utf-8")
    assert [d.text for d in documents_of(path)] == [f"{OTHER},又;一\t句。", "引号,里\n两行。"]


def test_titles_above_the_header_are_passed_over_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"某县报告汇总表,,\n制表：办公室,,\n\n编号, Text ,ID\n1,{OTHER},甲\n", encoding="gb18030")
    (document,) = documents_of(path)
    assert (document.name, document.text) == (f"{path}:甲", OTHER)
    assert parse(document).notes == (f"{path}: 2 rows above the header were passed over",)
    assert parse(document).counts == {"title_rows": 2}


def test_a_name_just_as_given_goes_before_one_that_is_like_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"TEXT,text\n别的,{OTHER}\n", encoding="utf-8")
    assert [d.text for d in documents_of(path)] == [OTHER]
    path.write_text(f"Text,TEXT\n别的,{OTHER}\n", encoding="utf-8")
    assert refusal(path) == f"{path}: 2 columns are called 'text'; rename all but one"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_nul_characters_are_left_out_with_a_note(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    good = f"a,{OTHER}\n".encode(encoding)
    path.write_bytes(b"id,text\n" + good * 20 + f"a,{OTHER[:4]}\0{OTHER[4:]}\n".encode(encoding) + b"\0" * 700)
    documents = documents_of(path)
    assert [d.text for d in documents] == [OTHER] * 21
    assert sum((d.counts or {}).get("nul_characters", 0) for d in documents) == 701
    assert [note for d in documents for note in d.notes] == [f"{path}: NUL characters were left out; check the file"]


def test_fields_without_a_name_may_be_missing_or_empty(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"id,text,,\na,{OTHER},,\nb,{OTHER}\nc,{OTHER},,,,\nd\ne,{OTHER},,,x\n", encoding="utf-8")
    documents = documents_of(path)
    assert [d.text for d in documents] == [OTHER, OTHER, OTHER, None, None]
    assert [d.fault is None for d in documents] == [True, True, True, False, False]


def test_backslashes_before_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('id,text\na,"推进\\"三年\\"行动，\\n修路。"\nb,"C:\\"\n', encoding="utf-8")
    assert [d.text for d in documents_of(path)] == ['推进"三年"行动，\\n修路。', "C:\\"]


def test_a_first_bad_row_does_not_refuse_the_others(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"id,text\na,一,二\nb,{OTHER}\n", encoding="utf-8")
    bad, good = documents_of(path)
    assert bad.fault is not None
    assert good.text == OTHER
    path.write_text("id,text\na,一,二\nb,三,四\n", encoding="utf-8")
    assert "row 1 (line 2): has 3 fields" in refusal(path)


def test_a_line_without_end_does_not_swallow_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_text("text\n" + "一句话。" * 1000, encoding="utf-8")
    monkeypatch.setattr("classifier.readers.csv.LONGEST_FIELD", 500)
    assert "longer than 500 characters" in refusal(path)


def test_a_gbk_table_with_private_blanks_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"text\n" + (f"{OTHER}\n".encode("gbk") * 30) + b"\xa3\xa0\xa3\xa0" + OTHER.encode("gbk") + b"\n")
    assert paragraphs_of(documents_of(path)[-1]) == [OTHER]


def test_a_broken_character_in_a_short_text_is_mended_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"text\n{OTHER}\n{OTHER}\n{OTHER}".encode()[:-1] + b"\n")
    one, _, two = documents_of(path)
    assert one.counts is None
    assert (two.text, two.fault) == (f"{OTHER[:-1]}\ufffd\ufffd", None)
    assert two.counts == {"broken_characters": 2}


def test_a_mark_of_utf_8_before_another_encoding_is_none(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f'id,text\na,"{TEXT}"\n'.encode("gb18030"))
    assert paragraphs_of(documents_of(path)[0]) == TEXT.splitlines()


def test_the_end_of_file_of_old_programs_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"id,text\na,{OTHER}\n\x1a".encode())
    assert [d.fault for d in documents_of(path)] == [None]
