from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.evaluation.slices import SliceRow, era_of, length_of, measure_slices, slice_rows, years_of
from tests.evaluation.examples import evaluated


def test_paragraphs_are_sliced_by_what_is_known_of_them() -> None:
    predictions = evaluated([[1], [1], [0]], [[0.9], [0.1], [0.2]], "abc")
    paragraphs = [
        EvaluatedParagraph("1", "a", 1, "county", 2019),
        EvaluatedParagraph("2", "b", 8, "county", 2021),
        EvaluatedParagraph("3", "c", 20),
    ]
    found = measure_slices(predictions, paragraphs)
    assert found.level == (SliceRow("county", 2, 2 / 3, 2 / 3),)
    assert found.years == (SliceRow("2015-2019", 1, 1.0, 1.0), SliceRow("2020-2024", 1, 0.0, 0.0))
    assert [(row.value, row.paragraphs) for row in found.sentences] == [("1", 1), ("5-8", 1), ("9+", 1)]


def test_spans() -> None:
    assert [years_of(y) for y in (None, 2020, 2024)] == [None, "2020-2024", "2020-2024"]
    assert [length_of(n) for n in (1, 2, 4, 5, 9, 100)] == ["1", "2-4", "2-4", "5-8", "9+", "9+"]


def test_a_slice_has_the_macro_average_of_the_areas_that_it_has() -> None:
    predictions = evaluated([[1, 0], [1, 0], [1, 0]], [[0.9, 0.1], [0.9, 0.1], [0.1, 0.1]], "abc")
    (row,) = slice_rows(predictions, ["x", "x", "x"])
    assert row == SliceRow("x", 3, 0.8, 0.8)


def test_eras_begin_where_the_style_of_reports_changes() -> None:
    years = (None, 1950, 1954, 1977, 1978, 1999, 2000, 2012, 2013, 2026)
    eras = [era_of(y) for y in years]
    assert eras[:2] == [None, None]
    assert eras[2:] == ["1954-1977"] * 2 + ["1978-1999"] * 2 + ["2000-2012"] * 2 + ["2013-"] * 2
