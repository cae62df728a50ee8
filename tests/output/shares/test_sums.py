import re

import numpy as np
import pytest

from classifier.analysis.measures import MeasuredIn
from classifier.documents.parse import from_text
from classifier.labelling.drawn import DrawnLabels
from classifier.model.model import Model
from classifier.output.shares.sums import DocumentSum, SumsFormat, decode_sums
from classifier.records import Document

REPORT = (
    "政府工作报告\n（2021年2月1日在禾溪县第九届人民代表大会上）\n各位代表：\n"
    "新建小学5所。改造国道30公里。\n这些成绩来之不易。\n"
)
AREAS = ("farms", "schools", "roads")


def sums(
    model: Model,
    *documents: Document,
    measure: MeasuredIn = MeasuredIn.CHARACTERS,
    pattern: str | None = None,
    drawn: DrawnLabels | None = None,
) -> list[DocumentSum]:
    made = SumsFormat(AREAS, measure, True, re.compile(pattern) if pattern else None, drawn or DrawnLabels())
    return list(decode_sums(made.encode((d.name, p) for d in documents for p in model.predict(d))))


@pytest.mark.parametrize(
    ("measure", "weight", "vector"),
    [
        (MeasuredIn.CHARACTERS, 25, [0, 7, 9, 9, 0, 7, 9]),
        (MeasuredIn.SENTENCES, 3, [0, 1, 1, 1, 0, 1, 1]),
        (MeasuredIn.PARAGRAPHS, 2, [0, 0.5, 0.5, 1, 0, 1, 1]),
    ],
)
def test_a_document_adds_up_by_measure(
    small_model: Model, measure: MeasuredIn, weight: float, vector: list[float]
) -> None:
    (found,) = sums(small_model, from_text(REPORT), measure=measure)
    assert (found.weight, found.vector) == (weight, vector)
    assert (found.sentences, found.silent) == (3, 1)


def test_documents_of_one_name_are_told_apart(small_model: Model) -> None:
    found = sums(small_model, from_text(REPORT, "a"), from_text("新建小学5所。", "a"), from_text("谢谢大家！", "b"))
    assert [(one.name, one.weight) for one in found] == [("a", 25), ("a", 7), ("b", 0)]
    assert found[2].vector == [0] * 7


def test_fields_come_from_the_text_and_a_pattern_counts_before_it(small_model: Model) -> None:
    (told,) = sums(small_model, from_text(REPORT, "x/石桥县-2019.txt"))
    assert told.fields == {"year": "2021", "place": "禾溪县", "level": "county"}
    (named,) = sums(small_model, from_text(REPORT, "x/石桥县-2019.txt"), pattern=r"(?P<place>\w+)-(?P<term>\d+)")
    assert named.fields == {"year": "2021", "place": "石桥县", "level": "county", "term": "2019"}


def test_the_same_text_in_another_form_has_the_same_print(small_model: Model) -> None:
    other = REPORT.replace("新建", "　新建").replace("30", "３０")
    prints = {one.print for text in (REPORT, other) for one in sums(small_model, from_text(text))}
    assert len(prints) == 1
    assert sums(small_model, from_text(REPORT.replace("30", "31")))[0].print not in prints


def test_labelled_sentences_are_found_once_each(small_model: Model) -> None:
    drawn = DrawnLabels({("a", "新建小学5所。"): (4, (0, 1)), ("", "这些成绩来之不易。"): (7, ())}, 2)
    (found,) = sums(small_model, from_text(REPORT + "新建小学5所。\n", "a"), drawn=drawn)
    first, second = found.labelled
    assert (first.row, first.weight, first.true, first.predicted) == (
        4,
        7,
        [3.5, 3.5, 0, 0, 7, 7, 0],
        [0, 7, 0, 0, 0, 7, 0],
    )
    assert (second.row, second.weight) == (7, 9)
    assert np.array_equal(second.true, second.predicted)
    (other,) = sums(small_model, from_text(REPORT, "b"), drawn=drawn)
    assert [row.row for row in other.labelled] == [7]
