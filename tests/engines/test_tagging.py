import json

import pytest

from classifier.engines.batches import START, Batch
from classifier.engines.tagging import parse_batch, tag_batch
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.readers.raw import RawDocument
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
    assert (outcome.documents, outcome.empty, outcome.size, outcome.stopped_by) == (3, 1, 80, None)


def test_a_strict_batch_ends_before_what_cannot_be_read(small_model: Model) -> None:
    outcome = tag_batch(small_model, BATCH, FORMAT, strict=True)
    assert documents(outcome.data) == ["a"]
    assert (outcome.documents, outcome.faults, outcome.stopped_by) == (1, (), "b: not readable")
    parsed = parse_batch(BATCH, pytest.fail, strict=True)
    assert next(parsed).name == "a"
    with pytest.raises(DocumentError, match="b: not readable"):
        next(parsed)
