from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.evaluation.slices import SliceRow, length_of, measure_slices, years_of
from tests.evaluation.examples import evaluated


def test_paragraphs_are_sliced_by_what_is_known_of_them() -> None:
    predictions = evaluated([[1], [1], [0]], [[0.9], [0.1], [0.2]], "abc")
    paragraphs = [
        EvaluatedParagraph("1", "a", 1, "county", 2019),
        EvaluatedParagraph("2", "b", 8, "county", 2021),
        EvaluatedParagraph("3", "c", 20),
    ]
    found = measure_slices(predictions, paragraphs)
    assert found.level == (SliceRow("county", 2, 2 / 3),)
    assert found.years == (SliceRow("2015-2019", 1, 1.0), SliceRow("2020-2024", 1, 0.0))
    assert [(row.value, row.paragraphs) for row in found.sentences] == [("1", 1), ("5-8", 1), ("9+", 1)]


def test_spans() -> None:
    assert [years_of(y) for y in (None, 2020, 2024)] == [None, "2020-2024", "2020-2024"]
    assert [length_of(n) for n in (1, 2, 4, 5, 9, 100)] == ["1", "2-4", "2-4", "5-8", "9+", "9+"]
