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
    print_figures(predictions, AREAS, lang, stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1 + len(AREAS) + 3
    assert lines[2].startswith(area)
    assert lines[3].split()[-4:] == ["—", "—", "—", "0"]
    assert lines[4].startswith(core)


def test_a_comparison_is_printed_where_there_is_one(report: EvaluationReport) -> None:
    stream = io.StringIO()
    print_comparison(report, "en", stream)
    assert "Majority" in stream.getvalue()
    assert "+0.0000" in stream.getvalue()
    nothing = io.StringIO()
    print_comparison(replace(report, baselines={}, compared={}), "en", nothing)
    assert nothing.getvalue() == ""
