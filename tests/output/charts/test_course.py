from pathlib import Path

from classifier.output.charts.course import course_of_areas
from classifier.output.charts.drawing import save_chart
from classifier.records import AreaScore, Kind, Paragraph, Prediction, Sentence
from tests.conftest import AREAS


def prediction(text: str, area: str = "", kind: Kind = Kind.PARAGRAPH, heading: tuple[str, ...] = ()) -> Prediction:
    evidence = (AreaScore(area, 0.9),) if area else ()
    paragraph = Paragraph(1, 1, kind, heading, text, (Sentence(0, len(text), text),))
    return Prediction(paragraph, evidence, (evidence,))


REPORT = [
    prediction("各位代表：", kind=Kind.SALUTATION),
    prediction("一、农业", kind=Kind.HEADING),
    prediction("粮食总产。", "farms", heading=("一、农业",)),
    prediction("新建小学五所。", "schools", heading=("一、农业",)),
]


def test_each_bar_stands_where_its_sentence_does() -> None:
    (axes,) = course_of_areas(REPORT, AREAS, "zh").axes
    bars = [[path.get_extents() for path in row.get_paths()] for row in axes.collections]
    assert [[(bar.x0, bar.x1) for bar in row] for row in bars] == [[], [(9, 16)], [(4, 9)]]  # from the bottom up
    assert [label.get_text() for label in axes.get_yticklabels()] == ["道路", "教育", "农业"]
    assert axes.get_xlim() == (0, 16)


def test_sections_are_named_unless_they_are_too_near() -> None:
    (axes,) = course_of_areas(REPORT, AREAS, "zh").axes
    assert [text.get_text() for text in axes.texts] == ["一、农业"]
    (axes,) = course_of_areas([prediction("一、农业", kind=Kind.HEADING)] * 40, AREAS, "zh").axes
    assert (len(axes.texts), len(axes.lines)) == (20, 40)


def test_a_report_without_text_is_an_empty_chart(tmp_path: Path) -> None:
    out = tmp_path / "none.svg"
    save_chart(lambda _: course_of_areas([], AREAS, "en"), out, "en")
    assert "Farms" in out.read_text(encoding="utf-8")
