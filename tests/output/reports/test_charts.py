from pathlib import Path

import pytest

from classifier.evaluation.report import EvaluationReport
from classifier.output.reports import charts


@pytest.mark.slow
def test_without_a_chinese_font_names_are_english(
    monkeypatch: pytest.MonkeyPatch, report: EvaluationReport, tmp_path: Path
) -> None:
    monkeypatch.setattr(charts, "chinese_font", lambda: None)
    drawn = charts.draw_all(report, tmp_path, "zh")
    assert set(drawn) == {"areas", "precision_recall", "reliability", "learning_curve", "confusion"}
    assert "Schools" in drawn["areas"]
    assert "教育" not in "".join(drawn.values())
    assert all((tmp_path / f"{name}.png").stat().st_size for name in drawn)


@pytest.mark.slow
def test_drawing_leaves_the_settings_of_matplotlib_as_they_were(report: EvaluationReport, tmp_path: Path) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    charts.draw_all(report, tmp_path, "en")
    assert dict(matplotlib.rcParams) == before
