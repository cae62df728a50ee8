from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.drawn import load_drawn_labels
from tests.conftest import write_rows

AREAS = ["farms", "schools"]


def test_rows_are_found_by_document_and_text(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"document": "a.txt", "text": "粮食增产。", "areas": ["farms"]},
        {"text": "新建小学３所。", "areas": ["schools"]},
        {
            "document": "a.txt",
            "sentences": [{"text": "扩种茶园。", "areas": ["farms"]}, {"text": "谢谢！", "areas": []}],
        },
    ]
    found = load_drawn_labels(write_rows(tmp_path / "t.jsonl", rows), AREAS, paragraphs=False)
    assert found.rows == 3
    assert found.find("a.txt", "粮食增产。") == (0, (0,))
    assert found.find("b.txt", "粮食增产。") is None
    assert found.find("b.txt", "新建小学3所。") == (1, (1,))
    assert (found.find("a.txt", "扩种茶园。"), found.find("a.txt", "谢谢!")) == ((2, (0,)), (2, ()))
    whole = load_drawn_labels(tmp_path / "t.jsonl", AREAS, paragraphs=True)
    assert whole.find("a.txt", "扩种茶园。谢谢!") == (2, (0,))


def test_areas_of_several_sentences_as_a_whole_are_for_paragraphs(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "t.jsonl", [{"text": "粮食增产。新建小学3所。", "areas": AREAS}])
    assert load_drawn_labels(file, AREAS, paragraphs=True).rows == 1
    with pytest.raises(LabelError, match=r"t\.jsonl: .*areas of 2 sentences as a whole; label each sentence"):
        load_drawn_labels(file, AREAS, paragraphs=False)


def test_no_rows_are_told(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"t\.jsonl: no labelled rows"):
        load_drawn_labels(write_rows(tmp_path / "t.jsonl", []), AREAS, paragraphs=False)
