"""Reports as rows to be labelled: the least certain by the threshold of the model that tagged them stand first."""

from dataclasses import replace
from pathlib import Path

from classifier.analysis.units import Unit
from classifier.documents.structure import single_paragraph
from classifier.model.model import Model
from classifier.readers.inputs import Inputs
from classifier.tasks.labels_transfer import PickedParagraph, picked_labels, tagged_labels
from classifier.transfer.rows import WrittenRow
from tests.conftest import AREAS

HIGH = 0.9
TEXTS = ("新建小学五所，增加道路。", "改造国道30公里。", "粮食总产达到20万吨。", "学校与道路建设。", "增加道路。")


def margin_by(row: WrittenRow, threshold: float) -> float:
    return min(abs(score - threshold) for score in row.scores.values())


def test_margins_are_measured_from_the_threshold_of_the_model(small_model: Model, tmp_path: Path) -> None:
    strict = replace(small_model, settings=replace(small_model.settings, threshold=HIGH))
    (tmp_path / "a.txt").write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
    rows, unread = tagged_labels(Inputs([str(tmp_path / "a.txt")]), strict, AREAS, Unit.PARAGRAPH, "", print)
    assert unread == 0
    assert len(rows) == len(TEXTS)
    assert [row.margin for row in rows] == sorted(margin_by(row, HIGH) for row in rows)
    by_default = sorted(rows, key=lambda row: margin_by(row, small_model.settings.threshold))
    assert [row.text for row in rows] != [row.text for row in by_default]
    for row in rows:
        assert {area for area, score in row.scores.items() if score >= HIGH} == {*row.areas}


def test_rows_that_were_picked_have_it_too(small_model: Model) -> None:
    strict = replace(small_model, settings=replace(small_model.settings, threshold=HIGH))
    picked = [PickedParagraph("a.txt", single_paragraph(text), "why") for text in TEXTS]
    rows = picked_labels(picked, strict, AREAS, Unit.PARAGRAPH)
    assert [row.margin for row in rows] == [margin_by(row, HIGH) for row in rows]
