import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, one_line
from tests.conftest import labelled_rows, labels_folder, write_rows


@pytest.mark.parametrize("jobs", [0, -2, 10**8])
def test_no_jobs_at_all_are_refused(classify: Run, small_labels: Path, tmp_path: Path, jobs: int) -> None:
    result = classify("train", "--labels", small_labels, "--out", tmp_path / "m", "--jobs", jobs)
    assert result.exit_code == 2
    assert "give 1 to 256" in result.stderr


def test_one_report_is_enough_to_train(classify: Run, tmp_path: Path) -> None:
    labels = labels_folder(
        tmp_path / "labels", labelled_rows(1) + [row | {"id": f"b{row['id']}"} for row in labelled_rows(1)]
    )
    result = classify("train", "--labels", labels, "--out", tmp_path / "m", "--jobs", 1)
    assert result.exit_code == 0, result.output


def test_training_never_replaces_what_is_no_model(classify: Run, small_labels: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    line = one_line(classify("train", "--labels", small_labels, "--out", tmp_path))
    assert "exists and is no model" in line


def test_faults_of_labels_are_told_one_a_line(classify: Run, tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "", "areas": []}, {"id": "2", "text": "好。", "areas": ["nowhere"]}, {"id": "3"}]
    result = classify("train", "--labels", write_rows(tmp_path / "l.jsonl", rows), "--out", tmp_path / "m")  # type: ignore[arg-type]
    assert result.exit_code == 2
    places = [line.split(": ")[1] for line in result.stderr.splitlines()]
    assert sorted(set(places)) == [f"{tmp_path / 'l.jsonl'}:{n}" for n in (1, 2, 3)]
    assert not (tmp_path / "m").exists()


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
    assert re.search("not in a (workspace or a )?checkout", one_line(result))
