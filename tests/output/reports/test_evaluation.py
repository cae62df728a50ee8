import json
from pathlib import Path

import pytest

from classifier.errors import ClassifierError
from classifier.evaluation.report import EvaluationReport
from classifier.output.reports.evaluation import report_json, write_evaluation


def test_json_has_the_names_of_the_record_and_null_for_what_is_undefined(report: EvaluationReport) -> None:
    found = json.loads(report_json(report))
    assert list(found) == list(EvaluationReport.__slots__)
    assert found["areas"][2]["f1"] is None
    assert found["areas"][0]["f1"] == report.areas[0].f1
    assert found["learning_curve"]["gain"] is None
    assert found["about"]["threshold"] == 0.5
    assert found["duplicates"] == {"pairs": 1, "examples": [["p0", "p25"]]}


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "html_lang"), [("zh", "zh-CN"), ("en", "en")])
def test_pages_hold_every_section_and_chart(
    report: EvaluationReport, tmp_path: Path, lang: str, html_lang: str
) -> None:
    write_evaluation(report, tmp_path / "new" / "folder", lang)
    page = (tmp_path / "new" / "folder" / "report.html").read_text(encoding="utf-8")
    assert f'<html lang="{html_lang}">' in page
    assert page.count("<svg") == 5
    assert '<td class="n">—</td>' in page
    text = (tmp_path / "new" / "folder" / "report.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == page.count("<h2 ")
    assert "粮食\\|丰收。" in text


def test_a_folder_that_cannot_be_made_is_told(report: EvaluationReport, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ClassifierError, match="cannot be made"):
        write_evaluation(report, tmp_path / "file", "en")
