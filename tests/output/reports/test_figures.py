import io
from dataclasses import replace

import pytest

from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.report import EvaluationReport
from classifier.output.reports.figures import print_comparison, print_figures
from tests.conftest import AREAS


@pytest.mark.parametrize(("lang", "area", "core"), [("zh", "教育", "核心领域宏平均"), ("en", "Schools", "Core macro")])
def test_figures_are_printed_for_each_area_and_for_averages(
    predictions: EvaluatedPredictions, lang: str, area: str, core: str
) -> None:
    stream = io.StringIO()
    print_figures(replace(predictions, sentences=None), AREAS, lang, stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1 + len(AREAS) + 3
    assert lines[2].startswith(area)
    assert lines[3].split()[-4:] == ["—", "—", "—", "0"]
    assert lines[4].startswith(core)


@pytest.mark.parametrize(("lang", "head"), [("zh", "句子"), ("en", "Sent.")])
def test_figures_of_sentences_stand_beside_those_of_paragraphs(
    predictions: EvaluatedPredictions, lang: str, head: str
) -> None:
    stream = io.StringIO()
    print_figures(predictions, AREAS, lang, stream)
    lines = stream.getvalue().splitlines()
    assert lines[0].split()[:4] == [head] * 4
    assert lines[-1].split()[-1] == lines[-1].split()[-5] == "40"
    assert lines[-1].split()[-2] != lines[-1].split()[-6]  # evidence is not what reaches the threshold here
    assert max(map(len, lines)) <= 80


def test_a_comparison_is_printed_where_there_is_one(report: EvaluationReport) -> None:
    stream = io.StringIO()
    print_comparison(report, "en", stream)
    assert "Majority" in stream.getvalue()
    assert stream.getvalue().count("+0.0000") == 2  # of paragraphs and of sentences
    nothing = io.StringIO()
    print_comparison(replace(report, baselines={}, compared={}, sentences=None), "en", nothing)
    assert nothing.getvalue() == ""
