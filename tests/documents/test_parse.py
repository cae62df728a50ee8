from pathlib import Path

import pytest

from classifier.documents.parse import from_text, parse, read
from classifier.errors import DocumentError
from classifier.readers.raw import RawDocument, TableText

TEXT = "各位代表：\n全市经济总量达到9亿元。"


def test_a_file_its_bytes_and_its_text_give_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    expected = from_text(TEXT, "a.txt")
    assert parse(RawDocument("a.txt", "a.txt", path)) == expected
    assert parse(RawDocument("a.txt", "a.txt", content=path.read_bytes())) == expected
    assert parse(RawDocument("a.txt", "a.txt", text=TEXT)) == expected
    (document,) = read(path)
    assert document.paragraphs == expected.paragraphs


def test_a_row_without_text_is_a_document_without_paragraphs() -> None:
    assert parse(RawDocument("t.csv:1", "t.csv: row 1", text="")).paragraphs == ()


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_a_file_without_text_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt: the file is empty; check"):
        parse(RawDocument("a.txt", "a.txt", content=content))
    with pytest.raises(DocumentError, match=r"^a\.txt: no text in this file; check"):
        parse(RawDocument("a.txt", "a.txt", content=content + "\u3000\n".encode()))


def test_the_fault_of_a_raw_document_is_raised() -> None:
    with pytest.raises(DocumentError, match=r"^no such file$"):
        parse(RawDocument("a.txt", "a.txt", fault="no such file"))


def test_a_note_says_what_was_mended() -> None:
    content = bytearray((TEXT * 400).encode())
    content[3] = 0xFF
    (note,) = parse(RawDocument("a.txt", "a.txt", content=bytes(content))).notes
    assert note.startswith("a.txt: ")


def test_what_was_mended_in_rows_is_counted_without_notes() -> None:
    text = "各位代表：\\n去年修路三条。\\n今年架桥两座。\\n"
    one = parse(RawDocument("t:1", "t", text=text, counts={"broken_characters": 1}))
    assert [p.text for p in one.paragraphs] == ["各位代表：", "去年修路三条。", "今年架桥两座。"]
    assert (one.counts, one.notes) == ({"broken_characters": 1, "marked_line_ends": 3}, ())
    several = parse(RawDocument("t:a", "t", rows=(TableText(text), TableText("修渠。"), TableText(text))))
    assert (several.counts, several.notes) == ({"marked_line_ends": 6}, ())
