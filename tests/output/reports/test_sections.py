from dataclasses import replace

from classifier.evaluation.report import EvaluationReport
from classifier.output.language import EvaluationWords
from classifier.output.reports.sections import sections


def test_every_part_of_a_report_has_its_section(report: EvaluationReport) -> None:
    parts = {part.name: part for part in sections(report, EvaluationWords("en"))}
    expected = "about averages sentences sentence_areas sentence_level sentence_eras areas paragraphs baselines"
    expected += " compared sentences_compared folds learning_curve annotator_agreement"
    expected += (
        " calibration sentence_calibration confusion beside slices_level slices_years slices_sentences error_cases"
    )
    assert list(parts) == expected.split()
    assert ("settings", "c = 0.5") in parts["about"].rows
    assert parts["areas"].rows[2][:4] == ("Roads", "—", "—", "—")
    assert parts["annotator_agreement"].rows == (("Macro", "0.875"),)
    assert parts["learning_curve"].lines == ("Projected gain of 500 more sentences (paragraphs / sentences): — / —",)
    assert parts["learning_curve"].rows[0] == ("10", "0.500", "0.600")
    assert parts["sentences"].lines == ("Sentences: 40; labels in dispute, which count neither way: 4",)
    assert parts["sentence_level"].rows[0][:2] == ("county", "40")
    assert parts["sentence_eras"].rows[0][0] == "2013-"
    assert parts["folds"].lines == ("Near-duplicate paragraphs across folds: 1",)
    assert parts["error_cases"].rows[0] == ("Farms", "missed", "0.21", "p3/1", "粮食|丰收。", "粮食 丰收")
    assert parts["error_cases"].rows[1][4] == "(no text)"
    assert all(len(row) == len(part.head) for part in parts.values() for row in part.rows)


def test_what_was_not_computed_has_no_section(report: EvaluationReport) -> None:
    bare = replace(
        report,
        sentences=None,
        folds=(),
        compared={},
        learning_curve=None,
        annotator_agreement=None,
        error_cases=(),
        baselines={},
    )
    names = {part.name for part in sections(bare, EvaluationWords("zh"))}
    assert not names & {
        "folds",
        "compared",
        "learning_curve",
        "annotator_agreement",
        "error_cases",
        "sentences",
        "sentence_areas",
    }
