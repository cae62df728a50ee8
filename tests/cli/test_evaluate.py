from pathlib import Path

from tests.cli.conftest import Run, one_line


def test_too_many_folds(classify: Run, small_labels: Path) -> None:
    result = classify("evaluate", "--cv", 9, "--labels", small_labels, "--jobs", 1)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("error: labels: 6 reports cannot make 9 folds")


def test_evaluate_wants_one_of_two(classify: Run) -> None:
    assert "either --on FILE.jsonl or --cv K" in one_line(classify("evaluate"))
