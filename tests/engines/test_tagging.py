import json

from classifier.engines.batches import START, Batch
from classifier.engines.parsing import parse_batch
from classifier.engines.tagging import tag_batch
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.readers.raw import PassedOver, RawDocument
from tests.conftest import AREAS

TEXT = "新建小学5所，增加学位200个。"
RAW = (
    RawDocument("a", "a", text=TEXT, size=40),
    RawDocument("b", "b", fault="b: not readable"),
    RawDocument("c", "c", text=""),
    RawDocument("d", "d", text=TEXT, size=40),
)
BATCH = Batch(RAW, START, 0)
FORMAT = JsonlFormat(OutputOptions(AREAS, "zh"))


def documents(data: bytes) -> list[str]:
    return [json.loads(line)["document"] for line in data.splitlines()]


def test_a_batch_is_tagged_without_what_cannot_be_read(small_model: Model) -> None:
    outcome = tag_batch(small_model, BATCH, FORMAT)
    assert documents(outcome.data) == ["a", "d"]
    assert outcome.faults == ("b: not readable",)
    assert (outcome.documents, outcome.size, outcome.stopped_by) == (3, 80, None)


def test_a_strict_batch_ends_before_what_cannot_be_read(small_model: Model) -> None:
    outcome = tag_batch(small_model, BATCH, FORMAT, strict=True)
    assert documents(outcome.data) == ["a"]
    assert (outcome.documents, outcome.faults, outcome.stopped_by) == (1, (), "b: not readable")


def test_what_becomes_of_files_and_of_the_rows_of_a_table(small_model: Model) -> None:
    rows = tuple(raw._replace(name=f"t.csv:{i}", table="t.csv") for i, raw in enumerate(RAW))
    files = tag_batch(small_model, Batch((*RAW[:2], *rows, RAW[3]), START, 0), FORMAT).files
    assert [(f.name, f.documents, f.unread, f.empty, f.paragraphs) for f in files] == [
        ("a", 1, 0, 0, 1),
        ("b", 0, 1, 0, 0),
        ("t.csv", 3, 1, 1, 2),
        ("d", 1, 0, 0, 1),
    ]
    assert [(f.format, f.characters, f.is_table) for f in files[2:]] == [
        ("CSV", 2 * len(TEXT), True),
        ("plain text", len(TEXT), False),
    ]


def test_what_is_passed_over_is_neither_read_nor_a_fault() -> None:
    picture = RawDocument("e.png", "e.png", passed_over=PassedOver.PICTURE)
    found = list(parse_batch(Batch((*RAW, picture), START, 0)))
    assert [(f.document is not None, f.fault) for f in found] == [
        (True, None), (False, "b: not readable"), (True, None), (True, None), (False, None),
    ]  # fmt: skip
