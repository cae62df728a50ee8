"""`classify audit` as it is typed."""

import json
from pathlib import Path

import pytest

from classifier.documents.structure import single_paragraph
from classifier.evaluation.held_out import load_held_out
from classifier.model.bundle import load_model
from classifier.tasks.retrain import HELD_OUT_FILE
from classifier.workspace.label_log import append_labels, saved_labels
from classifier.workspace.saved_labels import SavedLabel, Verdict
from classifier.workspace.versions import MODEL_PART
from tests.cli.conftest import Run, one_line
from tests.conftest import labelled_rows, write_rows
from tests.workspace.small import AREAS, save, small_workspace


def audit_of(classify: Run, folder: Path, bundle: Path, *more: object) -> tuple[str, list[dict[str, object]]]:
    out = folder / "doubtful.jsonl"
    done = classify("audit", folder / "labels", "--model", bundle, "--out", out, *more)
    assert done.exit_code == 0, done.output
    return done.stdout, [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_doubtful_labels_are_listed_and_written_for_review(
    classify: Run, small_labels: Path, small_bundle: Path, tmp_path: Path
) -> None:
    rows = labelled_rows()
    wrong = rows[7]["sentences"]
    assert isinstance(wrong, list)
    wrong[0]["areas"] = ["roads"] if wrong[0]["areas"] != ["roads"] else ["farms"]
    folder = tmp_path / "labels"
    (folder / "paragraphs").mkdir(parents=True)
    write_rows(folder / "paragraphs" / "all.jsonl", rows)
    (folder / "taxonomy.toml").write_bytes((small_labels / "taxonomy.toml").read_bytes())
    shown, written = audit_of(classify, tmp_path, small_bundle, "--lang", "en")
    assert written[0]["id"] == rows[7]["id"]
    assert written[0]["why"] == ["label-doubtful", "duplicate-differs"] or written[0]["why"] == ["label-doubtful"]
    assert str(rows[7]["id"]) in shown.splitlines()[1]
    assert max(map(len, shown.splitlines())) <= 80
    found, _ = audit_of(classify, tmp_path, small_bundle, "--format", "json")
    assert json.loads(found)["rows"][0]["id"] == rows[7]["id"]


def test_a_wrong_label_of_a_workspace_is_found_by_what_its_version_made_of_it_unseen(
    classify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = small_workspace(tmp_path / "own")
    save(workspace, range(8))
    right = next(label for label in saved_labels(workspace).values() if label.areas == {"ecology"})
    verdict = Verdict(frozenset({"industry"}), AREAS)
    wrong = SavedLabel(right.id, right.document, right.text, right.sentences, (verdict,))
    append_labels(workspace, [wrong], "review")
    monkeypatch.chdir(workspace.folder)
    assert classify("train", "--only-mine").exit_code == 0
    kept = load_held_out(workspace.models_folder / "0001" / HELD_OUT_FILE)
    assert kept is not None
    unseen = dict(zip(kept.areas, kept.scores[kept.ids.index(wrong.id)].tolist(), strict=True))
    done = classify("audit", "--format", "json", "--out", tmp_path / "doubtful.jsonl")
    assert done.exit_code == 0, done.output
    (row, *others) = json.loads(done.stdout)["rows"]
    assert (row["id"], others) == (wrong.id, [])
    assert {d["id"]: (d["labelled"], d["score"]) for d in row["doubtful"]} == {
        "ecology": (False, round(unseen["ecology"], 4)),
        "industry": (True, round(unseen["industry"], 4)),
    }
    model = load_model(workspace.models_folder / "0001" / MODEL_PART)
    (prediction,) = model.predict_paragraphs([single_paragraph(wrong.text)])
    assert dict(prediction.scores) != pytest.approx(unseen)  # what it makes of the label that it has seen
    (line,) = (tmp_path / "doubtful.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["labelled"] == ["industry"]
    (workspace.models_folder / "0001" / HELD_OUT_FILE).unlink()  # as where the training was ended before it measured
    assert "--model shipped judges by the shipped model" in one_line(classify("audit", "--lang", "en"))


def test_bad_input_is_told_in_a_line(classify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no such file" in one_line(classify("audit", tmp_path / "missing.jsonl"))
    monkeypatch.chdir(tmp_path)
    assert "name label files" in one_line(classify("audit"))
    file = write_rows(tmp_path / "mine.jsonl", labelled_rows(2))
    assert "both input and --out" in one_line(classify("audit", file, "--out", file))
