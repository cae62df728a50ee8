"""Receipts of files are added up, written, and told in a few lines."""

import io
import json
from itertools import permutations
from typing import Any

import pytest

from classifier.analysis.alike import AlikeGroup
from classifier.output.receipts import receipt as receipt_module
from classifier.output.receipts.file_receipt import (
    MOST_MESSAGES,
    Count,
    FileReceipt,
    decode_receipt,
    encode_receipts,
    whole_files,
)
from classifier.output.receipts.receipt import Receipt, write_receipt
from classifier.output.receipts.summary import summary_lines
from classifier.readers.raw import PassedOver

WORD = FileReceipt(
    "a.docx", "Word", 1, paragraphs=40, characters=900, counts={"automatic_numbers": Count(12, 1)}, notes=("a note",)
)
PDF = FileReceipt(
    "b.pdf", "PDF", 1, pages=14, paragraphs=60, characters=2000,
    counts={"page_numbers": Count(13, 1), "running_heads": Count(1, 1), "lines_joined": Count(1024, 1)},
    fingerprint=bytes(range(256)) * 2,
)  # fmt: skip
TEXT = FileReceipt("c.txt", "plain text", 1, paragraphs=5, characters=60)
BAD = FileReceipt("d.doc", "plain text", faults=("d.doc: not readable",), unread=1)
PICTURE = FileReceipt("e.png", passed_over=PassedOver.PICTURE)
ROWS = FileReceipt("t.csv", "CSV", 3, 1, paragraphs=2, characters=9, faults=("row 4",), unread=1, is_table=True)
MORE_ROWS = FileReceipt("t.csv", "CSV", 2, paragraphs=2, characters=8, is_table=True)
ALL = [WORD, PDF, TEXT, BAD, PICTURE, ROWS, MORE_ROWS]


def receipt_of(*files: FileReceipt) -> Receipt:
    receipt = Receipt()
    for file in files:
        receipt.add(file)
    return receipt


def written(*files: FileReceipt) -> dict[str, Any]:
    stream = io.BytesIO()
    write_receipt(stream, {"version": "1"}, receipt_of(*files), files)
    found: dict[str, Any] = json.loads(stream.getvalue())
    return found


def test_every_field_survives_the_journal() -> None:
    assert [decode_receipt(line) for line in encode_receipts(ALL).splitlines()] == ALL


def test_the_rows_of_a_table_make_one_file() -> None:
    *_, last = whole_files(ALL)
    assert last == ROWS._replace(documents=5, paragraphs=4, characters=17)
    twice = [TEXT, TEXT._replace(paragraphs=6)]  # two files of different folders may have one name
    assert list(whole_files(twice)) == twice


def test_a_table_of_bad_rows_does_not_fill_the_receipt() -> None:
    many = [ROWS._replace(faults=tuple(f"row {i}" for i in range(60)), unread=60)] * 3
    (file,) = whole_files(many)
    assert (len(file.faults), file.unread) == (MOST_MESSAGES, 180)


def test_what_is_written() -> None:
    found = written(*ALL)
    assert list(found) == ["version", "totals", "alike", "files"]
    assert found["totals"] == {
        "documents": 8,
        "without_text": 1,
        "unread": 2,
        "paragraphs": 109,
        "characters": 2977,
        "formats": {
            "CSV": {"documents": 5, "pages": None},
            "PDF": {"documents": 1, "pages": 14},
            "Word": {"documents": 1, "pages": None},
            "plain text": {"documents": 1, "pages": None},
        },
        "counts": {
            "automatic_numbers": {"n": 12, "documents": 1},
            "lines_joined": {"n": 1024, "documents": 1},
            "page_numbers": {"n": 13, "documents": 1},
            "running_heads": {"n": 1, "documents": 1},
        },
        "passed_over": {"picture": 1},
        "compared_all": True,
    }
    files = {file["name"]: file for file in found["files"]}
    assert list(files) == ["a.docx", "b.pdf", "c.txt", "d.doc", "e.png", "t.csv"]
    assert files["a.docx"]["counts"] == {"automatic_numbers": 12}
    assert files["a.docx"]["notes"] == ["a note"]
    assert files["b.pdf"]["pages"] == 14
    assert (files["d.doc"]["fault"], files["d.doc"]["row_faults"]) == ("d.doc: not readable", [])
    assert (files["e.png"]["passed_over"], files["e.png"]["format"]) == ("picture", None)
    assert (files["t.csv"]["documents"], files["t.csv"]["unread"], files["t.csv"]["row_faults"]) == (5, 1, ["row 4"])
    assert {tuple(file) for file in found["files"]} == {tuple(files["a.docx"])}  # the same keys everywhere


def test_the_order_of_files_changes_no_total() -> None:
    totals = [receipt_of(*order).totals() for order in permutations([WORD, PDF, BAD, ROWS])]
    assert all(total == totals[0] for total in totals)


def test_a_line_for_each_thing_that_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = receipt_of(*ALL)
    monkeypatch.setattr(receipt, "alike", lambda: (AlikeGroup(("a.docx", "b\x1b.pdf"), 0.984),))
    assert list(summary_lines(receipt)) == [
        "read: 8 documents (5 CSV, 1 Word, 1 PDF with 14 pages, 1 text), 109 paragraphs",
        "rebuilt: 12 automatic numbers of Word in 1 document",
        "joined: 1,024 broken lines in 1 document",
        "dropped: 13 page numbers in 1 document, 1 running head in 1 document",
        "without text: 1 document, which has no records",
        "passed over: 1 picture, sound or film",
        "alike: a.docx, b .pdf (0.98)",
        "not read: 2 documents",
    ]


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        ([TEXT], []),
        ([BAD], []),  # its one line has said it
        ([], []),
        (
            [TEXT._replace(counts={"lines_joined": Count(3, 1)})],
            ["read: 1 document (1 text), 5 paragraphs", "joined: 3 broken lines"],
        ),
        ([TEXT, PICTURE], ["read: 1 document (1 text), 5 paragraphs", "passed over: 1 picture, sound or film"]),
        ([WORD._replace(counts={})], ["read: 1 document (1 Word), 40 paragraphs"]),
        ([TEXT, BAD], ["read: 1 document (1 text), 5 paragraphs", "not read: 1 document"]),
    ],
)
def test_one_clean_text_is_not_worth_a_word(files: list[FileReceipt], lines: list[str]) -> None:
    assert list(summary_lines(receipt_of(*files))) == lines


def test_a_kind_without_words_is_told_by_its_name() -> None:
    receipt = receipt_of(TEXT._replace(counts={"new_kind": Count(2, 1)}))
    assert list(summary_lines(receipt))[1:] == ["with: 2 new_kind"]


def test_what_the_earlier_run_named_is_told_apart() -> None:
    receipt = receipt_of(TEXT, BAD, BAD, BAD)
    assert list(summary_lines(receipt, earlier=2))[-1] == "not read: 3 documents, of which the earlier run named 2"


def test_memory_is_bounded_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_module, "MOST_FINGERPRINTS", 2)
    receipt = receipt_of(*[PDF._replace(name=f"{i}.pdf") for i in range(3)])
    assert receipt.alike() == (AlikeGroup(("0.pdf", "1.pdf"), 1.0),)
    assert "alike: only the first 2 documents were compared with each other" in list(summary_lines(receipt))
    assert receipt.totals()["compared_all"] is False
