from pathlib import Path

import pytest

from tests.cli.conftest import Run, one_line
from tests.conftest import labelled_rows, write_rows


@pytest.mark.slow
def test_train_predict_evaluate(classify: Run, small_labels: Path, reports: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    trained = classify("train", "--labels", small_labels, "--out", model, "--jobs", 1)
    assert trained.exit_code == 0, trained.output
    assert trained.stdout == ""
    assert "教育" in classify("predict", reports, "--model", model).stdout
    on = write_rows(tmp_path / "on.jsonl", labelled_rows(2, by_sentence=False))
    evaluated = classify("evaluate", "--on", on, "--model", model, "--lang", "en")
    assert evaluated.exit_code == 0, evaluated.output
    assert "12 paragraphs of 2 reports" in evaluated.stderr
    chosen = tmp_path / "settings.toml"
    chosen.write_text("min_sentences = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--settings", chosen)
    crossed = classify("evaluate", "--cv", 3, *options, "--lang", "en")
    assert crossed.exit_code == 0, crossed.output
    for word in ("Schools", "Core macro", "Macro", "Micro"):
        assert word in evaluated.stdout
        assert word in crossed.stdout


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_outside_a_checkout_paths_must_be_given(
    classify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = classify(command, *(["--cv", 2] if command == "evaluate" else []))
    assert "not in a checkout" in one_line(result)
